package import Groundwork
package import Hall
import Ports

/// A key for each calendar half-year that has cases (`case-2026H2.key`), beside the keys of days, outside the journal and
/// every backup.
///
/// Once it is destroyed, names, numbers and reasons of that half-year cannot be read anywhere.
package struct CaseKeys: CaseSealing {
  /// Bytes of a padded text; the longest has two less.
  private static let padded = 1_000

  private let keys: KeyFolder

  /// - Parameter folder: that of `DayKeys`, created with mode 0700 where missing.
  package init(folder: String) throws(KeyFault) { keys = try KeyFolder(folder, prefix: "case-") }

  package func seal(_ text: String, in half: HalfYear) throws -> SealedCaseText {
    let key = try keys.readOrMake(half)
    guard let bytes = SealedText.seal(Array(text.utf8), key: key, about: about(half), padded: Self.padded),
      let sealed = SealedCaseText(half: half, bytes: bytes)
    else { throw KeyFault(path: keys.path(of: half), problem: .wrongLength) }
    return sealed
  }

  package func open(_ sealed: SealedCaseText) -> String? {
    guard let key = try? keys.read(sealed.half), let bytes = [UInt8](hexadecimal: sealed.box),
      let text = SealedText.open(bytes, key: key, about: about(sealed.half), padded: Self.padded)
    else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  package func destroyKeys(endedBefore date: CivilDate, keeping: Set<HalfYear>) throws -> Int {
    try keys.destroy { HalfYear($0).map { $0.end < date && !keeping.contains($0) } ?? true }
  }

  private func about(_ half: HalfYear) -> [UInt8] { Array("case|\(half)".utf8) }
}
