import Desks
import Hall
import Ports
import Slips

/// A printer whose every answer a test decides, and which remembers what it was asked.
actor ManualPrinter: PrinterPort {
  enum Call: Hashable, Sendable {
    case prepare(Attempt)
    case commit(Attempt)
    case withdraw(Attempt)
    case reconcile(Attempt, jobUUID: String?)
  }

  nonisolated let paperWidthDots = 576
  private(set) var calls: [Call] = []
  private(set) var images: [SlipImage] = []
  var conditions: PrinterConditions = []
  /// What the next commits come to, the first one first; afterwards printed.
  private var outcomes: [AttemptOutcome] = []
  private var refusals: [PrinterFault] = []
  private var reconciled: [AttemptOutcome] = []
  private var isFrozen = false
  private var frozen: [CheckedContinuation<Void, Never>] = []
  private var onPrepare: @Sendable (Attempt) -> Void = { _ in }
  private var onCommit: @Sendable (Attempt) -> Void = { _ in }

  var commits: [Attempt] { calls.compactMap { if case .commit(let attempt) = $0 { attempt } else { nil } } }

  func answer(commits: [AttemptOutcome] = [], refusals: [PrinterFault] = [], reconciled: [AttemptOutcome] = []) {
    outcomes += commits
    self.refusals += refusals
    self.reconciled += reconciled
  }

  func report(_ conditions: PrinterConditions) { self.conditions = conditions }

  func watch(prepare: @escaping @Sendable (Attempt) -> Void, commit: @escaping @Sendable (Attempt) -> Void) {
    onPrepare = prepare
    onCommit = commit
  }

  /// From now on neither a commit nor a reconcile comes back until `thaw`.
  func freeze() { isFrozen = true }

  func thaw() {
    isFrozen = false
    for waiter in frozen { waiter.resume() }
    frozen = []
  }

  let path = PrinterPath.emulated
  private(set) var forgotten: [String] = []

  func probe() -> PrinterConditions { conditions }

  func forget(_ jobUUIDs: [String]) { forgotten += jobUUIDs }

  func prepare(_ attempt: Attempt) throws(PrinterFault) -> PreparedAttempt {
    calls.append(.prepare(attempt))
    onPrepare(attempt)
    if !refusals.isEmpty { throw refusals.removeFirst() }
    return PreparedAttempt(attempt: attempt, jobUUID: "urn:uuid:\(calls.count)", jobNumber: calls.count)
  }

  func commit(_ prepared: PreparedAttempt, _ image: SlipImage, patience: Int) async -> AttemptOutcome {
    calls.append(.commit(prepared.attempt))
    onCommit(prepared.attempt)
    images.append(image)
    if isFrozen { await withCheckedContinuation { frozen.append($0) } }
    return outcomes.isEmpty ? .printed(.echo) : outcomes.removeFirst()
  }

  func withdraw(_ prepared: PreparedAttempt) { calls.append(.withdraw(prepared.attempt)) }

  func reconcile(_ attempt: Attempt, jobUUID: String?) async -> AttemptOutcome {
    calls.append(.reconcile(attempt, jobUUID: jobUUID))
    if isFrozen { await withCheckedContinuation { frozen.append($0) } }
    return reconciled.isEmpty ? .unknown(reason: "nobody knows") : reconciled.removeFirst()
  }
}

/// Draws nothing and remembers the documents.
actor DocumentRecorder: SlipDrawing {
  private(set) var documents: [SlipDocument] = []
  private var fails = false

  func fail() { fails = true }

  func draw(_ document: SlipDocument, paperWidthDots: Int) async throws -> SlipImage {
    struct CannotDraw: Error {}
    if fails { throw CannotDraw() }
    documents.append(document)
    return SlipImage(widthDots: 8, heightDots: 1, bits: [0])
  }
}
