import CatalogueFiles
import Groundwork
import Hall
import Ports

/// A table of reservations from another system, as CSV: a heading, then a line for each.
///
/// Columns by their headings, in any order: 日期 and 时间; 事项 (code or name) or 队列 (letter); 姓名 and 电话 may be left out.
struct ReservationTable {
  struct Row {
    let line: Int
    let items: [String]
    let lane: LaneLetter?
    let date: CivilDate
    let from: CivilTime
    let contact: Contact?
  }

  struct Fault {
    let line: Int
    let chinese: String
    let english: String
  }

  /// Rows that are taken at once.
  static let most = 500

  private(set) var rows: [Row] = []
  private(set) var faults: [Fault] = []

  private enum Column: CaseIterable {
    case date, time, item, lane, name, phone

    var headings: [String] {
      switch self {
      case .date: ["日期", "date"]
      case .time: ["时间", "time"]
      case .item: ["事项", "item"]
      case .lane: ["队列", "lane"]
      case .name: ["姓名", "name"]
      case .phone: ["电话", "phone"]
      }
    }
  }

  init(_ text: String, _ catalogue: Catalogue) {
    let table: [CSVText.Row]
    do throws(CSVText.Fault) { table = try CSVText.rows(text) } catch {
      faults = [Self.fault(error)]
      return
    }
    guard let head = table.first else {
      faults = [Fault(line: 1, chinese: "表是空的", english: "the table is empty")]
      return
    }
    let columns = self.columns(head)
    guard faults.isEmpty else { return }
    if table.count == 1 {
      add(head.line, "只有表头，没有预约", "there is a heading and no reservation")
    } else if table.count - 1 > Self.most {
      add(
        table[Self.most + 1].line, "一次最多导入 \(Self.most) 行：分成几个文件", "at most \(Self.most) lines at once: split the file")
    }
    guard faults.isEmpty else { return }
    for row in table.dropFirst() { read(row, columns, catalogue) }
  }

  private mutating func add(_ line: Int, _ chinese: String, _ english: String) {
    faults.append(Fault(line: line, chinese: chinese, english: english))
  }

  private mutating func columns(_ head: CSVText.Row) -> [Column: Int] {
    var columns: [Column: Int] = [:]
    for (index, cell) in head.cells.enumerated() {
      let name = Self.trimmed(cell)
      guard !name.isEmpty else { continue }
      guard let column = Column.allCases.first(where: { $0.headings.contains(name.lowercased()) }) else {
        add(
          head.line, "不认得这一列“\(Self.shown(name))”：列名写 日期、时间、事项、队列、姓名、电话",
          "the column “\(Self.shown(name))” is not known: write date, time, item, lane, name, phone")
        continue
      }
      if columns.updateValue(index, forKey: column) != nil {
        add(head.line, "“\(name)”这一列写了两次：留一个", "the column “\(name)” stands there twice: keep one")
      }
    }
    if columns[.date] == nil { add(head.line, "缺“日期”这一列", "the column “date” is missing") }
    if columns[.time] == nil { add(head.line, "缺“时间”这一列", "the column “time” is missing") }
    if columns[.item] == nil, columns[.lane] == nil {
      add(head.line, "“事项”和“队列”至少要有一列", "one of the columns “item” and “lane” is needed")
    }
    return columns
  }

  private mutating func read(_ row: CSVText.Row, _ columns: [Column: Int], _ catalogue: Catalogue) {
    func cell(_ column: Column) -> String {
      columns[column].flatMap { $0 < row.cells.count ? Self.trimmed(row.cells[$0]) : nil } ?? ""
    }
    let before = faults.count
    let date = CivilDate(cell(.date).replacing("/", with: "-"))
    if date == nil { add(row.line, "日期写成 2026-12-01 这样", "the date is written like 2026-12-01") }
    let from = CivilTime(cell(.time))
    if from == nil { add(row.line, "时间写成 09:30 这样", "the time is written like 09:30") }
    var items: [String] = []
    let named = cell(.item)
    if !named.isEmpty {
      if let item = catalogue.items.first(where: { $0.code == named || $0.name == named }) {
        items = [item.code]
      } else {
        add(
          row.line, "事项“\(Self.shown(named))”不在目录里：写事项编码或全名",
          "the item “\(Self.shown(named))” is not in the catalogue: write its code or its whole name")
      }
    }
    let lane = LaneLetter(cell(.lane))
    if !cell(.lane).isEmpty, lane == nil {
      add(row.line, "队列应为一个大写字母", "a lane is one capital letter")
    } else if items.isEmpty, named.isEmpty, lane == nil {
      add(row.line, "事项和队列都没有写：写一个", "neither an item nor a lane: write one")
    }
    var contact: Contact?
    do throws(ContactText.Fault) { contact = try ContactText.contact(cell(.name), cell(.phone)) } catch {
      add(row.line, error.chinese, error.english)
    }
    guard faults.count == before, let date, let from else { return }
    rows.append(Row(line: row.line, items: items, lane: lane, date: date, from: from, contact: contact))
  }

  private static func trimmed(_ text: String) -> String {
    let kept = text.drop(while: \.isWhitespace)
    return kept.lastIndex { !$0.isWhitespace }.map { String(kept[...$0]) } ?? ""
  }

  /// A cell as a sentence may show it.
  private static func shown(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(20).map(Character.init))
  }

  private static func fault(_ fault: CSVText.Fault) -> Fault {
    switch fault {
    case .openQuote(let line): Fault(line: line, chinese: "引号没有成对", english: "a quote is not closed")
    case .tooManyRows(let limit): Fault(line: limit, chinese: "行太多", english: "too many lines")
    case .tooManyColumns(let line, _): Fault(line: line, chinese: "列太多", english: "too many columns")
    case .longCell(let line, _): Fault(line: line, chinese: "有一格太长", english: "a cell is too long")
    }
  }
}
