import Groundwork
import Hall

/// A server that is lost with its disk.
extension SharedDay {
  /// Numbers of each lane that are left out: more than can have been given and not copied.
  private static let margin = 50

  /// The journal begins anew from the fullest copy that is left, as `yichuangctl shared rescue` makes it.
  ///
  /// What only the lost machine had received is rolled back everywhere. Numbers continue above all that can have been given.
  ///
  /// - Parameter lost: the machine on which the server ran; it has just told its people something.
  mutating func rescue(losing lost: Int) {
    var kept = machines.indices.filter { $0 != lost }.map { machines[$0].known }.max() ?? 0
    // A copy takes whole commands.
    while kept > 0, history[kept] == nil { kept -= 1 }
    guard kept > 0, let past = history[kept] else { return }
    isRescueDue = false
    let had = server.records.count
    counts.rescues += 1
    counts.rolledBack += had - kept
    note("the server is lost with machine \(lost): \(kept) of \(had) records are left")
    for machine in machines.indices { crash(machine) }
    for machine in machines.indices { machines[machine].known = min(machines[machine].known, kept) }
    oracle = past.oracle
    audit = past.audit
    answered = past.answered
    group = []
    history = history.filter { $0.key <= kept }
    accept(after: Array(server.records.prefix(kept)))
  }

  private mutating func accept(after records: [RecordedEvent]) {
    var state = HallState()
    for record in records { state.evolve(record) }
    var floors: [LaneLetter: Int] = [:]
    if setting.planted != .rescuesWithoutFloors {
      for lane in rules.lanes.map(\.letter) {
        let given = state.tickets.values.filter { $0.number.lane == lane }.map(\.number.ordinal).max() ?? 0
        floors[lane] = given + Self.margin
      }
    }
    var envelope = Envelope(
      .day(.acceptJournal(AcceptJournal(epoch: 0, floors: floors, day: state.days.last))), by: .operator,
      at: max(clock(of: 0), state.lastAt), entropy: random.next())
    envelope.at = max(envelope.at, state.lastAt)
    guard let decision = try? decide(state, rules, envelope), let event = decision.events.first else {
      return find("a rescued journal is not accepted")
    }
    let record = RecordedEvent(
      sequence: Int64(records.count) + 1, at: envelope.at, actor: .operator, event: event, answer: nil)
    server.found(records + [record])
    audit.see(record)
    let (prediction, isEvent) = oracle.ask(envelope, at: record.at)
    guard prediction == .accepted(.done), isEvent, oracle.sequence == record.sequence else {
      return find("the oracle does not accept a rescued journal")
    }
    history[records.count + 1] = Past(oracle: oracle, audit: audit, answered: answered)
  }
}
