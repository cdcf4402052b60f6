package import Hall
import Groundwork
import Ports

/// A member of the staff who can sign in.
package struct StaffAccount: Hashable, Sendable {
  package let member: StaffMember
  /// The format of `Sealing.hashSecret`.
  package let secretHash: String
  /// Whether somebody else knows the secret: its owner changes it before anything else.
  package let isFirstSecret: Bool
  /// How often the badge was issued.
  package let badgeIssue: Int
  /// The format of `Sealing.hashSecret`; nil for a member without a badge PIN.
  package let pinHash: String?

  package init(
    _ member: StaffMember, secretHash: String, isFirstSecret: Bool = false, badgeIssue: Int = 1,
    pinHash: String? = nil
  ) {
    self.member = member
    self.secretHash = secretHash
    self.isFirstSecret = isFirstSecret
    self.badgeIssue = badgeIssue
    self.pinHash = pinHash
  }

  /// A keyed digest of badge, role and secret: another one after a change of any.
  func digest(_ sealing: any Sealing) -> String {
    sealing.keyedDigest(Array("member|\(member.badge)|\(member.role.rawValue)|\(secretHash)".utf8)).hexadecimal
  }

  /// The member with the secret and the PIN of their own.
  func with(_ own: OwnSecret) -> StaffAccount {
    StaffAccount(
      member, secretHash: own.hash, isFirstSecret: own.first ?? false, badgeIssue: badgeIssue, pinHash: own.pin)
  }
}
