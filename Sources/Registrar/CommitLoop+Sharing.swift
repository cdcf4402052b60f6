package import Hall
package import Ports

/// What the loop knows of a journal that other machines append to as well.
///
/// After a lost race the next write begins with this machine's turn, and so do the writes after it as long as turns bring
/// events of other machines. Without turns the slowest machine would starve: the fastest would overtake it for ever.
///
/// An answer that makes no event, such as a refusal, is given only once a look has shown that the state on which it rests
/// was still the newest.
struct Sharing: Sendable {
  /// A request to the journal that is no write.
  enum Errand: Sendable {
    /// `postponed` waits for the turn.
    case turn
    /// These answers wait to be confirmed; `postponed`, where it is not nil, waits for what was missed while cut off.
    case look([(asked: CommitLoop.Asked, answer: CommitLoop.Answer)])
  }

  var errand: Errand?
  /// Commands that wait until what others appended is known; nil while there is nothing to wait for.
  var postponed: [CommitLoop.Asked]?
  /// The write that was in flight when the journal was cut off: it is in the journal, or it never will be.
  var unknown: CommitLoop.Batch?
  /// The next write begins with a turn.
  var takesTurn = false
  /// The newest sequence that the journal's news have named.
  var newest: Int64 = 0

  var isIdle: Bool { errand == nil && postponed == nil && unknown == nil }

  private var confirming: [(asked: CommitLoop.Asked, answer: CommitLoop.Answer)] {
    if case .look(let answers) = errand { answers } else { [] }
  }

  var callers: Int { confirming.count + (postponed?.count ?? 0) + (unknown?.answers.count ?? 0) }

  /// Removes the callers that wait here, because they have been answered; what they wait for goes on without them.
  mutating func dismissCallers() -> [CommitLoop.Asked] {
    let asked = (unknown?.answers ?? []).map(\.asked) + confirming.map(\.asked) + (postponed ?? [])
    unknown?.answers = []
    if case .look = errand { errand = .look([]) }
    if postponed != nil { postponed = [] }
    return asked
  }
}

extension CommitLoop {
  /// The hall's turn has come, with what others appended before it: everything that waits is decided again and written.
  ///
  /// - Parameters:
  ///   - monotonic: milliseconds of the monotonic clock.
  ///   - observe: as in `appended`; events of others are told like our own.
  package mutating func turnTaken(
    _ result: Result<[RecordedEvent], JournalFault>, monotonic: Int64? = nil,
    observe: (RecordedEvent, HallState) -> Void
  ) -> [Action] {
    guard case .turn = sharing.errand, let commands = sharing.postponed else { return [] }
    sharing.errand = nil
    if stalled == .delayed { stalled = nil }
    switch result {
    case .success(let newer):
      follow(newer, monotonic, observe)
      sharing.takesTurn = !newer.isEmpty
      // During the turn no other machine can append, so a refusal rests on the newest state.
      let actions = decideAgain(commands.map { $0.confirmed() })
      // Appended also without events, because that ends the turn.
      let batch = waiting
      waiting = Batch()
      inFlight = batch
      return actions + [.append(batch.events, after: durable.sequence)]
    case .failure(let fault) where fault.isUnreachable: return cutOff(by: fault)
    case .failure(let fault): return giveUp([], fault)
    }
  }

  /// The result of a look: what others appended, in order, or why it cannot be read.
  package mutating func looked(
    _ result: Result<[RecordedEvent], JournalFault>, monotonic: Int64? = nil,
    observe: (RecordedEvent, HallState) -> Void
  ) -> [Action] {
    guard case .look(let answers) = sharing.errand else { return [] }
    sharing.errand = nil
    if stalled == .delayed { stalled = nil }
    switch result {
    case .success(let newer):
      var actions = newer.isEmpty ? answers.map { Action.answer($0.asked.waiter, $0.answer) } : []
      var again = newer.isEmpty ? [] : answers.map { $0.asked.confirmed() }
      if let unknown = sharing.unknown {
        sharing.unknown = nil
        // A write is atomic: all of it is there or nothing. Equal events are this write.
        if !unknown.events.isEmpty, newer.starts(with: unknown.events) {
          follow(newer, monotonic, observe)
          actions += unknown.answers.map { Action.answer($0.asked.waiter, $0.answer) }
        } else {
          follow(newer, monotonic, observe)
          again += unknown.answers.map(\.asked)
        }
      } else {
        follow(newer, monotonic, observe)
      }
      if newer.isEmpty, sharing.postponed == nil { return actions + proceed() }
      again += sharing.postponed ?? []
      again += waiting.answers.map(\.asked)
      return actions + decideAgain(again) + proceed()
    case .failure(let fault) where fault.isUnreachable:
      let asked = answers.map(\.asked) + (sharing.postponed ?? [])
      sharing.postponed = asked
      return cutOff(by: fault)
    case .failure(let fault): return giveUp(answers.map(\.asked), fault)
    }
  }

