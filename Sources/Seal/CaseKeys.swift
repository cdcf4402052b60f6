package import Groundwork
package import Hall
import Ports

/// A key for each calendar half-year that has cases (`case-2026H2.key`) or agency cases (`agency-2026H2.key`), beside the
/// keys of days, outside the journal and every backup.
///
/// In a hall with several machines they follow from a chain, and are stored on each machine before the chain winds past them.
/// Once it is destroyed, names, numbers and reasons of that half-year cannot be read anywhere.
package struct CaseKeys: CaseSealing {
  /// Bytes of a padded text; the longest has two less.
  private static let padded = 1_000

  /// What the keys are for. Each class has keys of its own.
  package enum Kind: String, Sendable { case cases = "case", agency }

  private let keys: PeriodKeys<HalfYear>
  private let suite: @Sendable () -> CaseSuite
  private let kind: Kind

  /// - Parameters:
  ///   - folder: that of `DayKeys`, created with mode 0700 where missing.
  ///   - suite: for what is sealed from now on; what is sealed already says its own.
  package init(
    folder: String, for kind: Kind = .cases, suite: @escaping @Sendable () -> CaseSuite = { .aes }
  ) throws(KeyFault) {
    self.kind = kind
    keys = try PeriodKeys(
      folder, prefix: "\(kind.rawValue)-", kind == .cases ? .cases : .agency, period: { $0.period },
      stored: { HalfYear(period: $0) })
    self.suite = suite
  }

  package func seal(_ text: String, in half: HalfYear) throws -> SealedCaseText {
    let key = try keys.readOrMake(half)
    let suite = suite()
    let text = Array(text.utf8)
    let bytes =
      switch suite {
      case .aes: SealedText.seal(text, key: key, about: about(half), padded: Self.padded)
      case .sm4: SealedTextSM4.seal(text, key: key, about: about(half), padded: Self.padded)
      }
    guard let bytes, let sealed = SealedCaseText(half: half, suite, bytes: bytes) else {
      throw KeyFault(path: keys.path(of: half), problem: .wrongLength)
    }
    return sealed
  }

  package func open(_ sealed: SealedCaseText) -> String? {
    guard let key = try? keys.read(sealed.half), let bytes = [UInt8](hexadecimal: sealed.box) else { return nil }
    let about = about(sealed.half)
    let text =
      switch sealed.suite {
      case .aes: SealedText.open(bytes, key: key, about: about, padded: Self.padded)
      case .sm4: SealedTextSM4.open(bytes, key: key, about: about, padded: Self.padded)
      }
    return text.map { String(decoding: $0, as: UTF8.self) }
  }

  package func destroyKeys(endedBefore date: CivilDate, keeping: Set<HalfYear>) throws -> Int {
    try keys.destroy(before: HalfYear(date)) { HalfYear($0).map { $0.end < date && !keeping.contains($0) } ?? true }
  }

  private func about(_ half: HalfYear) -> [UInt8] { Array("\(kind.rawValue)|\(half)".utf8) }
}
