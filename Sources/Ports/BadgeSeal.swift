import Groundwork
package import Hall

extension Sealing {
  /// The code of a badge at one of its issues: HMAC-SHA-256 under a key that is derived from the hall's for this purpose.
  ///
  /// - Parameter badge: the number as it is configured.
  package func badgeCode(_ badge: String, issue: Int) -> BadgeCode {
    let digest = keyedDigest(Array("\(badge)\n\(issue)".utf8), for: .badge)
    return BadgeCode(
      badge: badge, issue: issue, check: CrockfordBase32.text(digest, characters: BadgeCode.checkLength))
  }
}
