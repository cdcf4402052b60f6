package import Hall

/// What stands on a badge (工作证) of the staff.
package struct Badge: Hashable, Sendable {
  package let hall: String
  package let name: String
  package let role: String
  package let number: String
  /// The text of the QR code, which is printed below it too.
  package let code: String

  package init(hall: String, name: String, role: StaffRole, code: BadgeCode) {
    self.hall = hall
    self.name = name
    self.role =
      switch role {
      case .clerk: "窗口人员"
      case .agent: "代办员"
      case .coordinator: "统筹人员"
      case .supervisor: "监督人员"
      case .systemAdministrator: "系统管理员"
      case .securityAdministrator: "安全管理员"
      case .auditor: "审计管理员"
      }
    number = code.badge
    self.code = code.description
  }
}
