import Groundwork
package import Hall
package import YAMLDocuments

/// The State Council's yearly notices as a file: `years: {2026: {papers: […], off: [{date, name}], workdays_on_weekend: […]}}`.
package enum HolidayFile {
  package static func load(_ path: String) -> Loaded<WorkCalendar> {
    let log = FaultLog()
    return Loaded(BoundedFile.text(path, log).flatMap { calendar($0, file: path, log) }, log, first: path)
  }

  package static func read(_ text: String, file: String) -> Loaded<WorkCalendar> {
    let log = FaultLog()
    return Loaded(calendar(text, file: file, log), log, first: file)
  }

  static func calendar(_ text: String, file: String, _ log: FaultLog) -> WorkCalendar? {
    guard let root = YAMLNode.document(text, file: file, log), let top = YAMLTable(root, "the file", log) else {
      return nil
    }
    var off: [CivilDate: String] = [:]
    var worked: Set<CivilDate> = []
    var years: Set<Int> = []
    if let list = top.table("years") {
      for (key, location, _) in list.unasked() {
        guard let year = Int(key), (2000...2999).contains(year) else {
          log.fault(
            location, "`\(key)` is not a year", "write the year of a notice, as in 2026:",
            zh: "“\(key)”不是年份：写放假安排的年份，如 2026:")
          continue
        }
        years.insert(year)
        if let table = list.table(key) { read(year, table, &off, &worked) }
      }
    }
    _ = top.node("note")
    top.refuseUnknown()
    return WorkCalendar(off: off, worked: worked, years: years)
  }

  private static func read(
    _ year: Int, _ table: YAMLTable, _ off: inout [CivilDate: String], _ worked: inout Set<CivilDate>
  ) {
    let log = table.log
    _ = table.texts("papers")
    for day in table.tables("off", required: true, atMost: 366) {
      let name = day.text("name", atMost: 30)
      if let date = date(day.node("date"), near: year, day.location, log), let name {
        if off.updateValue(name, forKey: date) != nil {
          log.fault(
            day.location(of: "date"), "\(date) is off twice", "keep one line",
            zh: "\(date) 放假写了两次：留一行")
        }
      }
      day.refuseUnknown()
    }
    for node in table.list("workdays_on_weekend", atMost: 104) ?? [] {
      guard let date = date(node, near: year, node.location, log) else { continue }
      if !date.weekday.isWeekend {
        log.fault(
          node.location, "\(date) is no Saturday or Sunday", "make-up days lie on weekends; check the notice",
          zh: "\(date) 不是星期六、星期日：调休上班日都在周末，核对放假安排")
      }
      if let holiday = WorkCalendar.fixedHoliday(date) {
        log.fault(
          node.location, "\(date) is \(holiday), a day off in every year", "check the date in the notice",
          zh: "\(date) 是\(holiday)，每年都放假：核对放假安排里的日期")
      } else if off[date] != nil {
        log.fault(
          node.location, "\(date) is off and worked", "take it out of one of the lists",
          zh: "\(date) 又放假又上班：从其中一处去掉")
      }
      if !worked.insert(date).inserted {
        log.fault(
          node.location, "\(date) is worked twice", "keep one line",
          zh: "\(date) 上班写了两次：留一行")
      }
    }
    table.refuseUnknown()
  }

  /// A date that a notice for the year can name: from the end of the year before to the start of the next.
  private static func date(_ node: YAMLNode?, near year: Int, _ location: FileLocation, _ log: FaultLog) -> CivilDate? {
    guard let node, case .scalar(let text, _) = node.content, let date = CivilDate(text) else {
      log.fault(
        node?.location ?? location, "a date is missing or not a date", "write it as '\(year)-01-31'",
        zh: "没有写日期，或写的不是日期：写成 '\(year)-01-31'")
      return nil
    }
    guard abs(date.parts.year - year) <= 1 else {
      log.fault(
        node.location, "\(date) does not belong to the notice for \(year)", "check the year",
        zh: "\(date) 不属于 \(year) 年的放假安排：核对年份")
      return nil
    }
    return date
  }
}
