import Glibc

/// Reading, creating or destroying a key failed.
package struct KeyFault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    case unreadable(Int32)
    case unwritable(Int32)
    case wrongLength
    /// Somebody besides its owner may read or write the file.
    case openToOthers
    /// Its time has ended, and the hall's machines have destroyed it.
    case destroyed
  }

  package let path: String
  package let problem: Problem

  package var description: String {
    switch problem {
    case .unreadable(let code):
      "the key \(path) cannot be read (\(sentence(code))): give it to the daemon's user"
    case .unwritable(let code):
      "the key \(path) cannot be written (\(sentence(code))): make the state folder writable and its disk not full"
    case .wrongLength:
      """
      the key \(path) has not 32 bytes: it is damaged; move it aside and a new one is made \
      (retries of requests that were sent before that are refused)
      """
    case .openToOthers: "the key \(path) can be read by others: chmod 600 \(path)"
    case .destroyed: "the key of \(path) is destroyed: its time has ended"
    }
  }

  private func sentence(_ code: Int32) -> String { String(cString: strerror(code)) }
}
