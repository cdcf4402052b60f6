import Groundwork
import Hall

/// Cases, each as the events that made it, and what they left.
extension CasesState {
  func write(to record: inout RecordWriter) {
    record.objects("known", known.values.sorted { $0.code.bits < $1.code.bits }) { $1.write(to: &$0) }
    record.objects("ordinals", ordinals.sorted { $0.key < $1.key }) { record, date in
      record.put("date", date.key)
      record.objects("kinds", date.value.sorted { $0.key.rawValue < $1.key.rawValue }) { record, kind in
        record.put("of", kind.key.rawValue)
        record.put("is", kind.value)
      }
    }
    writeMonths(to: &record)
    record.objects("lists", lists.sorted { $0.key.bits < $1.key.bits }) { record, list in
      record.object("issued") { list.value.issued.write(to: &$0) }
      record.put("slip", list.value.slip?.text)
    }
  }

  /// - Parameter layout: up to 3 visits were not counted; up to 4 there were no lists of what went to a department.
  init(from record: inout RecordScanner, layout: Int) throws(RecordCodec.Fault) {
    self.init()
    known = try record.dictionary("known") { (record) throws(RecordCodec.Fault) in
      let one = try Case(from: &record, layout: layout)
      return (one.code, one)
    }
    ordinals = try record.dictionary("ordinals") { (record) throws(RecordCodec.Fault) in
      (
        try record.date("date"),
        try record.dictionary("kinds") { (record) throws(RecordCodec.Fault) in
          (try record.text("of", as: CaseNumber.Kind.init(rawValue:)), try record.int("is"))
        }
      )
    }
    guard layout > 3 else { return }
    try readMonths(from: &record)
    guard layout > 4 else { return }
    lists = try record.dictionary("lists") { (record) throws(RecordCodec.Fault) in
      let issued = try record.object("issued") { (record) throws(RecordCodec.Fault) in try CasesListed(from: &record) }
      let slip = try record.textOrNull("slip").map(SlipID.init)
      return (issued.code, HandoverList(issued: issued, slip: slip))
    }
  }
}

extension RecordWriter {
  /// An array of one object, or of none.
  fileprivate mutating func maybe(_ key: StaticString, _ payload: (any RecordPayload)?) {
    objects(key, [payload].compactMap(\.self)) { $1.write(to: &$0) }
  }
}

extension RecordScanner {
  fileprivate mutating func maybe<Payload: RecordPayload>(
    _ key: StaticString, _: Payload.Type
  ) throws(Fault) -> Payload? {
    try objects(key) { (record) throws(Fault) in try Payload(from: &record) }.first
  }
}

extension Case {
  func write(to record: inout RecordWriter) {
    record.object("opened") { opened.write(to: &$0) }
    record.put("stage", stage.rawValue)
    record.put("responsible", responsible)
    record.objects("papers", papers) { $1.write(to: &$0) }
    record.objects("corrections", corrections) { $1.write(to: &$0) }
    record.maybe("served", served)
    record.put("toldOn", toldOn)
    record.put("completeOn", completeOn)
    record.object("tellBy") { tellBy.write(to: &$0) }
    record.put("broken", isPromiseBroken)
    record.put("acceptedOn", acceptedOn)
    record.put("deemed", isDeemed)
    record.put("due", due.recordText)
    record.objects("owed", owed) { $1.write(to: &$0) }
    record.objects("pauses", pauses) { record, pause in
      record.put("stage", pause.stage)
      record.put("from", pause.from)
      record.put("to", pause.to)
    }
    record.maybe("extended", extended)
    record.maybe("proposal", proposal?.what)
    record.put("proposer", proposal?.by)
    record.put("department", department)
    record.put("confirmed", isConfirmed)
    record.maybe("decided", decided)
    record.put("place", location)
    record.put("endedOn", endedOn)
    record.put("receiptSlip", receiptSlip?.text)
    record.put("correctionSlip", correctionSlip?.text)
    record.texts("visits", visits.map(\.description))
    record.put("prepared", isPrepared)
    record.put("applicant", applicant == opened.applicant ? nil : applicant.description)
    record.put("holder", holder?.description)
    record.put("by", by.rawValue)
    record.objects("given", given) { $1.write(to: &$0) }
    record.put("deliveredOn", deliveredOn)
    record.maybe("collected", collected)
    record.objects("fixes", fixes) { $1.write(to: &$0) }
  }

