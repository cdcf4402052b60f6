import Glibc
import Ports

/// The lines of a file, plain or compressed by gzip, one after the other, so that a file of any size needs the memory of
/// one line.
struct LineInput {
  /// Bytes of a line; no export has a longer one. A record is at most a small part of it.
  static let longest = 64 << 20

  let path: String

  /// Reads all lines, without their newlines; empty ones are left out, and the last one needs no newline.
  ///
  /// - Throws: `StateFault` when the file cannot be read, is damaged, or has a line that is too long; whatever `line`
  ///   throws.
  func read(_ line: (ArraySlice<UInt8>) throws(StateFault) -> Void) throws(StateFault) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failed(path, during: "opening", detail: Files.text(errno)) }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var rest: [UInt8] = []
    var gzip: GzipInput?
    var isFirst = true
    while let count = try fill(&buffer, file), count > 0 {
      if isFirst, buffer.prefix(2) == Gzip.magic[...] { gzip = GzipInput() }
      isFirst = false
      do {
        if let gzip {
          try gzip.take(buffer[..<count]) { piece in try take(piece, &rest, line) }
        } else {
          try take(buffer[..<count], &rest, line)
        }
      } catch let fault as StateFault {
        throw fault
      } catch {
        throw .damaged(path, detail: "its compressed data are damaged")
      }
    }
    if let gzip, !gzip.hasEnded { throw .damaged(path, detail: "its compressed data end too early") }
    if !rest.isEmpty { try line(rest[...]) }
  }

  private func fill(_ buffer: inout [UInt8], _ file: Int32) throws(StateFault) -> Int? {
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .failed(path, during: "reading", detail: Files.text(errno)) }
    }
  }

  private func take(
    _ piece: ArraySlice<UInt8>, _ rest: inout [UInt8], _ line: (ArraySlice<UInt8>) throws(StateFault) -> Void
  ) throws(StateFault) {
    var piece = piece
    while let end = piece.firstIndex(of: UInt8(ascii: "\n")) {
      if rest.isEmpty {
        if end > piece.startIndex { try line(piece[..<end]) }
      } else {
        rest += piece[..<end]
        try line(rest[...])
        rest.removeAll(keepingCapacity: true)
      }
      piece = piece[(end + 1)...]
    }
    rest += piece
    guard rest.count <= Self.longest else { throw .damaged(path, detail: "it has a line that is too long") }
  }
}
