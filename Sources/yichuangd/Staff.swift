import Accounts
import Desks
import Hall
import Settings

extension StaffAccount {
  init(_ settings: StaffSettings) {
    let role: StaffRole =
      switch settings.role {
      case .clerk: .clerk
      case .agent: .agent
      case .coordinator: .coordinator
      }
    self.init(
      StaffMember(badge: settings.badge, name: settings.name, role: role), secretHash: settings.secretHash)
  }
}

extension Admission {
  /// Whose badge that is, for the kiosks' scanners.
  func badgeOwner(_ badge: String) -> BadgeOwner? {
    member(reading: badge).map { $0.role == .agent ? .agent(badge: $0.badge, name: $0.name) : .clerk }
  }
}
