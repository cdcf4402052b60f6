import Groundwork
import Hall

/// The values of records as text, in both directions.
extension RecordWriter {
  mutating func put(_ key: StaticString, _ value: CivilDate) { put(key, value.description) }
  mutating func put(_ key: StaticString, _ value: CivilDate?) { put(key, value?.description) }
  mutating func put(_ key: StaticString? = nil, _ value: PublicCode) { put(key, value.description) }
  mutating func put(_ key: StaticString, _ value: PublicCode?) { put(key, value?.description) }
  mutating func put(_ key: StaticString, _ value: SlipID) { put(key, value.text) }

  mutating func put(_ key: StaticString, _ starts: [LaneStart]) {
    array(key, starts) { record, start in
      record.object { record in
        record.put("lane", start.lane.description)
        record.put("first", start.first)
      }
    }
  }
}

extension RecordScanner {
  /// Milliseconds within the calendar's range; any other number is damage, which would overflow once a zone is added to
  /// it.
  mutating func moment(_ key: StaticString) throws(Fault) -> Timestamp {
    let milliseconds = try integer(key)
    guard Timestamp.sayable.contains(milliseconds) else { throw damage }
    return Timestamp(milliseconds: milliseconds)
  }

  mutating func date(_ key: StaticString) throws(Fault) -> CivilDate { try text(key, as: CivilDate.init(_:)) }
  mutating func dateOrNull(_ key: StaticString) throws(Fault) -> CivilDate? {
    try textOrNull(key, as: CivilDate.init(_:))
  }
  mutating func code(_ key: StaticString? = nil) throws(Fault) -> PublicCode { try text(key, as: PublicCode.init(_:)) }
  mutating func codeOrNull(_ key: StaticString) throws(Fault) -> PublicCode? {
    try textOrNull(key, as: PublicCode.init(_:))
  }
  mutating func lane(_ key: StaticString) throws(Fault) -> LaneLetter { try text(key, as: LaneLetter.init(_:)) }
  mutating func slip(_ key: StaticString) throws(Fault) -> SlipID { SlipID(try text(key)) }

  mutating func starts(_ key: StaticString) throws(Fault) -> [LaneStart] {
    try array(key) { (record) throws(Fault) in
      try record.object { (record) throws(Fault) in
        LaneStart(lane: try record.text("lane", as: LaneLetter.init(_:)), first: try record.int("first"))
      }
    }
  }
}

extension [LaneLetter] {
  /// `AH`: the letters, which are one byte each.
  var recordText: String { map(\.description).joined() }

  init?(recordText text: String) {
    let letters = text.compactMap { LaneLetter(String($0)) }
    guard letters.count == text.utf8.count else { return nil }
    self = letters
  }
}

/// Enumerations are one text: the case, and after a colon its value.
func splitAtColon(_ text: String) -> (name: Substring, rest: String) {
  guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return (text[...], "") }
  return (text[..<colon], String(text[text.index(after: colon)...]))
}

extension Principal {
  /// `kiosk:kiosk-1`, `staff:clerk:AJ001`, `system`, `operator`.
  var recordText: String {
    switch self {
    case .kiosk(let id): "kiosk:\(id)"
    case .staff(let badge, let role): "staff:\(role.rawValue):\(badge)"
    case .system: "system"
    case .operator: "operator"
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "kiosk": self = .kiosk(rest)
    case "staff":
      let (role, badge) = splitAtColon(rest)
      guard let role = StaffRole(rawValue: String(role)) else { return nil }
      self = .staff(badge: badge, role: role)
    case "system": self = .system
    case "operator": self = .operator
    default: return nil
    }
  }
}

