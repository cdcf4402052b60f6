import CCrypto
import Glibc
package import Groundwork
package import Hall
import Ports

/// A key for each calendar half-year that has cases (`case-2026H2.key`), beside the keys of days, outside the journal and
/// every backup.
///
/// Once it is destroyed, names, numbers and reasons of that half-year cannot be read anywhere.
package struct CaseKeys: CaseSealing {
  private static let prefix = "case-"
  private static let suffix = ".key"
  /// Bytes of a padded text; the longest has two less.
  private static let padded = 1_000

  private let folder: String

  /// - Parameter folder: that of `DayKeys`, created with mode 0700 where missing.
  package init(folder: String) throws(KeyFault) {
    self.folder = folder
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw KeyFault(path: folder, problem: .unwritable(errno))
    }
  }

  package func seal(_ text: String, in half: HalfYear) throws -> SealedCaseText {
    let path = path(of: half)
    let key = if let kept = try KeyFile.read(path) { kept } else { try KeyFile.make(path) }
    guard let bytes = SealedText.seal(Array(text.utf8), key: key, about: about(half), padded: Self.padded),
      let sealed = SealedCaseText(half: half, bytes: bytes)
    else { throw KeyFault(path: path, problem: .wrongLength) }
    return sealed
  }

  package func open(_ sealed: SealedCaseText) -> String? {
    guard let key = try? KeyFile.read(path(of: sealed.half)), let bytes = [UInt8](hexadecimal: sealed.box),
      let text = SealedText.open(bytes, key: key, about: about(sealed.half), padded: Self.padded)
    else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  package func destroyKeys(endedBefore date: CivilDate, keeping: Set<HalfYear>) throws -> Int {
    var destroyed = 0
    for name in names() {
      let half = HalfYear(name.dropFirst(Self.prefix.count).prefix(6))
      // An unfinished key that a crash left sealed nothing.
      let isWhole = name.hasSuffix(Self.suffix)
      guard !isWhole || half.map({ $0.end < date && !keeping.contains($0) }) ?? true else { continue }
      try KeyFile.destroy(folder + "/" + name)
      destroyed += 1
    }
    return destroyed
  }

  private func names() -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(Self.prefix) { names.append(name) }
    }
    return names.sorted()
  }

  private func about(_ half: HalfYear) -> [UInt8] { Array("case|\(half)".utf8) }
  private func path(of half: HalfYear) -> String { folder + "/" + Self.prefix + half.description + Self.suffix }
}