  /// Before layout 4 only receipts and notices were kept of papers, and there were neither corrections nor visits.
  /// Before layout 6 the applicant was repeated even where it was the same as at the opening.
  init(from record: inout RecordScanner, layout: Int) throws(RecordCodec.Fault) {
    self.init(try record.object("opened") { (record) throws(RecordCodec.Fault) in try CaseOpened(from: &record) })
    stage = try record.text("stage", as: CaseStage.init(rawValue:))
    responsible = try record.text("responsible")
    papers = try record.objects("papers") { (record) throws(RecordCodec.Fault) in try PaperAccount(from: &record) }
    corrections = try record.objects("corrections") { (record) throws(RecordCodec.Fault) in
      try CorrectionIssued(from: &record)
    }
    served = try record.maybe("served", CorrectionServed.self)
    toldOn = try record.dateOrNull("toldOn")
    completeOn = try record.dateOrNull("completeOn")
    tellBy = try record.object("tellBy") { (record) throws(RecordCodec.Fault) in try TellBy(from: &record) }
    isPromiseBroken = try record.bool("broken")
    acceptedOn = try record.dateOrNull("acceptedOn")
    isDeemed = try record.bool("deemed")
    due = try record.text("due", as: CaseDue.init(recordText:))
    owed = try record.objects("owed") { (record) throws(RecordCodec.Fault) in try OwedPaper(from: &record) }
    pauses = try record.objects("pauses") { (record) throws(RecordCodec.Fault) in
      ClockPause(stage: try record.text("stage"), from: try record.date("from"), to: try record.dateOrNull("to"))
    }
    extended = try record.maybe("extended", TimeExtended.self)
    let proposed = try record.maybe("proposal", RefusalProposed.self)
    let proposer = try record.textOrNull("proposer")
    proposal = proposed.flatMap { what in proposer.map { ProposalMade(what: what, by: $0) } }
    department = try record.textOrNull("department")
    isConfirmed = try record.bool("confirmed")
    decided = try record.maybe("decided", CaseDecided.self)
    location = try record.textOrNull("place")
    endedOn = try record.dateOrNull("endedOn")
    receiptSlip = try record.textOrNull("receiptSlip").map(SlipID.init)
    correctionSlip = try record.textOrNull("correctionSlip").map(SlipID.init)
    guard layout > 3 else { return }
    visits = try record.texts("visits").map { (text) throws(RecordCodec.Fault) in
      guard let date = CivilDate(text) else { throw record.damage }
      return date
    }
    isPrepared = try record.bool("prepared")
    if layout > 5 {
      applicant = try record.textOrNull("applicant", as: SealedCaseText.init(_:)) ?? opened.applicant
    } else {
      applicant = try record.text("applicant", as: SealedCaseText.init(_:))
    }
    holder = try record.textOrNull("holder", as: HolderPseudonym.init(_:))
    by = try record.text("by", as: CaseBearer.init(rawValue:))
    given = try record.objects("given") { (record) throws(RecordCodec.Fault) in try GivenPaper(from: &record) }
    deliveredOn = try record.dateOrNull("deliveredOn")
    collected = try record.maybe("collected", ResultCollected.self)
    fixes = try record.objects("fixes") { (record) throws(RecordCodec.Fault) in try CaseCorrected(from: &record) }
  }
}

extension GivenPaper {
  func write(to record: inout RecordWriter) {
    let payload = event.payload
    record.put("at", at)
    record.put("of", by)
    record.put("slip", slip?.text)
    record.put("void", isVoid)
    record.put("t", Event.cases(event).name)
    record.put("v", payload.shapeVersion)
    record.object("e") { payload.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let at = try record.moment("at")
    let by = try record.textOrNull("of")
    let slip = try record.textOrNull("slip").map(SlipID.init)
    let isVoid = try record.bool("void")
    let name = try record.name("t")
    let version = try record.int("v")
    guard let shape = EventShape.named(name), (1...shape.newestVersion).contains(version) else {
      throw .unknownEvent(name: String(decoding: name, as: UTF8.self), version: version)
    }
    let event = try record.object("e") { (record) throws(RecordCodec.Fault) in
      try shape.reader.read(&record, version: version)
    }
    guard case .cases(let event) = event, let number = event.number else { throw record.damage }
    self.init(event: event, number: number, at: at, by: by)
    self.slip = slip
    self.isVoid = isVoid
  }
}

extension PaperAccount {
  func write(to record: inout RecordWriter) {
    record.put("material", material)
    record.put("originals", originals)
    record.put("copies", copies)
    record.put("seen", isSeen)
    record.put("electronic", isElectronic)
    record.put("givenBack", givenBack)
    record.put("kept", kept)
    record.put("late", cameLate)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(material: try record.text("material"))
    originals = try record.int("originals")
    copies = try record.int("copies")
    isSeen = try record.bool("seen")
    isElectronic = try record.bool("electronic")
    givenBack = try record.int("givenBack")
    kept = try record.int("kept")
    cameLate = try record.bool("late")
  }
}
