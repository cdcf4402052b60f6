/// Who sends a command.
package enum Principal: Hashable, Sendable {
  /// Somebody at the kiosk with this id.
  case kiosk(String)
  case staff(badge: String, role: StaffRole)
  /// The daemon's own timer and desks.
  case system
  /// The operator's tool on the control socket.
  case `operator`

  /// Whether somebody works at the hall's matters; an administrator does not.
  package var isStaff: Bool { if case .staff(_, let role) = self { !role.isAdministrator } else { false } }

  package var badge: String? { if case .staff(let badge, _) = self { badge } else { nil } }

  package var isCoordinator: Bool {
    switch self {
    case .staff(_, let role): role == .coordinator
    case .operator: true
    case .kiosk, .system: false
    }
  }
}
