import Groundwork
package import Hall

extension Sealing {
  /// The check code of a notice (校验码): eight hexadecimal digits over what makes it the one it is, under the hall's own
  /// key.
  ///
  /// A slip with another number, item, case or version than was issued has another code, and nobody without the key can
  /// make one up.
  package func checkCode(of notice: Notice) -> String {
    let parts = [
      "yichuang notice 1", notice.number, notice.code.description, notice.item,
      notice.situations.joined(separator: ","), notice.catalogueVersion, String(notice.issuedAt.milliseconds),
    ]
    return keyedDigest(Array(parts.joined(separator: "\n").utf8)).prefix(4).map { byte in
      String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
    }.joined()
  }
}
