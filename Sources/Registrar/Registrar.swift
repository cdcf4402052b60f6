package import Groundwork
package import Hall
package import Logging
package import Ports

/// The only access to the hall's state: takes commands, appends their events, then answers and publishes.
///
/// `CommitLoop` decides the order; this actor performs its actions. Callers get views of the durable state at the
/// moment their answer is settled, so they need not read again.
package actor Registrar {
  /// Called with each event once it is durable, with the state right after it, in order.
  package typealias Observer = @Sendable (RecordedEvent, HallState) -> Void

  var loop: CommitLoop
  private let journal: any JournalPort
  let clock: any TimeSource
  private let entropy: any Entropy
  let logger: Logger
  private let onFatal: @Sendable (JournalFault) -> Void
  private var observers: [Int: Observer] = [:]
  private var waiters: [CommitLoop.Waiter: @Sendable (CommitLoop.Answer, HallState) -> Void] = [:]
  private var nextWaiter = 0
  private var nextObserver = 0
  /// Runs the writes one after the other; ended by `drain`.
  private var writer: Task<Void, Never>?
  /// Looks for room while the journal writes into its reserve; ended by `drain`.
  private var roomWatch: Task<Void, Never>?
  /// True once no more commands are accepted.
  package private(set) var isDraining = false
  /// Set while the journal refuses writes; pages show it.
  package var fault: JournalFault? { storageFault ?? heldBack }
  /// The fault of the journal itself, without one that only holds this machine back.
  package var storageFault: JournalFault? { refusal ?? idleFault ?? (isHeldByJournal ? heldBack : nil) }
  /// The fault of the last write.
  private var refusal: JournalFault?
  /// The fault that was found on the disk while nothing was written to it.
  private var idleFault: JournalFault?
  /// Why this machine follows and does not decide.
  private var heldBack: JournalFault?
  /// The reason is the journal itself, which this program cannot go on with.
  private var isHeldByJournal = false
  private var lastProgress: Int64
  /// When the request to the journal that is under way began, on the monotonic clock; nil while there is none.
  private var writeBegan: Int64?
  /// For numbers while this machine is cut off; nil in a hall with one machine.
  var equipment: OutboxEquipment?
  var table = LeaseTable()
  var onLeased: @Sendable (LeasedTicket) -> Void = { _ in }
  /// Numbers whose slips are on their way.
  var printing: Set<PublicCode> = []
  /// Numbers that are being stored; true once they are.
  var storing: [PublicCode: Task<Bool, Never>] = [:]
  /// Since when the shared journal cannot be reached; nil once those who waited for it then have been told.
  private var cutOffSince: Int64?

  /// Milliseconds after which a write counts as delayed: more than slow media need, and less, with the time between two
  /// looks, than the five seconds within which `/readyz` says so.
  package static let patience: Int64 = 3_500

  /// - Parameters:
  ///   - state: the result of replaying the journal.
  ///   - takesIn: false keeps intake closed until `openIntake`; stored answers are given anyway.
  ///   - limitsKiosks: false exempts kiosks from rate limits.
  ///   - formats: of records, as this program reads them.
  ///   - onFatal: called when the content of the disk is unknown: the process has to end.
  package init(
    state: HallState, rules: HallRules, journal: any JournalPort, clock: any TimeSource, entropy: any Entropy,
    takesIn: Bool = true, limitsKiosks: Bool = true, formats: RecordFormats = .ofThisProgram, logger: Logger,
    onFatal: @escaping @Sendable (JournalFault) -> Void
  ) {
    loop = CommitLoop(state: state, rules: rules, isShared: journal.isShared, formats: formats)
    loop.isIntakeOpen = takesIn
    loop.limitsKiosks = limitsKiosks
    self.journal = journal
    self.clock = clock
    self.entropy = entropy
    self.logger = logger
    self.onFatal = onFatal
    lastProgress = clock.monotonic()
  }

  /// The durable state.
  package var state: HallState { loop.durable }
  package var rules: HallRules { loop.rules }

  /// The moment that an event appended now would carry; ages of tickets, steps and slips are measured from it.
  package func moment() -> Timestamp { loop.moment(civil: clock.now(), monotonic: clock.monotonic()) }

  /// Reads durable state together with the active rules.
  package func read<T: Sendable>(_ look: @Sendable (HallState, HallRules) throws -> T) rethrows -> T {
    try look(loop.durable, loop.rules)
  }

  /// Callers whose command was accepted and not answered yet.
  package var waitingCount: Int { waiters.count }

  /// Activates new rules (a new catalogue, new windows); tickets keep those they were issued under.
  package func adopt(_ rules: HallRules) { loop.rules = rules }

  /// True when numbers, notices and second copies are accepted.
  package var isIntakeOpen: Bool { loop.isIntakeOpen }

  /// All slips of an earlier run are reconciled: intake opens.
  package func openIntake() { loop.isIntakeOpen = true }

  /// Milliseconds since a write last became durable or nothing was waiting, for the watchdog.
  package func stalledFor() -> Int64 {
    if loop.isIdle { lastProgress = clock.monotonic() }
    return clock.monotonic() - lastProgress
  }

  /// Milliseconds for which the write in flight has counted as delayed; nil while there is none.
  package var delayedFor: Int64? {
    guard refusal == .delayed, let writeBegan else { return nil }
    return clock.monotonic() - writeBegan
  }

  /// Looks at the write in flight: after `patience` its callers get `JournalFault.delayed`, and `fault` says so until it ends.
  ///
  /// Whoever waits for a shared journal that was cut off hears it after the same time.
  package func noticeDelay() {
    if let cutOffSince, clock.monotonic() - cutOffSince >= Self.patience {
      self.cutOffSince = nil
      perform(loop.delayed())
    }
    guard let writeBegan, refusal != .delayed, clock.monotonic() - writeBegan >= Self.patience else { return }
    refusal = .delayed
    logger.error("the disk does not answer", metadata: ["ms": "\(clock.monotonic() - writeBegan)"])
    perform(loop.delayed())
  }

  /// Sets the fault that was found on the disk while nothing is written, so that `fault` has it before anybody needs a write.
  package func notice(idle found: JournalFault?) {
    guard found != idleFault else { return }
    idleFault = found
    if let found {
      logger.error("the disk takes no writes, found while nothing was written", metadata: ["fault": "\(found)"])
    } else {
      logger.notice("the disk answers again")
    }
  }

  /// From now on this machine follows what others append and decides nothing; nil lets it decide again.
  ///
  /// - Parameters:
  ///   - reason: what every command is answered with.
  ///   - byJournal: it is a fault of the journal too, and is shown as one.
  package func hold(back reason: JournalFault?, byJournal: Bool = false) {
    (heldBack, isHeldByJournal) = (reason, byJournal)
  }

  /// Submits a command.
  ///
  /// - Returns: the result of `render` for the outcome and the durable state right after it.
  /// - Throws: `RegistrarFailure`.
  package func submit<T: Sendable>(
    _ command: Command, by actor: Principal, key: IdempotencyKey? = nil, bodyDigest: [UInt8] = [],
    render: @escaping @Sendable (Outcome, HallState) -> T
  ) async throws(RegistrarFailure) -> T {
    guard !isDraining else { throw .stopping }
    let envelope = Envelope(
      command, by: actor, at: clock.now(), entropy: entropy.bits(), key: key, bodyDigest: bodyDigest)
    guard let take = leasedTake(envelope) else { return try await ask(envelope, render) }
    if let given = try await givenBefore(envelope) { return render(.ticket(given.code), shown) }
    do throws(RegistrarFailure) {
      return try await ask(envelope, patience: Self.kioskPatience, render)
    } catch {
      guard case .fault(let fault) = error, fault.isUnreachable || fault == .delayed,
        heldBack.map({ $0 == .cutOff }) ?? true
      else { throw error }
      // A machine that a server has refused is no part of the hall for now: it gives none of the hall's numbers.
      if case .behind? = refusal, let refusal { throw .fault(refusal) }
      let given = try await giveNumber(take, envelope, after: fault)
      return render(.ticket(given.code), shown)
    }
  }

  /// Asks the loop.
  ///
  /// - Parameter patience: milliseconds after which nobody waits for the answer any more; nil for as long as it takes.
  private func ask<T: Sendable>(
    _ envelope: Envelope, patience: Int64? = nil, _ render: @escaping @Sendable (Outcome, HallState) -> T
  ) async throws(RegistrarFailure) -> T {
    if let heldBack { throw .fault(heldBack) }
    let result: Result<T, RegistrarFailure> = await withCheckedContinuation { continuation in
      let waiter = nextWaiter
      nextWaiter += 1
      if let patience {
        Task {
          try? await clock.sleep(milliseconds: patience)
          waiters.removeValue(forKey: waiter)?(.fault(.delayed), loop.durable)
        }
      }
      waiters[waiter] = { answer, state in
        continuation.resume(returning: Self.result(answer) { render($0, state) })
      }
      perform(loop.submit(envelope, from: waiter, monotonic: clock.monotonic()))
    }
    return try result.get()
  }

  private static func result<T>(_ answer: CommitLoop.Answer, _ render: (Outcome) -> T) -> Result<T, RegistrarFailure> {
    switch answer {
    case .accepted(let outcome): .success(render(outcome))
    case .refused(let refusal): .failure(.refused(refusal))
    case .keyReused: .failure(.keyReused)
    case .fault(let fault): .failure(.fault(fault))
    case .bug: .failure(.bug)
    case .overloaded: .failure(.overloaded)
    case .reconciling: .failure(.reconciling)
    case .tooFast(let milliseconds): .failure(.tooFast(milliseconds: milliseconds))
    }
  }

  /// Adds an observer and, atomically with that, reads the state before the first event it will get.
  @discardableResult
  package func observe<T: Sendable>(
    from look: @Sendable (HallState, HallRules) -> T, _ observer: @escaping Observer
  ) -> T {
    nextObserver += 1
    observers[nextObserver] = observer
    return look(loop.durable, loop.rules)
  }

  /// Accepts no more commands and waits until all accepted ones are written and answered.
  package func drain() async {
    isDraining = true
    roomWatch?.cancel()
    while let writer {
      await writer.value
      if self.writer == writer { self.writer = nil }
    }
  }

  private func perform(_ actions: [CommitLoop.Action]) {
    for action in actions {
      switch action {
      case .answer(let waiter, let answer): waiters.removeValue(forKey: waiter)?(answer, loop.durable)
      case .append(let events, let after): startWriting(events, after)
      case .takeTurn(let after): startTakingTurn(after)
      case .look(let after): startLooking(after)
      case .probe: startProbing()
      case .stop(let fault):
        logger.critical("the journal cannot be trusted any more; the process ends", metadata: ["fault": "\(fault)"])
        onFatal(fault)
      case .report(let violations):
        logger.critical(
          "a command was refused because it would break an invariant",
          metadata: ["violations": "\(violations)"])
      }
    }
  }

  private func startWriting(_ events: [RecordedEvent], _ after: Int64) {
    let earlier = writer
    writer = Task {
      await earlier?.value
      await write(events, after)
    }
  }

  private func write(_ events: [RecordedEvent], _ after: Int64) async {
    let result: Result<Appending, JournalFault>
    #if DEBUG
      if Failpoint.answersFirst { for waiter in loop.waitersInFlight { answerNow(waiter) } }
    #endif
    writeBegan = clock.monotonic()
    do {
      result = .success(try await journal.append(events, after: after))
    } catch {
      result = .failure(error)
    }
    writeBegan = nil
    Failpoint.beforeAnswer.reach()
    lastProgress = clock.monotonic()
    if refusal == .delayed {
      refusal = loop.isShort ? .full : nil
      logger.notice("the disk answers again")
    }
    if case .failure(let fault) = result { refuse(fault) }
    perform(
      loop.appended(result, monotonic: lastProgress) { event, state in
        for observer in observers.values { observer(event, state) }
      })
  }

  private func refuse(_ fault: JournalFault) {
    refusal = fault
    if fault.isUnreachable { cutOffSince = clock.monotonic() }
    logger.error("the journal refuses writes", metadata: ["fault": "\(fault)"])
  }

  #if DEBUG
    /// The planted mistake that the durability tests must find: an answer before its write is durable.
    private func answerNow(_ early: (waiter: CommitLoop.Waiter, answer: CommitLoop.Answer, state: HallState)) {
      waiters.removeValue(forKey: early.waiter)?(early.answer, early.state)
    }
  #endif

  private func startTakingTurn(_ after: Int64) {
    let earlier = writer
    writer = Task {
      await earlier?.value
      let result = await ask { () throws(JournalFault) in try await self.journal.takeTurn(after: after) }
      perform(
        loop.turnTaken(result, monotonic: lastProgress) { event, state in
          for observer in observers.values { observer(event, state) }
        })
    }
  }

  private func startLooking(_ after: Int64) {
    let earlier = writer
    writer = Task {
      await earlier?.value
      let result = await ask { () throws(JournalFault) in try await self.journal.events(after: after) }
      perform(
        loop.looked(result, monotonic: lastProgress) { event, state in
          for observer in observers.values { observer(event, state) }
        })
    }
  }

  /// Asks the shared journal for what others appended.
  private func ask(
    _ question: @Sendable () async throws(JournalFault) -> [RecordedEvent]
  ) async -> Result<[RecordedEvent], JournalFault> {
    let result: Result<[RecordedEvent], JournalFault>
    writeBegan = clock.monotonic()
    do { result = .success(try await question()) } catch { result = .failure(error) }
    writeBegan = nil
    lastProgress = clock.monotonic()
    if case .failure(let fault) = result {
      refuse(fault)
    } else if refusal == .delayed {
      refusal = loop.isShort ? .full : nil
    }
    return result
  }

  /// Follows what other machines append, until its task is cancelled. Ends at once where the journal is alone.
  package func follow() async {
    for await news in journal.news {
      if news == .cutOff, loop.isIdle, !loop.isStalled { refuse(.cutOff) }
      perform(loop.heard(news))
    }
  }

  /// Begins with a journal that was opened where it cannot be written; before the first command.
  package func begin(under fault: JournalFault) {
    refusal = fault
    if fault.isUnreachable { cutOffSince = clock.monotonic() }
    perform(loop.begin(under: fault))
  }

  /// Retries until the journal takes writes again.
  private func startProbing() {
    roomWatch?.cancel()
    let earlier = writer
    writer = Task {
      await earlier?.value
      while !isDraining {
        do throws(JournalFault) {
          return takeWrites(try await journal.probe())
        } catch {
          if error.isFatal {
            onFatal(error)
            return
          }
          // A journal on another machine may be off for hours; this process is not stuck meanwhile.
          if error.isUnreachable {
            lastProgress = clock.monotonic()
            // What stands in the way may change: a cable first, and then a server that must not be used.
            if error != refusal {
              refusal = error
              loop.stands(under: error)
              logger.error("the shared journal is not reached", metadata: ["fault": "\(error)"])
            }
          }
          try? await clock.sleep(milliseconds: 500)
        }
      }
    }
  }

  private func takeWrites(_ room: JournalRoom) {
    cutOffSince = nil
    perform(loop.probed(room))
    switch room {
    case .ample:
      refusal = nil
      logger.notice("the journal takes writes again")
    case .reserve:
      // Still a fault: no number is given.
      refusal = .full
      logger.error("the disk is full: what has begun is finished in the reserve")
      watchRoom()
    }
  }

  /// Checks the free space while writes go on, until there is room for all of them.
  private func watchRoom() {
    roomWatch = Task {
      while !isDraining {
        try? await clock.sleep(milliseconds: 500)
        let room = try? await journal.probe()
        // Cancelled when a write has failed meanwhile: from there on `startProbing` decides.
        if Task.isCancelled { return }
        if room == .ample { return takeWrites(.ample) }
      }
    }
  }
}

/// Why a command was not carried out.
package enum RegistrarFailure: Error, Hashable, Sendable {
  case refused(Refusal)
  case keyReused
  case fault(JournalFault)
  case bug
  case overloaded
  /// Slips of an earlier run are being reconciled; only commands for numbers or paper get this.
  case reconciling
  /// The kiosk exceeds its rate limit; milliseconds until it may continue.
  case tooFast(milliseconds: Int64)
  /// The daemon shuts down.
  case stopping
}
