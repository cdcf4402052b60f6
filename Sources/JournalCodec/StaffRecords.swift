import Groundwork
import Hall

extension StaffEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("staffSignedIn", StaffSignedIn.self) { .staff(.staffSignedIn($0)) },
      EventShape("staffSignedOut", StaffSignedOut.self) { .staff(.staffSignedOut($0)) },
      EventShape("dutyPlanned", DutyPlanned.self) { .staff(.dutyPlanned($0)) },
      EventShape("dutyPlanWithdrawn", DutyPlanWithdrawn.self) { .staff(.dutyPlanWithdrawn($0)) },
      EventShape("attendanceNoted", AttendanceNoted.self) { .staff(.attendanceNoted($0)) },
      EventShape("inspectionNoted", InspectionNoted.self) { .staff(.inspectionNoted($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .staffSignedIn(let payload): payload
    case .staffSignedOut(let payload): payload
    case .dutyPlanned(let payload): payload
    case .dutyPlanWithdrawn(let payload): payload
    case .attendanceNoted(let payload): payload
    case .inspectionNoted(let payload): payload
    }
  }
}

extension Workplace {
  /// `window:3`, `back_office`, `village`.
  var recordText: String {
    switch self {
    case .window(let number): "window:\(number)"
    case .backOffice: "back_office"
    case .village: "village"
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "window":
      guard let number = Int(rest) else { return nil }
      self = .window(number)
    case "back_office": self = .backOffice
    case "village": self = .village
    default: return nil
    }
  }
}

extension StaffSignedIn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("badge", badge)
    record.put("role", role.rawValue)
    record.put("place", workplace.recordText)
    record.put("how", how.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      badge: try record.text("badge"), role: try record.text("role", as: StaffRole.init(rawValue:)),
      workplace: try record.text("place", as: Workplace.init(recordText:)),
      how: try record.text("how", as: How.init(rawValue:)))
  }
}

extension StaffSignedOut: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("badge", badge)
    record.put("place", workplace.recordText)
    record.put("how", how.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      badge: try record.text("badge"), workplace: try record.text("place", as: Workplace.init(recordText:)),
      how: try record.text("how", as: How.init(rawValue:)))
  }
}

extension DutyPlanned: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.put("badge", badge)
    record.put("window", window)
    record.array("sessions", sessions) { $0.put(nil, $1) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      date: try record.date("date"), badge: try record.text("badge"), window: try record.intOrNull("window"),
      sessions: try record.array("sessions") { (record) throws(RecordCodec.Fault) in try record.int() })
  }
}

extension DutyPlanWithdrawn: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.put("badge", badge)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(date: try record.date("date"), badge: try record.text("badge"))
  }
}

extension AttendanceNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("badge", badge)
    record.put("date", date)
    record.put("session", session)
    record.put("kind", kind.rawValue)
    record.put("substituted", substituted)
    record.put("reason", reason)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      badge: try record.text("badge"), date: try record.date("date"), session: try record.intOrNull("session"),
      kind: try record.text("kind", as: Kind.init(rawValue:)), substituted: try record.textOrNull("substituted"),
      reason: try record.textOrNull("reason"))
  }
}

extension InspectionNoted: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("badge", badge)
    record.put("window", window)
    record.put("kind", kind.rawValue)
    record.put("text", text)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      badge: try record.textOrNull("badge"), window: try record.intOrNull("window"),
      kind: try record.text("kind", as: Kind.init(rawValue:)), text: try record.text("text"))
  }
}

extension StaffPresence {
  func write(to record: inout RecordWriter) {
    record.put("badge", badge)
    record.put("place", workplace.recordText)
    record.put("since", since)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      badge: try record.text("badge"), workplace: try record.text("place", as: Workplace.init(recordText:)),
      since: try record.moment("since"))
  }
}
