import Groundwork
import Hall

extension LeaseState {
  func write(to record: inout RecordWriter) {
    record.objects("out", out) { $1.write(to: &$0) }
    record.objects("highest", highest.sorted { $0.key < $1.key }) { record, day in
      record.put("day", day.key)
      record.counts("lanes", day.value)
    }
    record.objects("adopted", adopted.sorted { $0.key.bits < $1.key.bits }) { record, ticket in
      record.put("code", ticket.key)
      record.put("ended", ticket.value.ended?.rawValue)
      record.put("inPlaceOf", ticket.value.insteadOf?.description)
    }
    record.objects("incidents", incidents) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    out = try record.objects("out") { (record) throws(RecordCodec.Fault) in try NumbersLeased(from: &record) }
    highest = try record.dictionary("highest") { (record) throws(RecordCodec.Fault) in
      (try record.date("day"), try record.counts("lanes", as: LaneLetter.init(_:)))
    }
    adopted = try record.dictionary("adopted") { (record) throws(RecordCodec.Fault) in
      (
        try record.code("code"),
        Adopted(
          ended: try record.textOrNull("ended", as: AdoptedEnd.init(rawValue:)),
          insteadOf: try record.textOrNull("inPlaceOf", as: TicketNumber.init(_:)))
      )
    }
    incidents = try record.objects("incidents") { (record) throws(RecordCodec.Fault) in
      try AdoptionRefused(from: &record)
    }
  }
}
