import Glibc
import PrinterLink

/// The document of a job, read completely before anything else: an incomplete one is never started.
enum SlipFile {
  enum Fault: Error, CustomStringConvertible {
    case unreadable(code: Int32)
    case empty
    case tooLong
    case tooSlow

    var description: String {
      switch self {
      case .unreadable(let code): "the document cannot be read: errno \(code)"
      case .empty: "the document is empty"
      case .tooLong: "the document is longer than \(SlipFile.longest) bytes"
      case .tooSlow: "the document did not come in time"
      }
    }
  }

  /// Bytes: some ten metres of 80 mm paper.
  static let longest = 8 << 20
  /// Milliseconds for a document that comes on standard input.
  static let patience = 30_000

  /// - Parameter path: nil for standard input.
  static func read(_ path: String?) throws(Fault) -> [UInt8] {
    let file = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? STDIN_FILENO
    guard file >= 0 else { throw .unreadable(code: errno) }
    defer { if path != nil { close(file) } }
    let deadline = Monotonic.now() + patience
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      guard Monotonic.now() < deadline, !Termination.isAsked else { throw .tooSlow }
      var wanted = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, 100) > 0 else { continue }
      let count = Glibc.read(file, &piece, piece.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR || errno == EAGAIN { continue }
        throw .unreadable(code: errno)
      }
      bytes += piece.prefix(count)
      guard bytes.count <= longest else { throw .tooLong }
    }
    guard !bytes.isEmpty else { throw .empty }
    return bytes
  }
}
