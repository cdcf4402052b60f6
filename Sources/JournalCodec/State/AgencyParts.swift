import Groundwork
import Hall

/// Agency cases, each as the events that made it, and what they left.
extension AgencyState {
  func write(to record: inout RecordWriter) {
    record.objects("known", known.values.sorted { $0.code.bits < $1.code.bits }) { $1.write(to: &$0) }
    record.objects("batches", batches.values.sorted { $0.code.bits < $1.code.bits }) { $1.write(to: &$0) }
    record.objects("ordinals", ordinals.sorted { $0.key < $1.key }) { record, date in
      record.put("date", date.key)
      record.objects("kinds", date.value.sorted { $0.key.rawValue < $1.key.rawValue }) { record, kind in
        record.put("of", kind.key.rawValue)
        record.put("is", kind.value)
      }
    }
    record.objects("reports", reports) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    known = try record.dictionary("known") { (record) throws(RecordCodec.Fault) in
      let one = try AgencyCase(from: &record)
      return (one.code, one)
    }
    batches = try record.dictionary("batches") { (record) throws(RecordCodec.Fault) in
      let one = try AgencyBatch(from: &record)
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
    reports = try record.objects("reports") { (record) throws(RecordCodec.Fault) in try AgencyReported(from: &record) }
  }
}

extension AgencyBatch {
  func write(to record: inout RecordWriter) {
    record.put("code", code)
    record.put("number", number.description)
    record.put("agent", agent)
    record.put("on", on)
    record.texts("cases", cases.map(\.description))
    record.put("slip", slip?.text)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      code: try record.code("code"), number: try record.text("number", as: CaseNumber.init(_:)),
      agent: try record.text("agent"), on: try record.date("on"))
    cases = try record.array("cases") { (record) throws(RecordCodec.Fault) in try record.code() }
    slip = try record.textOrNull("slip").map(SlipID.init)
  }
}

extension HeldOriginal {
  func write(to record: inout RecordWriter) {
    record.object("is") { original.write(to: &$0) }
    record.put("holder", holder.rawValue)
    record.put("since", since)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      try record.object("is") { (record) throws(RecordCodec.Fault) in try AgencyOriginal(from: &record) },
      holder: try record.text("holder", as: OriginalHolder.init(rawValue:)), since: try record.date("since"))
  }
}

extension AgencyCase {
  func write(to record: inout RecordWriter) {
    record.object("entrusted") { entrusted.write(to: &$0) }
    record.put("stage", stage.rawValue)
    record.put("agent", agent)
    record.texts("carriers", carriers)
    record.put("until", until)
    record.objects("originals", originals) { $1.write(to: &$0) }
    record.texts("missing", missing)
    record.put("takenOn", takenOn)
    record.put("carriedOn", carriedOn)
    record.put("handedInOn", handedInOn)
    record.put("readyOn", readyOn)
    record.put("deliveredOn", deliveredOn)
    record.put("filedOn", filedOn)
    record.put("askedOn", askedOn)
    record.put("endedOn", endedOn)
    record.put("batch", batch)
    record.put("townCase", townCase)
    record.put("townNumber", townNumber)
    record.put("answer", answer?.rawValue)
    record.objects("end", [end].compactMap(\.self)) { $1.write(to: &$0) }
    record.objects("renewal", [renewal].compactMap(\.self)) { $1.write(to: &$0) }
    record.put("slip", slip?.text)
    record.put("endSlip", endSlip?.text)
    record.put("renewalSlip", renewalSlip?.text)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      try record.object("entrusted") { (record) throws(RecordCodec.Fault) in try AgencyEntrusted(from: &record) })
    stage = try record.text("stage", as: AgencyStage.init(rawValue:))
    agent = try record.text("agent")
    carriers = try record.texts("carriers")
    until = try record.date("until")
    originals = try record.objects("originals") { (record) throws(RecordCodec.Fault) in
      try HeldOriginal(from: &record)
    }
    missing = try record.texts("missing")
    takenOn = try record.dateOrNull("takenOn")
    carriedOn = try record.dateOrNull("carriedOn")
    handedInOn = try record.dateOrNull("handedInOn")
    readyOn = try record.dateOrNull("readyOn")
    deliveredOn = try record.dateOrNull("deliveredOn")
    filedOn = try record.dateOrNull("filedOn")
    askedOn = try record.dateOrNull("askedOn")
    endedOn = try record.dateOrNull("endedOn")
    batch = try record.codeOrNull("batch")
    townCase = try record.codeOrNull("townCase")
    townNumber = try record.textOrNull("townNumber")
    answer = try record.textOrNull("answer", as: AgencyAnswer.init(rawValue:))
    end = try record.objects("end") { (record) throws(RecordCodec.Fault) in try AgencyEnded(from: &record) }.first
    renewal = try record.objects("renewal") { (record) throws(RecordCodec.Fault) in
      try AgencyRenewed(from: &record)
    }.first
    slip = try record.textOrNull("slip").map(SlipID.init)
    endSlip = try record.textOrNull("endSlip").map(SlipID.init)
    renewalSlip = try record.textOrNull("renewalSlip").map(SlipID.init)
  }
}
