import Groundwork
import Hall
import Ports
import Registrar

/// The machines and the network between them and the server.
extension SharedDay {
  /// A process begins with its own copy of the journal.
  mutating func rise(_ machine: Int) {
    var state = HallState()
    for record in server.records.prefix(machines[machine].known) { state.evolve(record) }
    machines[machine].loop = CommitLoop(state: state, rules: rules, isShared: true)
    machines[machine].loop?.limitsKiosks = false
    machines[machine].connection += 1
    machines[machine].operation = nil
    machines[machine].cutOffSince = now
    let actions = machines[machine].loop?.begin(under: .cutOff) ?? []
    perform(machine, actions)
  }

  mutating func crash(_ machine: Int) {
    guard machines[machine].loop != nil else { return }
    counts.crashes += 1
    note("machine \(machine) dies")
    machines[machine].loop = nil
    machines[machine].connection += 1
    machines[machine].operation = nil
    // Its copy may be some records behind what it was told.
    let behind = Int.random(in: 0...3, using: &random)
    machines[machine].known = max(0, machines[machine].known - behind)
    for waiter in machines[machine].asked.keys.sorted() {
      if let asked = machines[machine].asked[waiter] { retry(asked.request) }
    }
    machines[machine].asked = [:]
    after(200...5_000, .rise(machine: machine))
  }

  /// Something fails: a cable, a process, the server.
  mutating func harm() {
    guard isRough else { return }
    after(300...6_000, .harm)
    let machine = Int.random(in: machines.indices, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<6:
      let lasts: ClosedRange<Int64> = chance(3) ? 4_500...20_000 : 50...2_500
      let until = now + Int64.random(in: lasts, using: &random)
      machines[machine].cutUntil = until
      // Some cuts are of one direction only.
      let (cutsReplies, cutsRequests) = (!chance(4), !chance(4))
      machines[machine].cutsReplies = cutsReplies
      machines[machine].cutsRequests = cutsRequests || !cutsReplies
      note("machine \(machine) is cut off until \(until)")
    case 6..<8: crash(machine)
    default:
      counts.restarts += 1
      note("the server starts again")
      server.restart()
      for index in machines.indices where machines[index].loop != nil {
        if let operation = machines[index].operation {
          after(1...10, .lost(machine: index, operation: operation))
        } else {
          hear(index, .cutOff)
        }
      }
    }
  }

  // MARK: What the loops ask for

  mutating func perform(_ machine: Int, _ actions: [CommitLoop.Action]) {
    for action in actions {
      switch action {
      case .answer(let waiter, let answer): receive(machine, waiter, answer)
      case .append(let events, let after): start(machine, .append(events, after: Int(after)))
      case .takeTurn(let after):
        counts.turns += 1
        start(machine, .take(after: Int(after)))
      case .look(let after):
        counts.looks += 1
        start(machine, .look(after: Int(after)))
      case .probe:
        machines[machine].connection += 1
        machines[machine].operation = nil
        machines[machine].cutOffSince = machines[machine].cutOffSince ?? now
        after(100...500, .probe(machine: machine, connection: machines[machine].connection))
      case .stop(let fault): find("machine \(machine) stops for \(fault)")
      case .report(let violations): find("machine \(machine) would break \(violations)")
      }
    }
  }

  private mutating func start(_ machine: Int, _ kind: SharedServer.Statement.Kind) {
    if machines[machine].operation != nil { find("machine \(machine) asks two things at once") }
    nextOperation += 1
    let operation = SharedServer.Statement(
      id: nextOperation, machine: machine, connection: machines[machine].connection,
      session: machines[machine].session, kind: kind)
    machines[machine].operation = operation.id
    machines[machine].began = now
    agenda.put(.lost(machine: machine, operation: operation.id), at: now + 4_000)
    let isCut = now < machines[machine].cutUntil && machines[machine].cutsRequests
    if isCut {
      // The message is lost, or it comes after the machine has given it up.
      guard chance(3) else { return }
      if case .append = kind { counts.lateWrites += 1 }
      let late = Int64.random(in: 0...6_000, using: &random)
      agenda.put(.reaches(operation), at: machines[machine].cutUntil + late)
    } else {
      after(machines[machine].delay, .reaches(operation))
    }
  }

  mutating func probe(_ machine: Int) {
    guard machines[machine].loop != nil, machines[machine].operation == nil else { return }
    start(machine, .begin)
  }

  // MARK: The server

  mutating func reaches(_ operation: SharedServer.Statement) {
    // A server that was started again has forgotten its connections.
    carryOn(operation, server.take(operation))
    goOn()
  }

  mutating func goOn() {
    while let (operation, step) = server.next() { carryOn(operation, step) }
  }

