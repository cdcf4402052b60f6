import Groundwork
import Hall

extension PrintState {
  func write(to record: inout RecordWriter) {
    record.objects("slips", slips.values.sorted { $0.id.text < $1.id.text }) { $1.write(to: &$0) }
    record.texts("open", openSlips.map(\.id.text))
    record.objects("rolls", rolls.sorted { $0.key < $1.key }) { record, roll in
      record.put("kiosk", roll.key)
      record.put("slips", roll.value.slips)
      record.put("millimetres", roll.value.millimetres)
      record.put("changedAt", roll.value.changedAt)
    }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let slips = try record.dictionary("slips") { (record) throws(RecordCodec.Fault) in
      let slip = try SlipInHand(from: &record)
      return (slip.id, slip)
    }
    let open = try record.texts("open").map(SlipID.init)
    guard open.allSatisfy({ slips[$0] != nil }) else { throw record.damage }
    let rolls = try record.dictionary("rolls") { (record) throws(RecordCodec.Fault) in
      (
        try record.text("kiosk"),
        PaperRoll(
          slips: try record.int("slips"), millimetres: try record.int("millimetres"),
          changedAt: try record.momentOrNull("changedAt"))
      )
    }
    self.init(slips: slips, open: open, rolls: rolls)
  }
}

extension SlipInHand {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("subject", subject.recordText)
    record.put("kiosk", kiosk)
    record.put("state", state.recordText)
    record.put("attempt", attempt)
    record.put("requestedAt", requestedAt)
    record.put("requestedSequence", requestedSequence)
    record.put("largeType", largeType)
    record.put("language", language.rawValue)
    record.put("jobUUID", jobUUID)
    record.put("endedAt", endedAt)
    record.put("acknowledged", acknowledged)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      id: try record.slip("id"), subject: try record.text("subject", as: SlipSubject.init(recordText:)),
      kiosk: try record.text("kiosk"), state: try record.text("state", as: SlipState.init(recordText:)),
      attempt: try record.int("attempt"), requestedAt: try record.moment("requestedAt"),
      requestedSequence: try record.integer("requestedSequence"), largeType: try record.bool("largeType"),
      language: try record.text("language", as: SlipLanguage.init(rawValue:)))
    jobUUID = try record.textOrNull("jobUUID")
    endedAt = try record.momentOrNull("endedAt")
    acknowledged = try record.bool("acknowledged")
  }
}

extension SlipState {
  /// `queued`, `printing:1`, `ended:1:` and the attempt's outcome, `expired`.
  var recordText: String {
    switch self {
    case .queued: "queued"
    case .printing(let attempt): "printing:\(attempt)"
    case .printed(let attempt, let evidence): "ended:\(attempt):\(AttemptOutcome.printed(evidence).recordText)"
    case .notSent(let attempt, let reason): "ended:\(attempt):\(AttemptOutcome.notSent(reason: reason).recordText)"
    case .unknown(let attempt, let reason): "ended:\(attempt):\(AttemptOutcome.unknown(reason: reason).recordText)"
    case .expired: "expired"
    }
  }

  init?(recordText text: String) {
    let (name, rest) = splitAtColon(text)
    switch name {
    case "queued": self = .queued
    case "printing":
      guard let attempt = Int(rest) else { return nil }
      self = .printing(attempt: attempt)
    case "ended":
      let (attempt, outcome) = splitAtColon(rest)
      guard let attempt = Int(attempt), let outcome = AttemptOutcome(recordText: outcome) else { return nil }
      switch outcome {
      case .printed(let evidence): self = .printed(attempt: attempt, evidence)
      case .notSent(let reason): self = .notSent(attempt: attempt, reason: reason)
      case .unknown(let reason): self = .unknown(attempt: attempt, reason: reason)
      }
    case "expired": self = .expired
    default: return nil
    }
  }
}
