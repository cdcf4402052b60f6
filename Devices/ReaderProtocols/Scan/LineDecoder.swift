/// Codes from a scanner that behaves as a serial line (CDC-ACM): bytes, then CR, LF or both.
///
/// A scanner that sends no end is served by `silence`, after 50 ms without a byte.
package struct LineDecoder: Sendable {
  private let tellsSymbol: Bool
  private var buffer = ScanBuffer()

  /// - Parameter tellsSymbol: whether the scanner was told to put the AIM identifier before each code.
  package init(tellsSymbol: Bool = false) { self.tellsSymbol = tellsSymbol }

  package var heldBytes: Int { buffer.bytes.count }

  package mutating func take(_ bytes: some Sequence<UInt8>) -> [ScanOutcome] {
    var outcomes: [ScanOutcome] = []
    for byte in bytes {
      if byte == 0x0D || byte == 0x0A {
        if let outcome = end() { outcomes.append(outcome) }
      } else {
        buffer.append(CollectionOfOne(byte))
      }
    }
    return outcomes
  }

  /// Nothing came for a while: what is there is a code.
  package mutating func silence() -> ScanOutcome? { end() }

  private mutating func end() -> ScanOutcome? {
    buffer.end(tellsSymbol: tellsSymbol)
  }
}

extension ScanBuffer {
  /// Ends a code whose AIM identifier, if the scanner tells one, stands at its beginning.
  mutating func end(tellsSymbol: Bool) -> ScanOutcome? {
    guard tellsSymbol, let symbol = AIMIdentifier(bytes.prefix(3)) else { return end() }
    let code = Array(bytes.dropFirst(3))
    self = ScanBuffer()
    return code.isEmpty ? nil : .code(Scan(code, symbol: symbol))
  }
}
