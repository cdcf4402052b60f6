import Groundwork
import Ports

/// A browser in which a badge was signed in before is known by this cookie: a random nonce and a keyed digest over it
/// and the account. A new secret therefore invalidates it.
package enum DeviceCookie {
  package static let prefix = "yichuang_device_"
  /// Cookies of other badges that are looked at in one request.
  static let others = 16

  package static func name(_ badge: String) -> String { prefix + badge }

  static func value(_ account: StaffAccount, nonce: String, _ sealing: any Sealing) -> String {
    nonce + mark(account, nonce, sealing)
  }

  /// The nonce of a genuine cookie of this account; nil for any other text.
  static func nonce(_ cookie: String?, of account: StaffAccount, _ sealing: any Sealing) -> String? {
    guard let cookie, cookie.utf8.count > 16 else { return nil }
    let nonce = String(cookie.prefix(16))
    return cookie.dropFirst(16) == mark(account, nonce, sealing) ? nonce : nil
  }

  private static func mark(_ account: StaffAccount, _ nonce: String, _ sealing: any Sealing) -> String {
    sealing.keyedDigest(Array("device|\(nonce)|\(account.digest(sealing))".utf8)).hexadecimal
  }
}
