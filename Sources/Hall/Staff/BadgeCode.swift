import Groundwork

/// The code on a badge (工作证), which nobody can guess from the badge's number: `YB-AJ001-3-7Q2KZ9MB4X`.
///
/// The number, how often the badge was issued, and ten characters of Crockford's base 32 that only the hall's key gives
/// (`Sealing.badgeCode`). A badge that was lost is issued again, and its older codes are revoked.
package struct BadgeCode: Hashable, Sendable, CustomStringConvertible {
  package static let prefix = "YB"
  /// How often a badge can be issued.
  package static let issues = 1...999
  /// Characters of `check`: 50 bits.
  package static let checkLength = 10

  /// The badge's number. As it was read where it was parsed: a scanner's capitals may differ from the configuration's.
  package let badge: String
  package let issue: Int
  package let check: String

  /// - Parameter check: `checkLength` characters.
  package init(badge: String, issue: Int, check: String) {
    self.badge = badge
    self.issue = issue
    self.check = check
  }

  /// Parses a scanned or typed code; nil for another form. Only the hall's key tells whether it is a code of this hall.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count <= 64, parts.count == 4, parts[0].uppercased() == Self.prefix,
      (1...StaffMember.longestBadge).contains(parts[1].utf8.count),
      parts[1].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
      parts[2].utf8.count <= 3, parts[2].allSatisfy({ $0.isASCII && $0.isNumber }), let issue = Int(parts[2]),
      Self.issues.contains(issue), parts[3].utf8.count == Self.checkLength,
      let check = CrockfordBase32.normalized(parts[3])
    else { return nil }
    self.init(badge: String(parts[1]), issue: issue, check: check)
  }

  package var description: String { "\(Self.prefix)-\(badge)-\(issue)-\(check)" }
}
