import Hall
import HallHTTP
import Settings

extension StaffMember {
  init(_ settings: StaffSettings) {
    let role: StaffRole =
      switch settings.role {
      case .clerk: .clerk
      case .coordinator: .coordinator
      }
    self.init(badge: settings.badge, name: settings.name, role: role, secretHash: settings.secretHash)
  }
}
