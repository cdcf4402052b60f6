import Groundwork
import Hall

extension NoticeEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("noticeIssued", Notice.self) { .notice(.noticeIssued($0)) }
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .noticeIssued(let payload): payload
    }
  }
}

extension Notice: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number)
    record.put("item", item)
    record.array("situations", situations) { $0.put(nil, $1) }
    record.put("catalogueVersion", catalogueVersion)
    record.put("issuedAt", issuedAt.milliseconds)
    record.put("ticket", ticket)
    record.put("kiosk", kiosk)
    record.put("slip", slip?.text)
    guard !marks.isEmpty else { return }
    record.array("have", marks.have) { $0.put(nil, $1) }
    record.array("missing", marks.missing) { $0.put(nil, $1) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let code = try record.code("code")
    let number = try record.text("number")
    guard let (date, ordinal) = Self.dateAndOrdinal(number) else { throw record.damage }
    self.init(
      code: code, number: number, date: date, ordinal: ordinal,
      item: try record.text("item"),
      situations: try record.array("situations") { (record) throws(RecordCodec.Fault) in try record.text() },
      catalogueVersion: try record.text("catalogueVersion"),
      issuedAt: try record.moment("issuedAt"),
      ticket: try record.codeOrNull("ticket"),
      kiosk: try record.textOrNull("kiosk"),
      slip: try record.textOrNull("slip").map(SlipID.init),
      marks: record.isAtEndOfObject
        ? NoticeMarks()
        : NoticeMarks(
          have: try record.array("have") { (record) throws(RecordCodec.Fault) in try record.text() },
          missing: try record.array("missing") { (record) throws(RecordCodec.Fault) in try record.text() }))
  }

  /// Version 1 has the date and the ordinal in the number only: `GZ-500151105-20261123-0042`.
  private static func dateAndOrdinal(_ number: String) -> (CivilDate, Int)? {
    let parts = number.split(separator: "-")
    guard parts.count == 4, parts[2].utf8.count == 8, let ordinal = Int(parts[3]), let digits = Int(parts[2]),
      let date = CivilDate(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    else { return nil }
    return (date, ordinal)
  }
}
