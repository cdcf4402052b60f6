import CatalogueFiles
import Settings
import YAMLDocuments

/// The staff as a table from WPS or Excel (姓名, 工号, 角色), or as a list of answers.
enum StaffTable {
  static let mostPeople = 200

  struct Row {
    let badge: String?
    let name: String?
    let role: String?
    let location: FileLocation
  }

  /// What a heading may be called.
  private static let headings: [(field: Int, words: Set<String>)] = [
    (0, ["工号", "badge", "证件号", "工作证号"]), (1, ["姓名", "name"]), (2, ["角色", "role", "岗位"]),
  ]

  private static let roles: [(role: StaffSettings.Role, words: Set<String>)] = [
    (.clerk, ["clerk", "窗口人员", "窗口", "窗口工作人员"]), (.agent, ["agent", "代办员", "代办"]),
    (.coordinator, ["coordinator", "统筹人员", "统筹", "统筹员"]),
    (.systemAdministrator, ["system_administrator", "系统管理员"]),
    (.securityAdministrator, ["security_administrator", "安全管理员"]), (.auditor, ["auditor", "审计管理员", "审计员"]),
  ]

  /// The people of a table; nil with its faults, each at its line.
  static func load(_ path: String, _ log: FaultLog) -> [SetupAnswers.Member]? {
    let file = FileLocation(file: path)
    guard let bytes = BoundedFile.bytes(path, atMost: BoundedFile.limit, log) else { return nil }
    let sheet: [CSVText.Row]
    do {
      sheet = try CSVText.rows(TextEncoding.decode(bytes).text)
    } catch let fault as CSVText.Fault {
      log.fault(
        file, "is no table: \(fault)", "save it from WPS or Excel as “CSV UTF-8” again",
        zh: "不是表格，多半是引号没有配对：在 WPS 或 Excel 里另存为“CSV UTF-8”")
      return nil
    } catch {
      log.fault(
        file, "is not text", "save it from WPS or Excel as “CSV UTF-8”",
        zh: "不是文本（可能是 xlsx 工作簿）：在 WPS 或 Excel 里另存为“CSV UTF-8”")
      return nil
    }
    guard let (head, columns) = heading(sheet) else {
      log.fault(
        FileLocation(file: path, line: sheet.first?.line ?? 0), "the heading is missing",
        "let the first line be 姓名,工号,角色",
        zh: "没有表头：第一行写 姓名,工号,角色")
      return nil
    }
    let rows = sheet.filter { $0.number > head.number }.map { row in
      let cells = columns.map { column in
        row.cells.indices.contains(column) ? row.cells[column].trimmed : ""
      }.map { $0.isEmpty ? nil : $0 }
      return Row(badge: cells[0], name: cells[1], role: cells[2], location: FileLocation(file: path, line: row.line))
    }
    guard rows.count <= mostPeople else {
      log.fault(
        file, "has \(rows.count) people", "\(mostPeople) are the most",
        zh: "有 \(rows.count) 人：最多 \(mostPeople) 人")
      return nil
    }
    return members(rows, at: FileLocation(file: path, line: head.line), log)
  }

  private static func heading(_ sheet: [CSVText.Row]) -> (CSVText.Row, [Int])? {
    for row in sheet.prefix(5) {
      let columns = headings.compactMap { heading in
        row.cells.firstIndex { heading.words.contains($0.trimmed.lowercased()) }
      }
      if columns.count == headings.count { return (row, columns) }
    }
    return nil
  }

  /// The people of the rows; nil with every fault at its row.
  ///
  /// - Parameter list: the location of the rows as a whole.
  static func members(_ rows: [Row], at list: FileLocation, _ log: FaultLog) -> [SetupAnswers.Member]? {
    let before = log.faults.count
    var lines: [String: Int] = [:]
    let members = rows.compactMap { row -> SetupAnswers.Member? in
      guard let badge = row.badge, let name = row.name, let word = row.role else {
        log.fault(
          row.location, "name, badge or role is missing", "write all three",
          zh: "姓名、工号、角色缺了一个：三个都写上")
        return nil
      }
      let faults = log.faults.count
      check(badge, name, row.location, log)
      if let earlier = lines.updateValue(row.location.line, forKey: badge) {
        log.fault(
          row.location, "the badge \(badge) stands in line \(earlier) too", "give each person their own",
          zh: "工号 \(badge) 与第 \(earlier) 行重复：每人一个工号")
      }
      guard let role = roles.first(where: { $0.words.contains(word.lowercased()) })?.role else {
        log.fault(
          row.location, "the role “\(word)”",
          "write clerk, agent, coordinator, system_administrator, security_administrator or auditor",
          zh: "角色“\(word)”不认得：写 窗口人员、代办员、统筹人员、系统管理员、安全管理员 或 审计管理员")
        return nil
      }
      return faults == log.faults.count ? SetupAnswers.Member(badge: badge, name: name, role: role) : nil
    }
    if rows.isEmpty {
      log.fault(
        list, "there is nobody", "write at least one coordinator",
        zh: "一个人也没有：至少写一名统筹人员")
    }
    return log.faults.count == before ? members : nil
  }

  private static func check(_ badge: String, _ name: String, _ location: FileLocation, _ log: FaultLog) {
    if badge.utf8.count > 16 || !badge.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      log.fault(
        location, "the badge “\(badge.prefix(40))”", "write at most 16 letters and digits, as its barcode says",
        zh: "工号“\(badge.prefix(40))”不对：只用字母和数字，最多 16 个，与工作证条码一致")
    }
    if name.count > 30 || name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      log.fault(
        location, "the name is too long, or not one line", "write at most 30 characters",
        zh: "姓名太长或不是一行：最多 30 个字")
    }
  }
}
