import Groundwork
import Hall
package import Logging
package import Ports
package import PrinterLink
package import PrinterProtocols

/// The printer port on a CUPS queue.
///
/// `prepare` is Create-Job, `commit` is Send-Document and then a look at the job every so often until it is over. At
/// most one job is in the queue: the queue of slips is the hall's own. The truth about a job is its `job-state` as
/// Get-Job-Attributes tells it; its identity is job-uuid and job-name, never job-id, which cupsd uses again after a
/// crash. libcups blocks, so everything runs on a queue of its own; each request gives up after about two seconds.
package actor CUPSPrinter: PrinterPort {
  package nonisolated let paperWidthDots: Int
  let configuration: Configuration
  let queue: CUPSQueue
  private let executor: QueueExecutor
  let idle: IdleInquiry
  /// Slips that are on their way now.
  var underWay = 0
  /// Attempts whose claims may go.
  var forgotten: Set<JobUUID> = []
  /// When the claims folder was swept last, by `Monotonic`.
  var sweptAt: Int?
  /// What the scheduler refused to take last; nil when it takes documents.
  var refusal: DocumentRefusal?
  /// What the queue turned out to be when it was asked last.
  package private(set) var path = PrinterPath.undetermined

  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package init(configuration: Configuration) {
    self.configuration = configuration
    paperWidthDots = configuration.paperWidthDots
    queue = CUPSQueue(name: configuration.queue, server: configuration.server)
    executor = QueueExecutor(label: "yichuang.printers.cups.\(configuration.queue)")
    idle = IdleInquiry(label: "yichuang.printers.idle.\(configuration.queue)")
  }

  package func probe() async -> PrinterConditions {
    do {
      let connection = try queue.connect()
      let description = try describe(connection)
      let refused = try lookAtRefusal(connection)
      return await askConditions(description).union(refused)
    } catch {
      return .serviceDown
    }
  }

  private func askConditions(_ description: QueueDescription) async -> PrinterConditions {
    guard description.kind == .posBackend else { return conditions(of: description) }
    let known = description.conditions.union(claimsObstacle() == nil ? [] : .serviceDown)
    guard underWay == 0, let printer = description.idlePrinter else { return known }
    return known.union(await idle.ask(printer, connectMilliseconds: configuration.probeMilliseconds))
  }

  /// Asks the printer itself where it speaks IPP: the scheduler hears from it only while a job is on its way.
  private func conditions(of description: QueueDescription) -> PrinterConditions {
    description.conditions.union(queue.askDevice(of: description) ?? [])
  }

  package func prepare(_ attempt: Attempt) async throws(PrinterFault) -> PreparedAttempt {
    idle.giveWay()
    defer { idle.release() }
    do {
      let connection = try queue.connect()
      let description = try describe(connection)
      let conditions = conditions(of: description).union(refusal?.conditions ?? [])
      let claimsObstacle = description.kind == .posBackend ? claimsObstacle() : nil
      if let obstacle = description.obstacle ?? claimsObstacle {
        throw PrinterFault(conditions: conditions, detail: "\(configuration.queue): \(obstacle)")
      }
      guard conditions.canPrint else {
        let words = conditions.codes.joined(separator: ", ")
        throw PrinterFault(conditions: conditions, detail: "\(configuration.queue): the printer reports \(words)")
      }
      try await clear(of: conditions, description.kind, connection)
      return try announce(attempt, connection)
    } catch let fault as PrinterFault {
      throw fault
    } catch let failure as CUPSFailure {
      throw PrinterFault(conditions: .serviceDown, detail: "\(configuration.queue): \(failure.detail)")
    } catch {
      throw PrinterFault(conditions: .serviceDown, detail: "\(configuration.queue): \(error)")
    }
  }

  private func announce(_ attempt: Attempt, _ connection: CUPSConnection) throws -> PreparedAttempt {
    let number = try queue.create(attempt.jobName, connection)
    do {
      let job = try queue.job(number, connection)
      guard JobUUID(job.uuid) != nil else {
        throw CUPSFailure.noAnswer("Get-Job-Attributes: the answer lacks job-uuid")
      }
      return PreparedAttempt(attempt: attempt, jobUUID: job.uuid, jobNumber: number)
    } catch {
      try? queue.cancel(number, connection)
      throw error
    }
  }

  package func withdraw(_ prepared: PreparedAttempt) {
    // No backend must come for it, whatever becomes of its job.
    if path == .posBackend { _ = try? claim(prepared.attempt, prepared.jobUUID)?.takeBack("withdrawn") }
    do {
      let connection = try queue.connect()
      guard try queue.job(prepared.jobNumber, connection).uuid == prepared.jobUUID else { return }
      try queue.cancel(prepared.jobNumber, connection)
    } catch {
      // Without its document the job ends by itself after MultipleOperationTimeout, and prints nothing until then.
      configuration.logger.warning("a withdrawn job was not canceled", metadata: ["error": "\(error)"])
    }
  }

  /// The queue as configured where its attributes do not tell.
  func describe(_ connection: CUPSConnection) throws(CUPSFailure) -> QueueDescription {
    var description = try queue.describe(connection)
    if let kind = configuration.kind {
      description.kind = kind
    } else {
      description.expect(sheets: configuration.sheets)
    }
    path = PrinterPath(description.kind)
    return description
  }
}

