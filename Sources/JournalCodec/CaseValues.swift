import Groundwork
import Hall

/// Values that records of cases have in common.
extension CaseDue {
  /// `at_once`, `unlimited`, `paused:15:working_day`, or `law:` and `promise:` with the four dates' fields:
  /// `law:2026-12-14:2026-12-14:2026-12-14:2027`, years with commas between them.
  var recordText: String {
    switch self {
    case .atOnce: "at_once"
    case .unlimited: "unlimited"
    case .paused(let left, let unit): "paused:\(left):\(unit.rawValue)"
    case .dated(let due, let byLaw):
      "\(byLaw ? "law" : "promise"):\(due.raw):\(due.target):\(due.collectFrom):"
        + due.missingYears.map(String.init).joined(separator: ",")
    }
  }

  init?(recordText text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("at_once", 1): self = .atOnce
    case ("unlimited", 1): self = .unlimited
    case ("paused", 3):
      guard let left = Int(parts[1]), left > 0, let unit = LimitUnit(rawValue: parts[2]) else { return nil }
      self = .paused(left: left, unit)
    case ("law", 5), ("promise", 5):
      let years =
        parts[4].isEmpty ? [] : parts[4].split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard let raw = CivilDate(parts[1]), let target = CivilDate(parts[2]), let collect = CivilDate(parts[3]),
        years.allSatisfy({ $0 != nil })
      else { return nil }
      self = .dated(
        DueDate(raw: raw, target: target, collectFrom: collect, missingYears: years.compactMap(\.self)),
        byLaw: parts[0] == "law")
    default: return nil
    }
    guard recordText == text else { return nil }
  }
}

extension TellBy {
  func write(to record: inout RecordWriter) {
    record.put("date", date)
    record.put("alarm", alarm)
    record.put("provisional", provisional)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      date: try record.date("date"), alarm: try record.date("alarm"), provisional: try record.bool("provisional"))
  }
}

extension TimeLimit {
  func write(to record: inout RecordWriter) {
    record.put("n", count)
    record.put("unit", unit.rawValue)
    record.texts("excludes", excludes)
    record.put("wording", wording)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      count: try record.int("n"), unit: try record.text("unit", as: LimitUnit.init(rawValue:)),
      excludes: try record.texts("excludes"), wording: try record.textOrNull("wording"))
  }
}

extension CaseLimits {
  func write(to record: inout RecordWriter) {
    record.objects("legal", [legal].compactMap(\.self)) { $1.write(to: &$0) }
    record.objects("promised", [promised].compactMap(\.self)) { $1.write(to: &$0) }
    record.put("licence", isLicence)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let legal = try record.objects("legal") { (record) throws(RecordCodec.Fault) in try TimeLimit(from: &record) }
    let promised = try record.objects("promised") { (record) throws(RecordCodec.Fault) in
      try TimeLimit(from: &record)
    }
    self.init(legal: legal.first, promised: promised.first, isLicence: try record.bool("licence"))
  }
}

extension CaseTelling {
  func write(to record: inout RecordWriter) {
    record.object("by") { by.write(to: &$0) }
    record.put("n", count)
    record.put("unit", unit.rawValue)
    record.put("basis", basis)
    record.put("deemed", isDeemed)
    record.objects("return", [returnWithin].compactMap(\.self)) { record, within in
      record.put("n", within.count)
      record.put("unit", within.unit.rawValue)
      record.put("basis", within.basis)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let by = try record.object("by") { (record) throws(RecordCodec.Fault) in try TellBy(from: &record) }
    let (count, unit) = (try record.int("n"), try record.text("unit", as: LimitUnit.init(rawValue:)))
    let (basis, isDeemed) = (try record.textOrNull("basis"), try record.bool("deemed"))
    let within = try record.objects("return") { (record) throws(RecordCodec.Fault) in
      ItemCorrection.ReturnWithin(
        count: try record.int("n"), unit: try record.text("unit", as: LimitUnit.init(rawValue:)),
        basis: try record.text("basis"))
    }
    self.init(by: by, count: count, unit: unit, basis: basis, isDeemed: isDeemed, returnWithin: within.first)
  }
}

extension CaseMaterial {
  func write(to record: inout RecordWriter) {
    record.put("name", name)
    record.put("group", group)
    record.put("originals", originals)
    record.put("copies", copies)
    record.put("necessity", necessity.recordText)
    record.put("shared", isShared)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      name: try record.text("name"), group: try record.textOrNull("group"), originals: try record.int("originals"),
      copies: try record.int("copies"),
      necessity: try record.text("necessity", as: Material.Necessity.init(recordText:)),
      isShared: try record.bool("shared"))
  }
}

extension Material.Necessity {
  var recordText: String {
    switch self {
    case .necessary: "necessary"
    case .deferrable: "deferrable"
    case .optional: "optional"
    }
  }

  init?(recordText text: String) {
    guard let found = Self.allCases.first(where: { $0.recordText == text }) else { return nil }
    self = found
  }
}

extension CasePaper {
  func write(to record: inout RecordWriter) {
    record.put("material", material)
    record.put("originals", originals)
    record.put("copies", copies)
    record.put("seen", isSeen)
    record.put("electronic", isElectronic)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      material: try record.text("material"), originals: try record.int("originals"), copies: try record.int("copies"),
      isSeen: try record.bool("seen"), isElectronic: try record.bool("electronic"))
  }
}

extension OriginalsMoved {
  func write(to record: inout RecordWriter) {
    record.put("material", material)
    record.put("count", count)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(material: try record.text("material"), count: try record.int("count"))
  }
}

extension CorrectionLine {
  func write(to record: inout RecordWriter) {
    record.put("material", material)
    record.texts("reasons", reasons.map(\.rawValue))
    record.put("text", text?.description)
    record.put("basis", basis)
    record.put("second", second)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      material: try record.textOrNull("material"),
      reasons: try record.array("reasons") { (record) throws(RecordCodec.Fault) in
        try record.text(as: CorrectionReason.init(rawValue:))
      },
      text: try record.textOrNull("text", as: SealedCaseText.init(_:)), basis: try record.textOrNull("basis"),
      second: try record.textOrNull("second"))
  }
}
