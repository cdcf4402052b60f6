/// Codes from a scanner that behaves as a serial line (CDC-ACM): bytes, then CR, LF or both.
///
/// Only `silence` ends a code: a symbol may hold breaks of lines, as the hall's own notices do, and is one code all the same. How long
/// a silence has to be is `ScanPatience`.
package struct LineDecoder: Sendable {
  private let tellsSymbol: Bool
  private var buffer = ScanBuffer()

  /// - Parameter tellsSymbol: whether the scanner was told to put the AIM identifier before each code.
  package init(tellsSymbol: Bool = false) { self.tellsSymbol = tellsSymbol }

  package var heldBytes: Int { buffer.bytes.count }
  /// Whether the last that came is an end as scanners send it.
  package var isEnded: Bool { buffer.isEnded }

  package mutating func take(_ bytes: some Sequence<UInt8>) { buffer.append(bytes) }

  /// Nothing came for a while: what is there is a code.
  package mutating func silence() -> ScanOutcome? { buffer.end(tellsSymbol: tellsSymbol) }
}

extension ScanBuffer {
  /// Ends a code whose AIM identifier, if the scanner tells one, stands at its beginning.
  mutating func end(tellsSymbol: Bool) -> ScanOutcome? {
    trimEnds()
    guard tellsSymbol, let symbol = AIMIdentifier(bytes.prefix(3)) else { return end() }
    let code = Array(bytes.dropFirst(3))
    self = ScanBuffer()
    return code.isEmpty ? nil : .code(Scan(code, symbol: symbol))
  }
}
