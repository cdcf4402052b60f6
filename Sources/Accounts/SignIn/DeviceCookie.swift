import Groundwork
import Ports

/// The cookie by which a browser is known in which a badge was signed in before: a random nonce, and a keyed digest of
/// nonce and account. A new secret changes the account's digest and therefore invalidates the cookie.
package enum DeviceCookie {
  package static let prefix = "yichuang_device_"
  /// The most cookies of other badges that are checked in one request.
  static let others = 16

  package static func name(_ badge: String) -> String { prefix + badge }

  static func value(_ account: StaffAccount, nonce: String, _ sealing: any Sealing) -> String {
    nonce + digest(account, nonce, sealing)
  }

  /// The nonce of a genuine cookie of this account; nil for any other text.
  static func nonce(_ cookie: String?, of account: StaffAccount, _ sealing: any Sealing) -> String? {
    guard let cookie, cookie.utf8.count > 16 else { return nil }
    let nonce = String(cookie.prefix(16))
    return cookie.dropFirst(16) == digest(account, nonce, sealing) ? nonce : nil
  }

  private static func digest(_ account: StaffAccount, _ nonce: String, _ sealing: any Sealing) -> String {
    sealing.keyedDigest(Array("device|\(nonce)|\(account.digest(sealing))".utf8)).hexadecimal
  }
}
