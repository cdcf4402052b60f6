/// The four bytes that a printer sends by itself when something changes (ASB), after `GS a`.
///
/// Source: Epson ESC/POS, `GS a`, tables of the first to fourth byte.
package struct AutomaticStatus: Hashable, Sendable {
  package let status: PrinterStatus

  package init(_ status: PrinterStatus) { self.status = status }

  /// Nil unless the fixed bits are those of an ASB frame: first byte `0xx1xx00`, the others `0xx0xxxx`.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4, Self.begins(with: bytes[0]), bytes.dropFirst().allSatisfy(Self.continues(with:)) else {
      return nil
    }
    var status: PrinterStatus = []
    if bytes[0] & 0x08 != 0 { status.insert(.offline) }
    if bytes[0] & 0x20 != 0 { status.insert(.coverOpen) }
    if bytes[0] & 0x40 != 0 { status.insert(.feedButton) }
    if bytes[1] & 0x08 != 0 { status.insert(.cutterError) }
    if bytes[1] & 0x64 != 0 { status.insert(.otherError) }
    if bytes[2] & 0x03 != 0 { status.insert(.paperNearEnd) }
    if bytes[2] & 0x0C != 0 { status.insert(.paperEnd) }
    self.status = status
  }

  /// The frame of a printer in `status`.
  package var bytes: [UInt8] {
    [
      0x10 | (status.isReady ? 0 : 0x08) | (status.contains(.coverOpen) ? 0x20 : 0)
        | (status.contains(.feedButton) ? 0x40 : 0),
      (status.contains(.cutterError) ? 0x08 : 0) | (status.contains(.otherError) ? 0x20 : 0),
      (status.isDisjoint(with: [.paperNearEnd, .paperEnd]) ? 0 : 0x03) | (status.contains(.paperEnd) ? 0x0C : 0),
      0,
    ]
  }

  static func begins(with byte: UInt8) -> Bool { byte & 0x93 == 0x10 }
  static func continues(with byte: UInt8) -> Bool { byte & 0x90 == 0 }
}
