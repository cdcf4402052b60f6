package import Hall

/// A signed-in clerk. Sessions outlive a restart: the keyed digest of the cookie is stored, never the cookie.
package struct StaffSession: Hashable, Sendable {
  /// 64 hexadecimal digits: the keyed digest of the cookie's value.
  package let id: String
  /// The account at the time of sign-in.
  let account: StaffAccount
  package let window: Int?
  /// Milliseconds of the monotonic clock.
  let openedAt: Int64
  var usedAt: Int64

  package var badge: String { account.member.badge }
  package var name: String { account.member.name }
  package var role: StaffRole { account.member.role }
  package var actor: Principal { account.member.principal }
}
