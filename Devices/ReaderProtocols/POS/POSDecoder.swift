/// Decodes the reports of a scanner in HID point-of-sale mode.
package struct POSDecoder: Sendable {
  private var buffer = ScanBuffer()
  private var symbol: AIMIdentifier?
  /// Set while the rest of a code is awaited.
  private var form: POSReport.Form?

  package init() {}

  package var heldBytes: Int { buffer.bytes.count }

  /// Takes one report; nil while its code continues, and for a report that is not a code's.
  package mutating func take(_ bytes: [UInt8]) -> ScanOutcome? {
    guard let report = POSReport(bytes, continuing: form) else { return nil }
    if form == nil { symbol = report.symbol }
    form = report.form
    buffer.append(report.data)
    guard !report.isContinued else { return nil }
    defer { reset() }
    if let symbol, symbol.isVendorAnswer, !buffer.isTooLong { return .answer(buffer.bytes) }
    return buffer.end(symbol: symbol)
  }

  /// Nothing came for a while: the rest of an incomplete code will not come.
  package mutating func silence() -> ScanOutcome? {
    guard form != nil else { return nil }
    reset()
    return .cutOff
  }

  private mutating func reset() { self = POSDecoder() }
}

/// Reports that are sent to scanners in this mode.
package enum POSCommand {
  /// Feature report of Honeywell and Youjie (0c2e, 23d0): enables this form of codes.
  package static let begin: [UInt8] = [0xFE, 0x01]
  /// Output reports of the same: start and stop scanning, and beep.
  package static let trigger: [UInt8] = [0xFD, 0x03, 0x16, 0x54, 0x0D]
  package static let release: [UInt8] = [0xFD, 0x03, 0x16, 0x55, 0x0D]
  package static let beep: [UInt8] = [0xFD, 0x03, 0x16, 0x07, 0x0D]
}
