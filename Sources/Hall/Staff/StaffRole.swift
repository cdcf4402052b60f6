/// The role of a member of the staff. Its raw values stand in the journal and in the API.
package enum StaffRole: String, Hashable, Sendable, CaseIterable {
  /// 窗口人员.
  case clerk
  /// 代办员.
  case agent
  /// 统筹人员.
  case coordinator
  /// 区级监督.
  case supervisor
  /// 系统管理员: looks at devices, faults and the history of settings.
  case systemAdministrator = "system_administrator"
  /// 安全管理员: ends sessions, releases delays of sign-ins, gives first secrets.
  case securityAdministrator = "security_administrator"
  /// 审计管理员: reads the security log and the history of settings, and changes nothing.
  case auditor

  /// One of the three administrators of GB/T 22239—2019 8.1.5, who see no resident and serve nobody.
  package var isAdministrator: Bool {
    switch self {
    case .clerk, .agent, .coordinator, .supervisor: false
    case .systemAdministrator, .securityAdministrator, .auditor: true
    }
  }

  package func may(_ right: AccountRight) -> Bool {
    switch right {
    case .manageAccounts: self == .coordinator || self == .securityAdministrator
    case .readAudit: self == .auditor
    case .readSettings: isAdministrator
    case .runDay: self == .coordinator
    }
  }

  /// Whether this role gives a first secret to a member of the other. Nobody gives one to an equal or to a higher role,
  /// so that nobody signs in as somebody who may more.
  package func maySetSecret(of other: StaffRole) -> Bool {
    switch self {
    case .coordinator: other == .clerk || other == .agent
    case .securityAdministrator: other != .securityAdministrator && other != .auditor
    case .clerk, .agent, .supervisor, .systemAdministrator, .auditor: false
    }
  }
}

/// What a role may do with accounts, the security log, the settings and the running day.
package enum AccountRight: Hashable, Sendable {
  /// Sees and ends sessions, releases delays, gives first secrets.
  case manageAccounts
  /// Reads the security log.
  case readAudit
  /// Reads the history of settings.
  case readSettings
  /// Looks at the day as a whole, and arranges it.
  case runDay
}
