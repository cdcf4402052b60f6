/// One input report of a scanner in HID point-of-sale mode, 64 bytes with report id 02.
///
/// Two forms are in use: with the AIM identifier before the data (HID POS usage tables 1.02; Honeywell, Zebra,
/// Datalogic, some with it one byte later), and data from the third byte on (Newland). The identifier distinguishes
/// them.
package struct POSReport: Hashable, Sendable {
  package static let reportID: UInt8 = 0x02
  /// The most bytes of data in one report.
  package static let mostData = 56

  /// The layout of the reports of one code: where its data begin.
  enum Form: Int, Hashable, Sendable {
    case bare = 2
    case identified = 5
    case identifiedLate = 6
  }

  let form: Form
  package let symbol: AIMIdentifier?
  package let data: [UInt8]
  /// More of the same code follows in the next report.
  package let isContinued: Bool

  /// nil for any other report: another id, or a count that does not fit.
  ///
  /// - Parameter begun: the form of the code's first report, when this one continues it.
  init?(_ bytes: [UInt8], continuing begun: Form? = nil) {
    guard bytes.count >= 3, bytes[0] == Self.reportID, bytes[1] <= Self.mostData else { return nil }
    let early = bytes.count >= 5 ? AIMIdentifier(bytes[2..<5]) : nil
    let late = bytes.count >= 6 ? AIMIdentifier(bytes[3..<6]) : nil
    let own: Form = early != nil ? .identified : late != nil ? .identifiedLate : .bare
    let form = begun ?? own
    let end = form.rawValue + Int(bytes[1])
    // Newland's own symbol type is at offset 62, so data never extends to it.
    guard end <= min(bytes.count, 62) else { return nil }
    self.form = form
    symbol = form == .identified ? early : form == .identifiedLate ? late : nil
    data = Array(bytes[form.rawValue..<end])
    isContinued = bytes.count >= 64 && bytes[63] & 1 == 1
  }

  package init?(_ bytes: [UInt8]) { self.init(bytes, continuing: nil) }
}
