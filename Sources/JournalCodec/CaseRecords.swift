import Groundwork
import Hall

extension CaseEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("caseOpened", CaseOpened.self) { .cases(.caseOpened($0)) },
      EventShape("correctedOnSpot", CorrectedOnSpot.self) { .cases(.correctedOnSpot($0)) },
      EventShape("correctionIssued", CorrectionIssued.self) { .cases(.correctionIssued($0)) },
      EventShape("correctionServed", CorrectionServed.self) { .cases(.correctionServed($0)) },
      EventShape("papersReturned", PapersReturned.self) { .cases(.papersReturned($0)) },
      EventShape("acceptanceDeemed", AcceptanceDeemed.self) { .cases(.acceptanceDeemed($0)) },
      EventShape("correctionPromiseBroken", CorrectionPromiseBroken.self) { .cases(.correctionPromiseBroken($0)) },
      EventShape("caseAccepted", CaseAccepted.self) { .cases(.caseAccepted($0)) },
      EventShape("refusalProposed", RefusalProposed.self) { .cases(.refusalProposed($0)) },
      EventShape("caseRefused", CaseRefused.self) { .cases(.caseRefused($0)) },
      EventShape("caseRedirected", CaseRedirected.self) { .cases(.caseRedirected($0)) },
      EventShape("caseWithdrawn", CaseWithdrawn.self) { .cases(.caseWithdrawn($0)) },
      EventShape("caseForwarded", CaseForwarded.self) { .cases(.caseForwarded($0)) },
      EventShape("forwardConfirmed", ForwardConfirmed.self) { .cases(.forwardConfirmed($0)) },
      EventShape("clockPaused", ClockPaused.self) { .cases(.clockPaused($0)) },
      EventShape("clockResumed", ClockResumed.self) { .cases(.clockResumed($0)) },
      EventShape("timeExtended", TimeExtended.self) { .cases(.timeExtended($0)) },
      EventShape("dueRecomputed", DueRecomputed.self) { .cases(.dueRecomputed($0)) },
      EventShape("caseDecided", CaseDecided.self) { .cases(.caseDecided($0)) },
      EventShape("resultReady", ResultReady.self) { .cases(.resultReady($0)) },
      EventShape("resultCollected", ResultCollected.self) { .cases(.resultCollected($0)) },
      EventShape("resultSent", ResultSent.self) { .cases(.resultSent($0)) },
      EventShape("pauseAnnounced", PauseAnnounced.self) { .cases(.pauseAnnounced($0)) },
      EventShape("extensionAnnounced", ExtensionAnnounced.self) { .cases(.extensionAnnounced($0)) },
      EventShape("acceptanceUndone", AcceptanceUndone.self) { .cases(.acceptanceUndone($0)) },
      EventShape("caseReassigned", CaseReassigned.self) { .cases(.caseReassigned($0)) },
      EventShape("caseCorrected", CaseCorrected.self) { .cases(.caseCorrected($0)) },
      EventShape("overdueExplained", OverdueExplained.self) { .cases(.overdueExplained($0)) },
      EventShape("resultPlaced", ResultPlaced.self) { .cases(.resultPlaced($0)) },
      EventShape("furtherPapersAsked", FurtherPapersAsked.self) { .cases(.furtherPapersAsked($0)) },
      EventShape("correctionDelivered", CorrectionDelivered.self) { .cases(.correctionDelivered($0)) },
      EventShape("casesListed", CasesListed.self) { .cases(.casesListed($0)) },
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .caseOpened(let payload): payload
    case .correctedOnSpot(let payload): payload
    case .correctionIssued(let payload): payload
    case .correctionServed(let payload): payload
    case .papersReturned(let payload): payload
    case .acceptanceDeemed(let payload): payload
    case .correctionPromiseBroken(let payload): payload
    case .caseAccepted(let payload): payload
    case .refusalProposed(let payload): payload
    case .caseRefused(let payload): payload
    case .caseRedirected(let payload): payload
    case .caseWithdrawn(let payload): payload
    case .caseForwarded(let payload): payload
    case .forwardConfirmed(let payload): payload
    case .clockPaused(let payload): payload
    case .clockResumed(let payload): payload
    case .timeExtended(let payload): payload
    case .dueRecomputed(let payload): payload
    case .caseDecided(let payload): payload
    case .resultReady(let payload): payload
    case .resultCollected(let payload): payload
    case .resultSent(let payload): payload
    case .pauseAnnounced(let payload): payload
    case .extensionAnnounced(let payload): payload
    case .acceptanceUndone(let payload): payload
    case .caseReassigned(let payload): payload
    case .caseCorrected(let payload): payload
    case .overdueExplained(let payload): payload
    case .resultPlaced(let payload): payload
    case .furtherPapersAsked(let payload): payload
    case .correctionDelivered(let payload): payload
    case .casesListed(let payload): payload
    }
  }
}

