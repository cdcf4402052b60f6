package import YAMLDocuments

/// The readings of characters: the 8,105 of the 通用规范汉字表, each with its readings without tone marks (ü as v).
package struct PinyinTable: Sendable {
  /// Most common reading first.
  private let readings: [Unicode.Scalar: [String]]

  package var count: Int { readings.count }

  /// The readings of a character, most common first; empty for a character that is not in the table.
  package func readings(of character: Character) -> [String] {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return [] }
    return readings[scalar] ?? []
  }

  package static func load(_ path: String) -> Loaded<PinyinTable> {
    let log = FaultLog()
    return Loaded(BoundedFile.text(path, log).map { PinyinTable($0, file: path, log) }, log, first: path)
  }

  /// Lines of a character, a tab and its readings with commas between; `#` starts a comment.
  package init(_ text: String, file: String, _ log: FaultLog) {
    var readings: [Unicode.Scalar: [String]] = [:]
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    readings.reserveCapacity(lines.count)
    for (offset, whole) in lines.enumerated() where !whole.isEmpty && whole.first != UInt8(ascii: "#") {
      let line = whole.last == UInt8(ascii: "\r") ? whole.dropLast() : whole
      let cells = line.split(separator: UInt8(ascii: "\t"))
      let scalars = cells.first.map { Array(String(Substring($0)).unicodeScalars) } ?? []
      let words = cells.count == 2 ? cells[1].split(separator: UInt8(ascii: ",")) : []
      guard scalars.count == 1, !words.isEmpty,
        words.allSatisfy({ $0.count <= 6 && $0.allSatisfy { (0x61...0x7A).contains($0) } })
      else {
        log.fault(
          FileLocation(file: file, line: offset + 1), "not a character with its readings",
          "make the table again with make-pinyin.py",
          zh: "不是一个字和它的读音：用 make-pinyin.py 重新生成")
        continue
      }
      readings[scalars[0]] = words.map { String(Substring($0)) }
    }
    if readings.isEmpty {
      log.fault(
        FileLocation(file: file), "has no readings", "make the table again with make-pinyin.py",
        zh: "没有读音：用 make-pinyin.py 重新生成")
    }
    self.readings = readings
  }
}
