package import Groundwork

/// An issued one-time notice (一次性告知单, Form A): its item, situations and catalogue version.
///
/// It names no person. Its number has the form `GZ-500151105-20261123-0042`.
package struct Notice: Hashable, Sendable {
  package let code: PublicCode
  package let number: String
  /// The civil date in its number: that of its issue, in the hall's zone.
  package let date: CivilDate
  /// Which notice of that date it is, from 1.
  package let ordinal: Int
  package let item: String
  /// Keys of the chosen situations; empty for the whole list.
  package let situations: [String]
  package let catalogueVersion: String
  package let issuedAt: Timestamp
  /// The ticket it was printed for, if any.
  package let ticket: PublicCode?
  /// The kiosk at which it was requested; nil for a window without one.
  package let kiosk: String?
  package var slip: SlipID?
  /// The resident's marks, so that a second copy is the same.
  package let marks: NoticeMarks

  package init(
    code: PublicCode, number: String, date: CivilDate, ordinal: Int, item: String, situations: [String],
    catalogueVersion: String, issuedAt: Timestamp, ticket: PublicCode?, kiosk: String?, slip: SlipID?,
    marks: NoticeMarks = NoticeMarks()
  ) {
    self.code = code
    self.number = number
    self.date = date
    self.ordinal = ordinal
    self.item = item
    self.situations = situations
    self.catalogueVersion = catalogueVersion
    self.issuedAt = issuedAt
    self.ticket = ticket
    self.kiosk = kiosk
    self.slip = slip
    self.marks = marks
  }

  /// `GZ-` division code, date and the day's running number.
  package static func number(division: String, date: CivilDate, ordinal: Int) -> String {
    let (year, month, day) = date.parts
    return "GZ-\(division)-\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))-\(padded(ordinal, 4))"
  }
}