  private mutating func carryOn(_ operation: SharedServer.Statement, _ step: SharedServer.Step) {
    switch step {
    case .waits: break
    case .replies(let reply): send(reply, to: operation)
    case .holds(let reply):
      send(reply, to: operation)
      agenda.put(.expires(operation), at: now + 1_000)
    case .commits:
      after(2...6, .committed(operation, life: server.life))
      if setting.planted == .answersAtFirstResult, case .append = operation.kind { send(.written, to: operation) }
    }
  }

  mutating func committed(_ operation: SharedServer.Statement, _ life: Int) {
    let before = server.records.count
    guard let reply = server.committed(operation, life: life) else { return }
    for record in server.records[before...] { see(record, by: operation.machine) }
    send(reply, to: operation)
    if server.records.count > before {
      for other in machines.indices where other != operation.machine && now >= machines[other].cutUntil {
        after(machines[other].delay, .news(machine: other, sequence: server.records.count))
      }
    }
    goOn()
  }

  private mutating func send(_ reply: SharedServer.Reply, to operation: SharedServer.Statement) {
    let machine = machines[operation.machine]
    guard now >= machine.cutUntil || !machine.cutsReplies else { return }
    after(machine.delay, .replies(operation, reply))
  }

  // MARK: Results

  mutating func replied(_ operation: SharedServer.Statement, _ reply: SharedServer.Reply) {
    let machine = operation.machine
    guard machines[machine].operation == operation.id, machines[machine].connection == operation.connection else {
      return
    }
    machines[machine].operation = nil
    switch (operation.kind, reply) {
    case (.begin, .session(let session)):
      machines[machine].session = session
      machines[machine].cutOffSince = nil
      perform(machine, machines[machine].loop?.probed() ?? [])
    case (.append, .written): finish(machine, operation, .success(.written))
    case (.append, .overtaken(let newer)):
      counts.overtaken += 1
      finish(machine, operation, .success(.overtaken(newer)))
    case (.take, .newer(let newer)), (.look, .newer(let newer)): told(machine, operation, .success(newer))
    default: fail(machine, operation)
    }
  }

  /// No answer within the time, or the connection broke.
  mutating func lost(_ machine: Int, _ operation: Int) {
    guard machines[machine].operation == operation else { return }
    machines[machine].operation = nil
    machines[machine].connection += 1
    guard var loop = machines[machine].loop else { return }
    counts.cutOff += 1
    let actions: [CommitLoop.Action]
    // Only one of the three is under way; the others do nothing.
    let appended = loop.appended(.failure(.cutOff)) { _, _ in }
    let turn = loop.turnTaken(.failure(.cutOff)) { _, _ in }
    let looked = loop.looked(.failure(.cutOff)) { _, _ in }
    actions = appended + turn + looked
    machines[machine].loop = loop
    if actions.isEmpty {
      // It was the beginning of a session.
      after(100...500, .probe(machine: machine, connection: machines[machine].connection))
    }
    perform(machine, actions)
  }

  private mutating func fail(_ machine: Int, _ operation: SharedServer.Statement) {
    machines[machine].operation = operation.id
    lost(machine, operation.id)
  }

  private mutating func finish(
    _ machine: Int, _ operation: SharedServer.Statement, _ result: Result<Appending, JournalFault>
  ) {
    guard var loop = machines[machine].loop else { return }
    let actions = loop.appended(result, monotonic: now) { _, _ in }
    machines[machine].loop = loop
    machines[machine].known = Int(loop.durable.sequence)
    perform(machine, actions)
    if isRescueDue, case .success(.written) = result { rescue(losing: machine) }
  }

  private mutating func told(
    _ machine: Int, _ operation: SharedServer.Statement, _ result: Result<[RecordedEvent], JournalFault>
  ) {
    guard var loop = machines[machine].loop else { return }
    let actions: [CommitLoop.Action]
    if case .take = operation.kind {
      actions = loop.turnTaken(result, monotonic: now) { _, _ in }
    } else {
      actions = loop.looked(result, monotonic: now) { _, _ in }
    }
    machines[machine].loop = loop
    machines[machine].known = Int(loop.durable.sequence)
    perform(machine, actions)
  }

  mutating func hear(_ machine: Int, _ news: JournalNews) {
    perform(machine, machines[machine].loop?.heard(news) ?? [])
  }

  /// Every half second: looks at what takes too long, and for what was not heard of.
  mutating func tick(_ machine: Int) {
    agenda.put(.tick(machine: machine), at: now + 500)
    guard machines[machine].loop != nil else { return }
    let isSlow = machines[machine].operation != nil && now - machines[machine].began >= 3_500
    let isCut = machines[machine].cutOffSince.map { now - $0 >= 3_500 } ?? false
    if isSlow || isCut { perform(machine, machines[machine].loop?.delayed() ?? []) }
    if now >= machines[machine].cutUntil { hear(machine, .grew(to: Int64(server.records.count))) }
  }
}
