package import Hall

/// A signed-in clerk. Sessions outlive a restart: the keyed digest of the cookie is stored, never the cookie.
package struct StaffSession: Hashable, Sendable {
  /// 64 hexadecimal digits: the keyed digest of the cookie's value.
  package let id: String
  /// The account at the time of sign-in, with a secret that was changed since.
  var account: StaffAccount
  package let window: Int?
  /// The client's address at sign-in; nil for a session that an earlier release stored.
  package let source: String?
  /// Milliseconds of the monotonic clock.
  package let openedAt: Int64
  package internal(set) var usedAt: Int64

  package var badge: String { account.member.badge }
  package var name: String { account.member.name }
  package var role: StaffRole { account.member.role }
  package var actor: Principal { account.member.principal }
  /// Whether the owner has to change a secret that somebody else knows before anything else.
  package var mustChangeSecret: Bool { account.isFirstSecret }
  /// Whether a badge PIN is set.
  package var hasPIN: Bool { account.pinHash != nil }

  /// The last 16 digits of `id`, by which a coordinator names the session. They are no credential.
  package var publicID: String { String(id.suffix(16)) }
}

/// Why a session ended.
package enum SessionEnd: Hashable, Sendable {
  case signedOut
  case idle
  /// At its absolute timeout.
  case expired
  /// The limit of open sessions was reached, and this one was used longest ago.
  case evicted
  /// Somebody signed in at the same browser.
  case replaced
  /// The member has another role or secret, or is no longer on the list.
  case accountChanged
  /// A coordinator ended it, with the coordinator's badge.
  case ended(by: String)
  /// The hall refused the window at which it was opened.
  case refused

  /// For the security log.
  package var code: String {
    switch self {
    case .signedOut: "signed_out"
    case .idle: "idle"
    case .expired: "expired"
    case .evicted: "evicted"
    case .replaced: "replaced"
    case .accountChanged: "account_changed"
    case .ended: "ended"
    case .refused: "window_refused"
    }
  }
}
