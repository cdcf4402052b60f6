import Groundwork
import Hall

extension LaneQueue {
  func write(to record: inout RecordWriter) {
    record.put("overtakings", overtakings)
    for (key, order) in [("ordinary", ordinary), ("priority", priority)] as [(StaticString, LaneOrder)] {
      record.objects(key, Array(order)) { record, entry in
        record.put("code", entry.code)
        record.put("overtaken", entry.overtaken)
      }
    }
  }

  /// - Parameter tickets: theirs are the ranks.
  init(from record: inout RecordScanner, _ tickets: [PublicCode: Ticket]) throws(RecordCodec.Fault) {
    func order(_ key: StaticString, _ record: inout RecordScanner) throws(RecordCodec.Fault) -> LaneOrder {
      LaneOrder(
        try record.objects(key) { (record) throws(RecordCodec.Fault) in
          let code = try record.code("code")
          guard let ticket = tickets[code] else { throw record.damage }
          return LaneOrder.Entry(code: code, rank: ticket.rank, overtaken: try record.int("overtaken"))
        })
    }
    let overtakings = try record.int("overtakings")
    self.init(
      ordinary: try order("ordinary", &record), priority: try order("priority", &record), overtakings: overtakings)
  }
}

extension CallNote {
  func write(to record: inout RecordWriter) {
    record.put("sequence", sequence)
    record.put("at", at)
    record.put("window", window)
    record.put("lanes", lanes.recordText)
    switch basis {
    case .inTurn: record.put("by", "turn")
    case .overtaking(let count):
      record.put("by", "overtaking")
      record.put("count", count)
    case .byName(let badge, let reason):
      record.put("by", "name")
      record.put("badge", badge)
      record.put("reason", reason)
    }
    record.put("lane", lane.description)
    record.put("fromPool", isFromPool)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let (sequence, at) = (try record.integer("sequence"), try record.moment("at"))
    let window = try record.int("window")
    let lanes = try record.text("lanes", as: [LaneLetter].init(recordText:))
    let basis: Basis
    switch try record.text("by") {
    case "turn": basis = .inTurn
    case "overtaking": basis = .overtaking(try record.int("count"))
    case "name": basis = .byName(badge: try record.textOrNull("badge"), reason: try record.textOrNull("reason"))
    default: throw record.damage
    }
    self.init(
      sequence: sequence, at: at, window: window, lanes: lanes, basis: basis, lane: try record.lane("lane"),
      isFromPool: try record.bool("fromPool"))
  }
}
