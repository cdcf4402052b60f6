import Hall

/// The database of a hall with several machines: one list of records, one lock, a session for each machine.
///
/// It does what `packaging/shared/schema-1.sql` does, in simulated time: who appends holds the lock until the commit is
/// durable, and what comes from an earlier session of a machine is refused.
struct SharedServer {
  struct Statement {
    enum Kind {
      case begin
      case append([RecordedEvent], after: Int)
      case take(after: Int)
      case look(after: Int)
    }

    let id: Int
    let machine: Int
    /// Of the connection over which it was sent.
    let connection: Int
    let session: Int
    let kind: Kind
  }

  enum Reply {
    case session(Int)
    case written
    case newer([RecordedEvent])
    case overtaken([RecordedEvent])
    case refused
  }

  /// What the server does next with an operation.
  enum Step {
    case waits
    case replies(Reply)
    /// It holds the lock and becomes durable later; then `committed`.
    case commits
    /// It replies, and holds the lock until its append or until the turn is over.
    case holds(Reply)
  }

  private(set) var records: [RecordedEvent] = []
  private var sessions: [Int]
  private var holder: (machine: Int, session: Int, id: Int, isCommitting: Bool)?
  private var queue: [Statement] = []
  /// Raised when the server starts again.
  private(set) var life = 0
  private let planted: SharedPlanted?

  init(machines: Int, planted: SharedPlanted?) {
    sessions = Array(repeating: 0, count: machines)
    self.planted = planted
  }

  mutating func take(_ operation: Statement) -> Step {
    if case .look(let after) = operation.kind {
      return .replies(.newer(planted == .looksSeeNothing ? [] : newer(than: after)))
    }
    let isOwnTurn =
      holder?.machine == operation.machine && holder?.session == operation.session && holder?.isCommitting == false
    if holder != nil, !isOwnTurn, planted != .turnsHoldNobody || holder?.isCommitting == true {
      queue.append(operation)
      return .waits
    }
    return grant(operation)
  }

  /// The lock is free: the next who waits for it.
  mutating func next() -> (Statement, Step)? {
    guard holder == nil, !queue.isEmpty else { return nil }
    let operation = queue.removeFirst()
    return (operation, grant(operation))
  }

  private mutating func grant(_ operation: Statement) -> Step {
    holder = nil
    if case .begin = operation.kind {
      holder = (operation.machine, -1, operation.id, true)
      return .commits
    }
    guard operation.session == sessions[operation.machine] else { return .replies(.refused) }
    switch operation.kind {
    case .append(let events, let after):
      if events.isEmpty { return .replies(.written) }
      if after != records.count, planted != .appendsAnyway { return .replies(.overtaken(newer(than: after))) }
      holder = (operation.machine, operation.session, operation.id, true)
      return .commits
    case .take(let after):
      holder = (operation.machine, operation.session, operation.id, false)
      return .holds(.newer(newer(than: after)))
    case .begin, .look: return .replies(.refused)
    }
  }

  private func newer(than after: Int) -> [RecordedEvent] { Array(records.dropFirst(after)) }

  /// - Returns: nil where the server was started again meanwhile.
  mutating func committed(_ operation: Statement, life: Int) -> Reply? {
    guard life == self.life else { return nil }
    holder = nil
    switch operation.kind {
    case .begin:
      sessions[operation.machine] += 1
      return .session(sessions[operation.machine])
    case .append(let events, _):
      records += events
      return .written
    case .take, .look: return nil
    }
  }

  /// A turn has lasted for too long: the server ends the session.
  mutating func expire(_ operation: Statement) {
    guard let holder, holder.id == operation.id, !holder.isCommitting else { return }
    sessions[holder.machine] += 1
    self.holder = nil
  }

  /// Its disk is lost: the journal begins anew with these.
  mutating func found(_ records: [RecordedEvent]) {
    restart()
    self.records = records
  }

  /// Everything that was not durable is gone, and so are all connections.
  mutating func restart() {
    life += 1
    holder = nil
    queue = []
    for machine in sessions.indices { sessions[machine] += 1 }
  }
}
