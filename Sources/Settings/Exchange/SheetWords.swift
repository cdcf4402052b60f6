import Hall

/// What stands in the cells of a hall's table, as words of the catalogue file.
enum SheetWords {
  /// A cell that says that there is nothing.
  static func isNothing(_ text: String) -> Bool { ["", "无", "-", "—", "－", "/", "／", "\\", "暂无"].contains(text) }

  static let kinds: [(word: String, kind: Material.Kind)] = [
    ("原件", .original), ("复印件", .copy), ("原件和复印件", .originalAndCopy), ("原件及复印件", .originalAndCopy),
    ("原件或复印件", .originalOrCopy), ("表格", .form), ("申请表格", .form),
  ]
  static let handlers: [(word: String, handler: Item.Handler)] = [
    ("窗口", .window), ("代办员", .agent), ("村（社区）", .village), ("公安", .police),
  ]
  static let directories: [(word: String, directory: Item.Directory)] = [("服务事项", .service), ("代办事项", .agency)]

  static func level(_ text: String) -> Item.Level { text.contains("村") || text.contains("社区") ? .village : .town }

  static func yes(_ text: String) -> Bool { ["是", "有", "√", "可", "1", "true", "支持"].contains(text) }

  /// 10个工作日, 30日, 2个月, 即时办结; nil when it is none of them.
  static func limit(_ text: String, unit: String) -> (count: Int, unit: TimeLimit.Unit)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let said = unit.isEmpty ? String(text.dropFirst(digits.count)).trimmed : unit
    if ["即时", "当场", "即办", "立等"].contains(where: { (text + said).contains($0) }) { return (0, .immediate) }
    guard let count = Int(digits), count <= 3650 else { return nil }
    if said.contains("工作日") { return (count, count == 0 ? .immediate : .workingDay) }
    if said.contains("月") { return (count, .month) }
    if said.contains("天") || said.contains("日") { return (count, .naturalDay) }
    return nil
  }

  static func words(_ unit: TimeLimit.Unit) -> String {
    switch unit {
    case .immediate: "即时办结"
    case .workingDay: "个工作日"
    case .naturalDay: "日"
    case .month: "个月"
    }
  }

  /// The first phone number in a text such as “电话咨询：023-45678901”.
  static func phone(_ text: String) -> String? {
    text.split { !($0.isASCII && $0.isNumber) && $0 != "-" }.map(String.init).first { PhoneNumber.isOne($0) }
  }

  /// The lines of a cell, without blank ones.
  static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
  }

  /// Steps stand in lines or behind arrows, often numbered.
  static func steps(_ text: String) -> [String] {
    text.split { $0.isNewline || $0 == "→" }.map(\.trimmed).filter { !$0.isEmpty }.map { step in
      let digits = step.prefix { $0.isASCII && $0.isNumber }
      let rest = step.dropFirst(digits.count)
      guard !digits.isEmpty, let mark = rest.first, "、.．)）".contains(mark) else { return step }
      return rest.dropFirst().trimmed
    }
  }
}
