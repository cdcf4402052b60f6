/// A scanned code.
package struct Scan: Hashable, Sendable {
  /// Bytes of the longest code: the largest QR symbol holds 2,953.
  package static let mostBytes = 4096

  /// The symbol's content as bytes; typed characters beyond Latin-1 are UTF-8.
  package let bytes: [UInt8]
  package let text: String
  package let encoding: TextEncoding
  /// The kind of symbol, where the scanner reports it.
  package let symbol: AIMIdentifier?

  package init(_ bytes: [UInt8], symbol: AIMIdentifier? = nil) {
    let decoded = ScanText(bytes)
    self.bytes = bytes
    text = decoded.text
    encoding = decoded.encoding
    self.symbol = symbol
  }
}

/// The result of decoding a scanner's bytes.
package enum ScanOutcome: Hashable, Sendable {
  case code(Scan)
  /// More than `Scan.mostBytes`; the content is dropped.
  case tooLong
  /// The end did not come; the content is dropped.
  case cutOff
  /// The scanner's own answer to a command, not a code.
  case answer([UInt8])
}

/// Collects the bytes of one code, up to the limit; a longer one is dropped to its end.
struct ScanBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var isTooLong = false

  var isEmpty: Bool { bytes.isEmpty && !isTooLong }
  /// Whether the last byte ends a line: CR, LF or tab.
  private(set) var isEnded = false

  mutating func append(_ more: some Sequence<UInt8>) {
    for byte in more {
      isEnded = Self.isEnd(byte)
      if !isTooLong { bytes.append(byte) }
    }
    if bytes.count > Scan.mostBytes {
      bytes = []
      isTooLong = true
    }
  }

  /// Removes line ends before and after a code; those within it are its own.
  mutating func trimEnds() {
    bytes = Array(bytes.drop(while: Self.isEnd).reversed().drop(while: Self.isEnd).reversed())
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A || byte == 0x09 }

  /// Ends the code; nil when nothing was collected.
  mutating func end(symbol: AIMIdentifier? = nil) -> ScanOutcome? {
    defer { self = ScanBuffer() }
    if isTooLong { return .tooLong }
    return bytes.isEmpty ? nil : .code(Scan(bytes, symbol: symbol))
  }
}