extension JobDescription {
  /// Jobs of the hall are named by `Attempt.jobName`.
  var isOurs: Bool { name.hasPrefix("slip:") }
  /// The scheduler has no document for it and still waits for one: it cannot have printed.
  var isEmpty: Bool { documents == 0 && isIncoming && state == .pendingHeld && !hasBegun }
}

extension CUPSPrinter {
  /// What the port has to know about its queue.
  package struct Configuration: Sendable {
    /// The name of the queue in CUPS.
    package var queue: String
    package var server: CUPSServer
    /// 576 on 80 mm paper, 384 on 58 mm paper.
    package var paperWidthDots: Int
    /// The printer is an office printer on A4: it gets a PDF through the scheduler's filters.
    package var sheets: Bool
    /// What the queue is, where its attributes would not tell. Nil: the attributes are asked.
    package var kind: QueueKind?
    package var encoder: ESCPOSEncoder
    /// Milliseconds between two looks at a job on its way; 100...250 is kind to the scheduler.
    package var pollMilliseconds: Int
    /// Milliseconds that a job found still printing by `reconcile` is given to end.
    package var reconcileMilliseconds: Int
    /// Where the backend and the port settle who decides about an attempt.
    package var claims: ClaimsFolder
    /// Milliseconds that a backend at work is given to end after its job was canceled; the scheduler kills it after
    /// `JobKillDelay`.
    package var settleMilliseconds: Int
    /// Milliseconds that the scheduler may be silent before a slip that no backend has claimed is taken back.
    package var silenceMilliseconds: Int
    /// Milliseconds for the connection to an idle printer that is asked for its state.
    package var probeMilliseconds: Int
    /// Seconds that claims are kept after `forget`; see `ClaimsFolder.restSeconds`.
    package var claimRestSeconds: Int
    package var logger: Logger

    package init(
      queue: String, server: CUPSServer = .system, paperWidthDots: Int = 576, sheets: Bool = false,
      kind: QueueKind? = nil,
      encoder: ESCPOSEncoder = ESCPOSEncoder(), pollMilliseconds: Int = 150, reconcileMilliseconds: Int = 10_000,
      claims: ClaimsFolder = ClaimsFolder(path: ClaimsFolder.named), settleMilliseconds: Int = 7_000,
      silenceMilliseconds: Int = 3_000, probeMilliseconds: Int = 300, claimRestSeconds: Int = ClaimsFolder.restSeconds,
      logger: Logger = Logger(label: "yichuang.printers.cups")
    ) {
      self.queue = queue
      self.server = server
      self.paperWidthDots = paperWidthDots
      self.sheets = sheets
      self.kind = kind
      self.encoder = encoder
      self.pollMilliseconds = max(pollMilliseconds, 10)
      self.reconcileMilliseconds = max(reconcileMilliseconds, 0)
      self.claims = claims
      self.settleMilliseconds = max(settleMilliseconds, 0)
      self.silenceMilliseconds = max(silenceMilliseconds, 0)
      self.probeMilliseconds = max(probeMilliseconds, 10)
      self.claimRestSeconds = max(claimRestSeconds, 0)
      self.logger = logger
    }
  }
}
