import Foundation

/// Lines of standard input, read without a buffer, so that `poll` sees input that waits.
enum TerminalInput {
  static let descriptor: Int32 = 0
  /// Bytes of a line; the rest of a longer one is dropped.
  private static let longest = 4096

  /// One line without its end; nil at the end of the input.
  static func line() -> String? {
    var bytes: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return bytes.isEmpty ? nil : text(bytes) }
      if byte == 0x0A { return text(bytes) }
      if bytes.count < longest { bytes.append(byte) }
    }
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