extension Outcome {
  /// `ticket:7ZQ…`, `finished:7ZQ…:8AB…`, `window:3`, `day` …
  var recordText: String {
    switch self {
    case .ticket(let code): "ticket:\(code)"
    case .finishedAndCalled(let finished, let called):
      "finished:\(finished)" + (called.map { ":\($0)" } ?? "")
    case .notice(let code): "notice:\(code)"
    case .window(let number): "window:\(number)"
    case .day: "day"
    case .help(let id): "help:\(id)"
    case .slip(let slip): "slip:\(slip)"
    case .done: "done"
    case .reservation(let code): "reservation:\(code)"
    case .openedCase(let code): "case:\(code)"
    case .consult(let code): "consult:\(code)"
    case .agency(let code): "agency:\(code)"
    case .agencyBatch(let code): "agency_batch:\(code)"
    case .handoverList(let code): "handover_list:\(code)"
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "ticket":
      guard let code = PublicCode(rest) else { return nil }
      self = .ticket(code)
    case "finished":
      let (first, second) = splitAtColon(rest)
      guard let finished = PublicCode(first) else { return nil }
      let called = PublicCode(second)
      guard second.isEmpty || called != nil else { return nil }
      self = .finishedAndCalled(finished: finished, called: called)
    case "notice":
      guard let code = PublicCode(rest) else { return nil }
      self = .notice(code)
    case "window":
      guard let number = Int(rest) else { return nil }
      self = .window(number)
    case "day": self = .day
    case "help": self = .help(rest)
    case "slip": self = .slip(SlipID(rest))
    case "done": self = .done
    case "reservation":
      guard let code = PublicCode(rest) else { return nil }
      self = .reservation(code)
    case "case":
      guard let code = PublicCode(rest) else { return nil }
      self = .openedCase(code)
    case "consult":
      guard let code = PublicCode(rest) else { return nil }
      self = .consult(code)
    case "agency":
      guard let code = PublicCode(rest) else { return nil }
      self = .agency(code)
    case "agency_batch":
      guard let code = PublicCode(rest) else { return nil }
      self = .agencyBatch(code)
    case "handover_list":
      guard let code = PublicCode(rest) else { return nil }
      self = .handoverList(code)
    default: return nil
    }
  }
}

extension SlipSubject {
  /// `ticket:7ZQ…`, `notice:7ZQ…`, `closing:7ZQ…`, `reservation:7ZQ…`,
  /// `receipt:7ZQ…`, `correction:7ZQ…`, `case:7ZQ…:SL-…`, `agency:7ZQ…`, `agency_end:7ZQ…`, `agency_renewal:7ZQ…`,
  /// `agency_batch:7ZQ…`, `handover_list:7ZQ…`.
  var recordText: String {
    switch self {
    case .ticket(let code): "ticket:\(code)"
    case .notice(let code): "notice:\(code)"
    case .closing(let code): "closing:\(code)"
    case .reservation(let code): "reservation:\(code)"
    case .receipt(let code): "receipt:\(code)"
    case .correction(let code): "correction:\(code)"
    case .casePaper(let code, let number): "case:\(code):\(number)"
    case .agency(let code): "agency:\(code)"
    case .agencyEnd(let code): "agency_end:\(code)"
    case .agencyRenewal(let code): "agency_renewal:\(code)"
    case .agencyBatch(let code): "agency_batch:\(code)"
    case .handoverList(let code): "handover_list:\(code)"
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    if name == "case" {
      let (code, number) = splitAtColon(rest)
      guard let code = PublicCode(code), let number = CaseNumber(number) else { return nil }
      self = .casePaper(code, number)
      return
    }
    guard let code = PublicCode(rest) else { return nil }
    switch name {
    case "ticket": self = .ticket(code)
    case "notice": self = .notice(code)
    case "closing": self = .closing(code)
    case "reservation": self = .reservation(code)
    case "receipt": self = .receipt(code)
    case "correction": self = .correction(code)
    case "agency": self = .agency(code)
    case "agency_end": self = .agencyEnd(code)
    case "agency_renewal": self = .agencyRenewal(code)
    case "agency_batch": self = .agencyBatch(code)
    case "handover_list": self = .handoverList(code)
    default: return nil
    }
  }
}

extension AttemptOutcome {
  /// `printed:2` with the evidence's number, `not_sent:…` and `unknown:…` with the reason.
  var recordText: String {
    switch self {
    case .printed(let evidence): "printed:\(evidence.rawValue)"
    case .notSent(let reason): "not_sent:\(reason)"
    case .unknown(let reason): "unknown:\(reason)"
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "printed":
      guard let evidence = Int(rest).flatMap(Evidence.init(rawValue:)) else { return nil }
      self = .printed(evidence)
    case "not_sent": self = .notSent(reason: rest)
    case "unknown": self = .unknown(reason: rest)
    default: return nil
    }
  }
}
