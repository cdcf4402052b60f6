package import Groundwork

/// Duty plans as a table from a spreadsheet: 日期, 工号, 窗口, 场次, a line for each badge and day.
///
/// Cells are separated by commas or tabs, so that a table can be pasted from WPS. A first line with 日期 is its heading.
package struct DutyTable: Sendable {
  /// What is wrong in a line.
  package enum Fault: Error, Hashable {
    /// The line does not have the four cells of a plan.
    case cells
    case date(String)
    /// The date is before today, or too far away to be planned.
    case dateOutside(CivilDate)
    case badge(String)
    case window(String)
    case sessions(String)
    /// The same badge and day stand in an earlier line.
    case twice(earlier: Int)
    /// More lines than one table may have; only at the first of them.
    case tooLong
  }

  /// The most plans of one table: 62 days of eight people.
  package static let mostPlans = 500
  /// How many days after today may be planned.
  package static let daysAhead = 60

  package private(set) var plans: [DutyPlanned] = []
  /// Each with its line, the first being 1.
  package private(set) var faults: [(line: Int, fault: Fault)] = []

  /// - Parameters:
  ///   - text: lines that end with LF or CR LF; empty ones are skipped.
  ///   - badges: those that may be planned.
  ///   - windows: the hall's numbers.
  ///   - sessions: how many a day has, for 全天.
  package init(
    _ text: String, badges: Set<String>, windows: Set<Int>, today: CivilDate, sessions: (CivilDate) -> Int
  ) {
    var seen: [String: Int] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let cells = Self.cells(line)
      if cells.allSatisfy(\.isEmpty) || (plans.isEmpty && cells[0] == "日期") { continue }
      guard plans.count + faults.count < Self.mostPlans else {
        faults.append((index + 1, .tooLong))
        return
      }
      do throws(Fault) {
        let plan = try Self.plan(cells, badges, windows, today, sessions)
        let name = "\(plan.badge) \(plan.date)"
        if let earlier = seen.updateValue(index + 1, forKey: name) { throw .twice(earlier: earlier) }
        plans.append(plan)
      } catch {
        faults.append((index + 1, error))
      }
    }
  }

  private static func plan(
    _ cells: [String], _ badges: Set<String>, _ windows: Set<Int>, _ today: CivilDate,
    _ sessionsOn: (CivilDate) -> Int
  ) throws(Fault) -> DutyPlanned {
    guard cells.count == 4 else { throw .cells }
    guard let date = date(cells[0]) else { throw .date(cells[0]) }
    guard (0...daysAhead).contains(date.daysSinceEpoch - today.daysSinceEpoch) else { throw .dateOutside(date) }
    guard badges.contains(cells[1]) else { throw .badge(cells[1]) }
    var window: Int?
    if !cells[2].isEmpty {
      let digits = cells[2].hasSuffix("号窗口") ? String(cells[2].dropLast(3)) : cells[2]
      guard let number = Int(digits), windows.contains(number) else { throw .window(cells[2]) }
      window = number
    }
    guard let sessions = sessions(cells[3], of: max(1, sessionsOn(date))) else { throw .sessions(cells[3]) }
    return DutyPlanned(date: date, badge: cells[1], window: sessions.isEmpty ? nil : window, sessions: sessions)
  }

  /// `2026-12-01`, and what spreadsheets make of it: `2026/12/1`.
  private static func date(_ cell: String) -> CivilDate? {
    let parts = cell.split(separator: cell.contains("/") ? "/" : "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts.allSatisfy({ (1...4).contains($0.utf8.count) }) else {
      return nil
    }
    return CivilDate(parts.map { $0.utf8.count == 1 ? "0\($0)" : String($0) }.joined(separator: "-"))
  }

  /// 上午 and 下午 for the first and the second session, 全天 for all of them, 休 for a day off, or numbers: `1、2`.
  private static func sessions(_ cell: String, of count: Int) -> [Int]? {
    switch cell {
    case "上午": return [1]
    case "下午": return [2]
    case "全天": return Array(1...count)
    case "休", "休息": return []
    default: break
    }
    let numbers = cell.split { "、 ;；+".contains($0) }.map { Int($0) ?? 0 }
    guard !numbers.isEmpty, numbers.allSatisfy((1...8).contains), Set(numbers).count == numbers.count else {
      return nil
    }
    return numbers.sorted()
  }

  private static func cells(_ line: Substring) -> [String] {
    let separator: Character = line.contains("\t") ? "\t" : line.contains(",") ? "," : "，"
    return line.split(separator: separator, omittingEmptySubsequences: false).map { cell in
      var cell = cell.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      while cell.last?.isWhitespace == true { cell.removeLast() }
      if cell.count >= 2, cell.first == "\"", cell.last == "\"" { cell = cell.dropFirst().dropLast() }
      return String(cell)
    }
  }
}

extension DutyTable.Fault {
  package var chinese: String {
    switch self {
    case .cells: "一行要有四格：日期、工号、窗口、场次"
    case .date(let text): "日期“\(text.prefix(20))”不对，写成 2026-12-01"
    case .dateOutside(let date): "\(date) 不在今天起 \(DutyTable.daysAhead) 天之内"
    case .badge(let text): "没有工号“\(text.prefix(20))”"
    case .window(let text): "没有窗口“\(text.prefix(20))”，写号数，不坐窗口的空着"
    case .sessions(let text): "场次“\(text.prefix(20))”不对，写 上午、下午、全天、休，或者 1、2"
    case .twice(let line): "同一个人同一天，第 \(line) 行已经有了"
    case .tooLong: "从这一行起太多了，一次最多 \(DutyTable.mostPlans) 行"
    }
  }

  package var english: String {
    switch self {
    case .cells: "a line has four cells: date, badge, window, sessions"
    case .date(let text): "“\(text.prefix(20))” is no date: write 2026-12-01"
    case .dateOutside(let date): "\(date) is not within \(DutyTable.daysAhead) days from today"
    case .badge(let text): "there is no badge “\(text.prefix(20))”"
    case .window(let text): "there is no window “\(text.prefix(20))”: write its number, or nothing for no window"
    case .sessions(let text): "“\(text.prefix(20))” are no sessions: write 上午, 下午, 全天, 休, or numbers"
    case .twice(let line): "the same badge and day stand in line \(line)"
    case .tooLong: "too many lines from here on: \(DutyTable.mostPlans) at once are the most"
    }
  }
}
