/// A resident's marks on a list (有／缺) before the notice was printed: names of entries of 必带.
package struct NoticeMarks: Hashable, Sendable {
  /// 有.
  package let have: [String]
  /// 缺. None of them is in `have`.
  package let missing: [String]

  /// Each name once; a name that is marked both ways counts as missing.
  package init(have: [String] = [], missing: [String] = []) {
    self.missing = Self.once(missing)
    self.have = Self.once(have).filter { !missing.contains($0) }
  }

  package var isEmpty: Bool { have.isEmpty && missing.isEmpty }

  /// The first name that is not on the list under 必带; nil when all are.
  package func unknown(to list: Checklist) -> String? {
    let known = Set(list.toBring.map(\.name))
    return (missing + have).first { !known.contains($0) }
  }

  private static func once(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
