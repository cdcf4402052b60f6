/// A code that was held under a scanner.
package struct Scan: Hashable, Sendable {
  /// Bytes of the longest code that is taken: the largest QR symbol holds 2,953.
  package static let mostBytes = 4096

  /// What the symbol holds, as bytes; typed characters beyond Latin-1 stand here as UTF-8.
  package let bytes: [UInt8]
  package let text: String
  package let encoding: TextEncoding
  /// What kind of symbol it was, where the scanner says so.
  package let symbol: AIMIdentifier?

  package init(_ bytes: [UInt8], symbol: AIMIdentifier? = nil) {
    let decoded = ScanText(bytes)
    self.bytes = bytes
    text = decoded.text
    encoding = decoded.encoding
    self.symbol = symbol
  }
}

/// What a scanner's bytes came to.
package enum ScanOutcome: Hashable, Sendable {
  case code(Scan)
  /// More than `Scan.mostBytes`; nothing of it is kept.
  case tooLong
  /// The end did not come; nothing of it is kept.
  case cutOff
  /// An answer of the scanner itself to a command, no code.
  case answer([UInt8])
}

/// Collects the bytes of one code, up to the bound; what is longer is dropped up to its end.
struct ScanBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var isTooLong = false

  var isEmpty: Bool { bytes.isEmpty && !isTooLong }
  /// Whether the last that came ends a line: CR, LF or a tabulator.
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

  /// Takes off the ends that scanners put before and behind a code; those within it are its own.
  mutating func trimEnds() {
    bytes = Array(bytes.drop(while: Self.isEnd).reversed().drop(while: Self.isEnd).reversed())
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A || byte == 0x09 }

  /// Ends the code; nil when there is none.
  mutating func end(symbol: AIMIdentifier? = nil) -> ScanOutcome? {
    defer { self = ScanBuffer() }
    if isTooLong { return .tooLong }
    return bytes.isEmpty ? nil : .code(Scan(bytes, symbol: symbol))
  }
}
