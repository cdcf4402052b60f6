/// Decodes a scanner that acts as a serial line (CDC-ACM): bytes, then CR, LF or both.
///
/// Only `silence` ends a code, because a symbol may contain line breaks, as the hall's own notices do. `ScanPatience`
/// says how long the silence must be.
package struct LineDecoder: Sendable {
  private let tellsSymbol: Bool
  private var buffer = ScanBuffer()

  /// - Parameter tellsSymbol: whether the scanner is configured to send the AIM identifier before each code.
  package init(tellsSymbol: Bool = false) { self.tellsSymbol = tellsSymbol }

  package var heldBytes: Int { buffer.bytes.count }
  /// Whether the last byte is one that ends a line.
  package var isEnded: Bool { buffer.isEnded }

  package mutating func take(_ bytes: some Sequence<UInt8>) { buffer.append(bytes) }

  /// Nothing came for a while: the collected bytes are a code.
  package mutating func silence() -> ScanOutcome? { buffer.end(tellsSymbol: tellsSymbol) }
}

extension ScanBuffer {
  /// Ends a code; its AIM identifier, if the scanner sends one, is at its beginning.
  mutating func end(tellsSymbol: Bool) -> ScanOutcome? {
    trimEnds()
    guard tellsSymbol, let symbol = AIMIdentifier(bytes.prefix(3)) else { return end() }
    let code = Array(bytes.dropFirst(3))
    self = ScanBuffer()
    return code.isEmpty ? nil : .code(Scan(code, symbol: symbol))
  }
}
