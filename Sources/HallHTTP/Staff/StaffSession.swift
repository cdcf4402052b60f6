import Groundwork
package import Hall

/// A member of the staff as configured.
package struct StaffMember: Hashable, Sendable {
  /// The longest configurable badge, in characters.
  static let longestBadge = 16

  /// The badge's number: AJ001.
  package let badge: String
  package let name: String
  package let role: StaffRole
  /// The format of `Sealing.hashSecret`.
  package let secretHash: String

  package init(badge: String, name: String, role: StaffRole, secretHash: String) {
    self.badge = badge
    self.name = name
    self.role = role
    self.secretHash = secretHash
  }
}

/// A signed-in clerk. Sessions outlive a restart: the keyed digest of the cookie is stored, never the cookie.
package struct StaffSession: Hashable, Sendable {
  /// 64 hexadecimal digits: the keyed digest of the cookie's value.
  package let id: String
  /// The member at the time of sign-in.
  let member: StaffMember
  package let window: Int?
  /// Milliseconds of the monotonic clock.
  let openedAt: Int64
  var usedAt: Int64

  package var badge: String { member.badge }
  package var name: String { member.name }
  package var role: StaffRole { member.role }
  package var actor: Principal { .staff(badge: badge, role: role) }
}
