/// What a resident marked of a list (有／缺) before the notice was printed: names of entries of 必带.
package struct NoticeMarks: Hashable, Sendable {
  /// 有.
  package let have: [String]
  /// 缺. None of them is in `have`.
  package let missing: [String]

  /// Each name once; one that is marked both ways is missing, for whoever brings it twice loses nothing.
  package init(have: [String] = [], missing: [String] = []) {
    self.missing = Self.once(missing)
    self.have = Self.once(have).filter { !missing.contains($0) }
  }

  package var isEmpty: Bool { have.isEmpty && missing.isEmpty }

  /// The first name that the list does not have under 必带; nil when all are known.
  package func unknown(to list: Checklist) -> String? {
    let known = Set(list.toBring.map(\.name))
    return (missing + have).first { !known.contains($0) }
  }

  private static func once(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