  /// Hints about the shared journal, from its adapter.
  package mutating func heard(_ news: JournalNews) -> [Action] {
    switch news {
    case .grew(let sequence):
      sharing.newest = max(sharing.newest, sequence)
      return proceed()
    case .cutOff:
      // A request that is under way finds it out by itself.
      guard isShared, inFlight == nil, sharing.errand == nil, stalled == nil else { return [] }
      return cutOff(by: .cutOff)
    }
  }

  /// Events of others become the state, and the time goes on from them.
  mutating func follow(_ events: [RecordedEvent], _ monotonic: Int64?, _ observe: (RecordedEvent, HallState) -> Void) {
    for event in events {
      durable.evolve(event)
      observe(event, durable)
    }
    if let monotonic, let last = events.last { anchor = (last.at, monotonic) }
  }

  /// A write was overtaken: what it was decided from is no longer the newest state, so all of it waits for the turn.
  mutating func postpone(_ batch: Batch) -> [Action] {
    sharing.takesTurn = true
    return turn(for: batch.answers.map(\.asked) + waiting.answers.map(\.asked))
  }

  private mutating func turn(for asked: [Asked]) -> [Action] {
    sharing.postponed = asked
    sharing.errand = .turn
    waiting = Batch()
    scratch = durable
    return [.takeTurn(after: durable.sequence)]
  }

  /// Decides commands in the order in which they came in, on the newest state.
  private mutating func decideAgain(_ commands: [Asked]) -> [Action] {
    sharing.postponed = nil
    waiting = Batch()
    scratch = durable
    return commands.flatMap { decideNow($0) }
  }

  /// The journal cannot be reached. Callers go on waiting until it answers, or until the shell's `patience` is over.
  mutating func cutOff(by fault: JournalFault) -> [Action] {
    sharing.errand = nil
    sharing.postponed = (sharing.postponed ?? []) + waiting.answers.map(\.asked)
    waiting = Batch()
    scratch = durable
    stalled = fault
    return [.probe]
  }

  /// Why the journal cannot be reached has changed: commands are answered with that from now on.
  package mutating func stands(under fault: JournalFault) {
    if stalled?.isUnreachable == true { stalled = fault }
  }

  /// The journal is reached again: what was missed, and what became of the write in flight, comes before any decision.
  mutating func lookAgain() -> [Action] {
    sharing.postponed = sharing.postponed ?? []
    return look(confirming: [])
  }

  /// Events of which this machine hears from here on may not be in the look's result.
  private mutating func look(confirming answers: [(asked: Asked, answer: Answer)]) -> [Action] {
    sharing.newest = 0
    sharing.errand = .look(answers)
    return [.look(after: durable.sequence)]
  }

  /// The request that has to come before the next write, or instead of it; nil when the write may begin.
  mutating func nextErrand() -> [Action]? {
    let knowsNewer = sharing.newest > durable.sequence
    if !waiting.events.isEmpty {
      if sharing.takesTurn { return turn(for: waiting.answers.map(\.asked)) }
      return knowsNewer ? look(confirming: []) : nil
    }
    guard knowsNewer || !waiting.answers.isEmpty else { return nil }
    let answers = waiting.answers
    waiting = Batch()
    return look(confirming: answers)
  }

  /// An answer that makes no event and rests on the state: on a shared journal it waits for a write of what was decided
  /// before it, or for a look.
  mutating func confirm(_ asked: Asked, _ answer: Answer) -> [Action] {
    guard isShared, !asked.isConfirmed else { return settle(asked, answer) }
    waiting.answers.append((asked, answer))
    return []
  }
}

extension CommitLoop.Asked {
  func confirmed() -> Self {
    var copy = self
    copy.isConfirmed = true
    return copy
  }
}
