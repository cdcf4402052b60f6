import Groundwork
import Hall
package import Logging
package import Ports
package import PrinterLink
package import PrinterProtocols

/// The printer port on a CUPS queue.
///
/// `prepare` is Create-Job. `commit` is Send-Document, followed by polling the job until it is over. At most one job is
/// in the queue, which is the hall's own. A job's state is its `job-state` in Get-Job-Attributes. Its identity is
/// job-uuid and job-name, never job-id, which cupsd reuses after a crash. libcups blocks, so everything runs on a queue
/// of its own; each request times out after about two seconds.
package actor CUPSPrinter: PrinterPort {
  package nonisolated let paperWidthDots: Int
  let configuration: Configuration
  let queue: CUPSQueue
  private let executor: QueueExecutor
  let idle: IdleInquiry
  /// Slips in progress.
  var underWay = 0
  /// Attempts whose claims may be removed.
  var forgotten: Set<JobUUID> = []
  /// When the claims folder was last swept, by `Monotonic`.
  var sweptAt: Int?
  /// The last refused document; nil when the scheduler takes documents.
  var refusal: DocumentRefusal?
  /// The kind of queue at the last query.
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

  /// Queries the printer itself where it speaks IPP: the scheduler queries it only during a job.
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
    // No backend may start on it, whatever becomes of its job.
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

  /// The queue, with the configured kind where its attributes do not tell.
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
  /// The scheduler has no document for it and still waits for one, so it cannot have printed.
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
    /// The kind of queue, where its attributes do not tell. Nil: from the attributes.
    package var kind: QueueKind?
    package var encoder: ESCPOSEncoder
    /// Milliseconds between two polls of a job; 100...250 keeps the scheduler's load low.
    package var pollMilliseconds: Int
    /// Milliseconds for a job that `reconcile` finds still printing to end.
    package var reconcileMilliseconds: Int
    /// The claims folder that the port shares with the backend.
    package var claims: ClaimsFolder
    /// Milliseconds for a working backend to end after its job was canceled; the scheduler kills it after
    /// `JobKillDelay`.
    package var settleMilliseconds: Int
    /// Milliseconds without an answer of the scheduler after which an unclaimed slip is taken back.
    package var silenceMilliseconds: Int
    /// Milliseconds for the connection to an idle printer that is queried.
    package var probeMilliseconds: Int
    /// Seconds for which claims are kept after `forget`; see `ClaimsFolder.restSeconds`.
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
