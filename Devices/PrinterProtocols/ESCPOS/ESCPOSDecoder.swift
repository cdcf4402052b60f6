/// Parses an ESC/POS byte stream as a printer does, in pieces of any size.
///
/// Total: any bytes give commands, and the buffer for an incomplete command is bounded. It is the encoder's oracle in
/// tests and the front end of the emulated printers.
package struct ESCPOSDecoder: Sendable {
  /// The largest picture of a `GS v 0`, in bytes.
  ///
  /// 80 mm paper by 2300 rows, with some room. A header that announces more is not a raster command.
  package static let maximumRasterBytes = 256 * 1024

  private var pending: [UInt8] = []

  package init() {}

  /// Bytes buffered for an incomplete command.
  package var pendingBytes: Int { pending.count }

  /// Takes the next piece of the stream and returns the commands that are complete now.
  package mutating func decode(_ piece: some Sequence<UInt8>) -> [ESCPOSCommand] {
    pending += piece
    var commands: [ESCPOSCommand] = []
    var position = 0
    while position < pending.count {
      let step = Self.next(in: pending[position...])
      guard case .command(let command, let length) = step else { break }
      commands.append(command)
      position += length
    }
    pending.removeFirst(position)
    return commands
  }

  /// Decodes a complete stream: bytes left at its end are returned one by one as `other`.
  package static func decodeAll(_ bytes: some Sequence<UInt8>) -> [ESCPOSCommand] {
    var decoder = ESCPOSDecoder()
    return decoder.decode(bytes) + decoder.pending.map(ESCPOSCommand.other)
  }

  private enum Step {
    case command(ESCPOSCommand, length: Int)
    case incomplete
  }

  /// Parses the first command of `bytes`, which is not empty.
  private static func next(in bytes: ArraySlice<UInt8>) -> Step {
    let start = bytes.startIndex
    func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[start + offset] : nil }
    /// A command of `length` bytes whose first bytes are already there.
    func fixed(_ length: Int, _ make: (ArraySlice<UInt8>) -> ESCPOSCommand) -> Step {
      bytes.count >= length ? .command(make(bytes.prefix(length)), length: length) : .incomplete
    }
    let other = Step.command(.other(bytes[start]), length: 1)
    guard [0x10, 0x1B, 0x1D].contains(bytes[start]) else { return other }
    guard let second = byte(1) else { return .incomplete }
    switch (bytes[start], second) {
    case (0x10, 0x04): return fixed(3) { .realTimeStatus($0[start + 2]) }
    case (0x1B, 0x40): return .command(.initialize, length: 2)
    case (0x1B, 0x4A): return fixed(3) { .feed(dots: Int($0[start + 2])) }
    case (0x1B, 0x64): return fixed(3) { .feedLines(Int($0[start + 2])) }
    case (0x1D, 0x72): return fixed(3) { .transmitStatus($0[start + 2]) }
    case (0x1D, 0x61): return fixed(3) { .automaticStatus($0[start + 2]) }
    case (0x1D, 0x56):
      guard let function = byte(2) else { return .incomplete }
      switch function {
      case 0, 1, 48, 49: return .command(.cut(.plain), length: 3)
      case 65, 66: return fixed(4) { .cut(.afterFeed(dots: Int($0[start + 3]))) }
      default: return other
      }
    case (0x1D, 0x76): return raster(bytes, else: other)
    case (0x1D, 0x28): return echo(bytes, else: other)
    default: return other
    }
  }

  private static func raster(_ bytes: ArraySlice<UInt8>, else other: Step) -> Step {
    let start = bytes.startIndex
    guard bytes.count >= 3 else { return .incomplete }
    guard bytes[start + 2] == 0x30 else { return other }
    guard bytes.count >= 8 else { return .incomplete }
    let bytesPerRow = Int(bytes[start + 4]) | Int(bytes[start + 5]) << 8
    let rows = Int(bytes[start + 6]) | Int(bytes[start + 7]) << 8
    let size = bytesPerRow * rows
    guard bytesPerRow > 0, rows > 0, size <= maximumRasterBytes else { return other }
    guard bytes.count >= 8 + size else { return .incomplete }
    let bits = Array(bytes[(start + 8)..<(start + 8 + size)])
    return .command(.raster(bytesPerRow: bytesPerRow, rows: rows, bits: bits), length: 8 + size)
  }

  private static func echo(_ bytes: ArraySlice<UInt8>, else other: Step) -> Step {
    let start = bytes.startIndex
    let head: [UInt8] = [0x1D, 0x28, 0x48, 6, 0, 48, 48]
    let known = min(bytes.count, head.count)
    guard bytes.prefix(known).elementsEqual(head.prefix(known)) else { return other }
    guard bytes.count >= 11 else { return .incomplete }
    return .command(.echo(Array(bytes[(start + 7)..<(start + 11)])), length: 11)
  }
}
