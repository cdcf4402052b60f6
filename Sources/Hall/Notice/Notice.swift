package import Groundwork

/// A one-time notice issued (一次性告知单, Form A): which item, in which situations, under which catalogue version.
///
/// It names nobody. Its number follows DOMAIN.md §2.3: `GZ-500151105-20261123-0042`.
package struct Notice: Hashable, Sendable {
  package let code: PublicCode
  package let number: String
  /// The civil date that its number carries: that of its issue, in the hall's zone.
  package let date: CivilDate
  /// Which notice of that date it is, from 1.
  package let ordinal: Int
  package let item: String
  /// Keys of the situations the resident chose; empty means the whole list is printed.
  package let situations: [String]
  package let catalogueVersion: String
  package let issuedAt: Timestamp
  /// The ticket it was printed for, if any.
  package let ticket: PublicCode?
  /// The kiosk at which it was touched; nil when it was asked for at a window without one.
  package let kiosk: String?
  package var slip: SlipID?
  /// What the resident marked, so that a second copy says the same.
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