extension CaseOpened: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("item", item)
    record.put("catalogueVersion", catalogueVersion)
    record.texts("answers", answers)
    record.put("ticket", ticket)
    record.put("applicant", applicant.description)
    record.put("holder", holder?.description)
    record.put("by", by.rawValue)
    record.put("receivedAt", receivedAt.milliseconds)
    record.put("receivedOn", receivedOn)
    record.put("isAtVillage", isAtVillage)
    record.put("firstAsked", firstAsked)
    record.put("responsible", responsible)
    record.objects("materials", materials) { $1.write(to: &$0) }
    record.objects("papers", papers) { $1.write(to: &$0) }
    record.object("limits") { limits.write(to: &$0) }
    record.object("telling") { telling.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      item: try record.text("item"),
      catalogueVersion: try record.text("catalogueVersion"),
      answers: try record.texts("answers"),
      ticket: try record.codeOrNull("ticket"),
      applicant: try record.text("applicant", as: SealedCaseText.init(_:)),
      holder: try record.textOrNull("holder", as: HolderPseudonym.init(_:)),
      by: try record.text("by", as: CaseBearer.init(rawValue:)),
      receivedAt: try record.moment("receivedAt"),
      receivedOn: try record.date("receivedOn"),
      isAtVillage: try record.bool("isAtVillage"),
      firstAsked: try record.text("firstAsked"),
      responsible: try record.text("responsible"),
      materials: try record.objects("materials") { (record) throws(RecordCodec.Fault) in try CaseMaterial(from: &record)
      },
      papers: try record.objects("papers") { (record) throws(RecordCodec.Fault) in try CasePaper(from: &record) },
      limits: try record.object("limits") { (record) throws(RecordCodec.Fault) in try CaseLimits(from: &record) },
      telling: try record.object("telling") { (record) throws(RecordCodec.Fault) in try CaseTelling(from: &record) })
  }
}

extension CorrectedOnSpot: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("material", material)
    record.put("what", what.description)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      material: try record.text("material"),
      what: try record.text("what", as: SealedCaseText.init(_:)))
  }
}

extension CorrectionIssued: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("attempt", attempt)
    record.objects("lines", lines) { $1.write(to: &$0) }
    record.put("isElectronic", isElectronic)
    record.objects("second", [second].compactMap(\.self)) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      attempt: try record.int("attempt"),
      lines: try record.objects("lines") { (record) throws(RecordCodec.Fault) in try CorrectionLine(from: &record) },
      isElectronic: try record.bool("isElectronic"),
      second: try record.objects("second") { (record) throws(RecordCodec.Fault) in try SecondNotice(from: &record) }
        .first)
  }
}

extension SecondNotice {
  func write(to record: inout RecordWriter) {
    record.put("reason", reason.description)
    record.texts("materials", materials)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      reason: try record.text("reason", as: SealedCaseText.init(_:)),
      materials: try record.texts("materials"))
  }
}

extension CorrectionServed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("way", way.rawValue)
    record.put("on", on)
    record.texts("witnesses", witnesses)
    record.put("isByHand", isByHand)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      way: try record.text("way", as: ServingWay.init(rawValue:)),
      on: try record.date("on"),
      witnesses: try record.texts("witnesses"),
      isByHand: try record.bool("isByHand"))
  }
}

/// Version 2 has the number of its receipt.
extension PapersReturned: RecordPayload {
  static var newestVersion: Int { 2 }
  var shapeVersion: Int { number == nil ? 1 : 2 }

  func write(to record: inout RecordWriter) {
    record.put("code", code)
    if let number { record.put("number", number.description) }
    record.objects("papers", papers) { $1.write(to: &$0) }
    record.put("on", on)
    record.put("isComplete", isComplete)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) { try self.init(from: &record, version: 1) }

  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: version < 2 ? nil : try record.text("number", as: CaseNumber.init(_:)),
      papers: try record.objects("papers") { (record) throws(RecordCodec.Fault) in try CasePaper(from: &record) },
      on: try record.date("on"),
      isComplete: try record.bool("isComplete"))
  }
}

extension AcceptanceDeemed: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("acceptedOn", acceptedOn)
    record.put("article", article)
    record.put("due", due.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      number: try record.text("number", as: CaseNumber.init(_:)),
      acceptedOn: try record.date("acceptedOn"),
      article: try record.text("article"),
      due: try record.text("due", as: CaseDue.init(recordText:)))
  }
}

extension CorrectionPromiseBroken: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("tellBy", tellBy)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"),
      tellBy: try record.date("tellBy"))
  }
}
