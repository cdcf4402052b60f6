/// A member of the staff as configured.
package struct StaffMember: Hashable, Sendable {
  /// The longest configurable badge, in characters.
  package static let longestBadge = 16

  /// The badge's number: AJ001.
  package let badge: String
  package let name: String
  package let role: StaffRole

  package init(badge: String, name: String, role: StaffRole) {
    self.badge = badge
    self.name = name
    self.role = role
  }

  package var principal: Principal { .staff(badge: badge, role: role) }
}
