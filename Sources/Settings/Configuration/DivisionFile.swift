package import Hall
package import YAMLDocuments

/// The divisions a hall may belong to: comma-separated `code,name,kind,pilot_2023` under that heading.
package enum DivisionFile {
  package static func load(_ path: String) -> Loaded<[Division]> {
    let log = FaultLog()
    return Loaded(BoundedFile.text(path, log).flatMap { divisions($0, file: path, log) }, log, first: path)
  }

  package static func read(_ text: String, file: String) -> Loaded<[Division]> {
    let log = FaultLog()
    return Loaded(divisions(text, file: file, log), log, first: file)
  }

  static let heading = "code,name,kind,pilot_2023"

  static func divisions(_ text: String, file: String, _ log: FaultLog) -> [Division]? {
    var rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
      (location: FileLocation(file: file, line: $0.offset + 1), text: $0.element.trimmed)
    }
    rows.removeAll { $0.text.isEmpty || $0.text.hasPrefix("#") }
    guard let first = rows.first, first.text == heading else {
      log.fault(
        rows.first?.location ?? FileLocation(file: file), "the heading is missing", "let the first line be \(heading)",
        zh: "没有表头：第一行写 \(heading)")
      return nil
    }
    var codes: Set<String> = []
    return rows.dropFirst().compactMap { row in
      guard let division = division(row.text, row.location, log) else { return nil }
      guard codes.insert(division.code).inserted else {
        log.fault(
          row.location, "the code \(division.code) stands here twice", "keep one line",
          zh: "区划代码 \(division.code) 写了两次：留一行")
        return nil
      }
      return division
    }
  }

  private static func division(_ row: String, _ location: FileLocation, _ log: FaultLog) -> Division? {
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    guard cells.count == 4 else {
      log.fault(
        location, "\(cells.count) columns", "write the four of \(heading)",
        zh: "这一行有 \(cells.count) 列：写全四列 \(heading)")
      return nil
    }
    guard let kind = Division.Kind(rawValue: cells[2]) else {
      log.fault(
        location, "the kind “\(cells[2])”", "write one of: town, street, village, community",
        zh: "类别“\(cells[2])”不认得：请写其中之一：town（镇）、street（街道）、village（村）、community（社区）")
      return nil
    }
    let digits = kind == .town || kind == .street ? 9 : 12
    guard cells[0].utf8.count == digits, cells[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      log.fault(
        location, "the code “\(cells[0])”", "a \(kind.rawValue) has a statistical division code of \(digits) digits",
        zh: "区划代码“\(cells[0])”不对：\(kind.rawValue) 的统计用区划代码是 \(digits) 位数字")
      return nil
    }
    guard !cells[1].isEmpty, cells[1].count <= 30 else {
      log.fault(
        location, "the name is blank or too long", "write the division's own name, such as 安居镇",
        zh: "名称是空的或太长：写区划自己的名称，如 安居镇")
      return nil
    }
    guard ["yes", "no"].contains(cells[3]) else {
      log.fault(
        location, "pilot_2023 is “\(cells[3])”", "write yes or no",
        zh: "pilot_2023 是“\(cells[3])”：写 yes 或 no")
      return nil
    }
    return Division(code: cells[0], name: cells[1], kind: kind, pilot: cells[3] == "yes")
  }
}
