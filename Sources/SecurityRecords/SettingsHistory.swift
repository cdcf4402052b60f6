import FoundationEssentials
import Glibc
package import Groundwork
import Ports

/// The configurations that were in force, each with who put it in force and when: `settings/00000001.yaml` in the state folder.
///
/// Secrets, their hashes and tokens are masked before anything is written. The newest `kept` entries are kept.
package struct SettingsHistory: Sendable {
  package static let name = "settings"
  static let kept = 200
  /// Bytes of an entry; the rest of a longer file is left out.
  static let largest = 512 << 10

  package struct Entry: Hashable, Sendable {
    /// From 1 on, never used twice.
    package let number: Int
    /// RFC 3339.
    package let at: String
    /// Who put it in force: `operator`, a user of the machine, `signal`, or `start` for what was there at a start.
    package let by: String
    /// The sections that changed, by their names in the file; empty for the first entry and where only another file changed.
    package let sections: [String]
    /// The file, with what is secret masked.
    package let text: String
  }

  let path: String

  package init(stateFolder: String) { path = stateFolder + "/" + Self.name }

  /// Keeps a configuration unless it is that of the newest entry.
  ///
  /// - Returns: false when it could not be stored.
  package func append(
    _ text: String, at: Timestamp, by: String, sections: [String], zone: ZoneOffset = .beijing
  ) -> Bool {
    let masked = Self.masked(String(decoding: text.utf8.prefix(Self.largest), as: UTF8.self))
    let numbers = numbers()
    let last = numbers.last.flatMap { entry($0) }
    if let last, last.text == masked, sections.isEmpty { return true }
    mkdir(path, 0o750)
    let head =
      "# at: \(zone.rfc3339(at))\n# by: \(SecurityRecord.safe(by))\n# changed: \(sections.joined(separator: " "))\n"
    let number = (numbers.last ?? 0) + 1
    guard store(Array((head + masked).utf8), as: Self.file(number)) else { return false }
    for old in numbers.dropLast(Self.kept - 1) { unlink("\(path)/\(Self.file(old))") }
    return true
  }

  /// Numbers of the entries, oldest first.
  package func numbers() -> [Int] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var numbers: [Int] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml"), name.utf8.count == 13, let number = Int(name.dropLast(5)) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// Nil for a number that is not there, and for a file that is no entry.
  package func entry(_ number: Int) -> Entry? {
    guard number > 0, let bytes = try? Data(contentsOf: URL(filePath: "\(path)/\(Self.file(number))")) else {
      return nil
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0].hasPrefix("# at: "), lines[1].hasPrefix("# by: "), lines[2].hasPrefix("# changed:")
    else { return nil }
    return Entry(
      number: number, at: String(lines[0].dropFirst(6)), by: String(lines[1].dropFirst(6)),
      sections: lines[2].dropFirst(10).split(separator: " ").map(String.init), text: String(lines[3]))
  }

  /// What an entry changed, line by line: removed ones with `-`, added ones with `+`. The first entry adds every line.
  package static func difference(from old: Entry?, to new: Entry) -> [String] {
    let (was, now) = (old.map { lines($0.text) } ?? [], lines(new.text))
    // Removals by their offset in the old text, insertions by theirs in the new one.
    let steps = now.difference(from: was).sorted { first, second in
      (offset(first), isInsertion(first) ? 1 : 0) < (offset(second), isInsertion(second) ? 1 : 0)
    }
    return steps.map { step in
      switch step {
      case .remove(_, let line, _): "-" + line
      case .insert(_, let line, _): "+" + line
      }
    }
  }

  private static func offset(_ step: CollectionDifference<String>.Change) -> Int {
    switch step {
    case .remove(let offset, _, _), .insert(let offset, _, _): offset
    }
  }

  private static func isInsertion(_ step: CollectionDifference<String>.Change) -> Bool {
    if case .insert = step { true } else { false }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }

  /// The text with `…` instead of what is secret: hashes, tokens, secrets of pages. `credential:NAME` says where one is
  /// kept and stays.
  static func masked(_ text: String) -> String {
    text.replacing(/scrypt\$[^\s"']*/, with: "…")
      .replacing(/(?i)((?:secret_hash|page_secret|token|password)\s*:\s*)("[^"\n]*"|'[^'\n]*'|[^\s,}#]+)/) { match in
        match.2.contains("credential:") ? String(match.0) : match.1 + "…"
      }
  }

  private static func file(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".yaml"
  }

  /// Written under another name and then renamed, so that an entry is complete or missing.
  private func store(_ bytes: [UInt8], as name: String) -> Bool {
    let new = path + "/new"
    let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard file >= 0 else { return false }
    let error = FileWriting.write(bytes, to: file)
    let isStored = error == 0 && FileWriting.syncData(file) == 0
    close(file)
    return isStored && rename(new, "\(path)/\(name)") == 0
  }
}
