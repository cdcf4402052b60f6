import Groundwork
package import Hall

extension Sealing {
  /// The check code of a notice (校验码): eight hexadecimal digits over its identifying fields, under the hall's own key.
  ///
  /// A forged slip with another number, item, answers or version has another code, which cannot be computed without the
  /// key.
  package func checkCode(of notice: Notice) -> String {
    let parts = [
      "yichuang notice 1", notice.number, notice.code.description, notice.item,
      notice.situations.joined(separator: ","), notice.catalogueVersion, String(notice.issuedAt.milliseconds),
    ]
    return keyedDigest(Array(parts.joined(separator: "\n").utf8)).prefix(4).hexadecimal.uppercased()
  }
}
