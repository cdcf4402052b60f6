import Groundwork
import Hall

/// Open tasks, and what was asked in each month.
extension ConsultState {
  func write(to record: inout RecordWriter) {
    record.objects("tasks", tasks.values.sorted { $0.noted.code.bits < $1.noted.code.bits }) { record, task in
      record.object("noted") { task.noted.write(to: &$0) }
      record.put("responsible", task.responsible)
    }
    record.objects("months", months.sorted { $0.key < $1.key }) { record, month in
      record.put("month", month.key.description)
      record.objects("badges", month.value.sorted { $0.key < $1.key }) { record, badge in
        record.put("badge", badge.key)
        badge.value.write(to: &record)
      }
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    tasks = try record.dictionary("tasks") { (record) throws(RecordCodec.Fault) in
      let noted = try record.object("noted") { (record) throws(RecordCodec.Fault) in try ConsultNoted(from: &record) }
      return (noted.code, ConsultTask(noted, responsible: try record.text("responsible")))
    }
    months = try record.dictionary("months") { (record) throws(RecordCodec.Fault) in
      (
        try record.text("month", as: CalendarMonth.init(_:)),
        try record.dictionary("badges") { (record) throws(RecordCodec.Fault) in
          (try record.text("badge"), try ConsultTally(from: &record))
        }
      )
    }
  }
}

extension ConsultTally {
  func write(to record: inout RecordWriter) {
    record.put("asked", asked)
    record.put("tasks", tasks)
    record.put("closed", closed)
    record.put("sameDay", closedSameDay)
    record.put("late", late)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    asked = try record.int("asked")
    tasks = try record.int("tasks")
    closed = try record.int("closed")
    closedSameDay = try record.int("sameDay")
    late = try record.int("late")
  }
}
