import Groundwork
import Hall
import Logging
package import Ports
import PrinterProtocols

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
  /// What the queue turned out to be when it was asked last.
  package private(set) var path = PrinterPath.undetermined

  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package init(configuration: Configuration) {
    self.configuration = configuration
    paperWidthDots = configuration.paperWidthDots
    queue = CUPSQueue(name: configuration.queue, server: configuration.server)
    executor = QueueExecutor(label: "yichuang.printers.cups.\(configuration.queue)")
  }

  package func probe() -> PrinterConditions {
    do {
      return conditions(of: try describe(queue.connect()))
    } catch {
      return .serviceDown
    }
  }

  /// Asks the printer itself where it speaks IPP: the scheduler hears from it only while a job is on its way.
  private func conditions(of description: QueueDescription) -> PrinterConditions {
    description.conditions.union(queue.askDevice(of: description) ?? [])
  }

  package func prepare(_ attempt: Attempt) throws(PrinterFault) -> PreparedAttempt {
    do {
      let connection = try queue.connect()
      let description = try describe(connection)
      let conditions = conditions(of: description)
      if let obstacle = description.obstacle {
        throw PrinterFault(conditions: conditions, detail: "\(configuration.queue): \(obstacle)")
      }
      guard conditions.canPrint else {
        let words = conditions.codes.joined(separator: ", ")
        throw PrinterFault(conditions: conditions, detail: "\(configuration.queue): the printer reports \(words)")
      }
      try clear(of: conditions, connection)
      return try announce(attempt, connection)
    } catch let fault as PrinterFault {
      throw fault
    } catch let failure as CUPSFailure {
      throw PrinterFault(conditions: .serviceDown, detail: "\(configuration.queue): \(failure.detail)")
    } catch {
      throw PrinterFault(conditions: .serviceDown, detail: "\(configuration.queue): \(error)")
    }
  }

  /// Makes sure that nothing is in the queue. Our own job without a document, left by a lost answer or an earlier run,
  /// cannot print and is canceled; anything else must end first.
  private func clear(of conditions: PrinterConditions, _ connection: CUPSConnection) throws {
    for job in try queue.jobs(all: false, connection) {
      guard job.isOurs, job.isEmpty else {
        throw PrinterFault(
          conditions: conditions.union(.serviceDown),
          detail: "\(configuration.queue): job \(job.number) is still in the queue")
      }
      try queue.cancel(job.number, connection)
    }
  }

  private func announce(_ attempt: Attempt, _ connection: CUPSConnection) throws -> PreparedAttempt {
    let number = try queue.create(attempt.jobName, connection)
    do {
      let job = try queue.job(number, connection)
      guard !job.uuid.isEmpty else { throw CUPSFailure.noAnswer("Get-Job-Attributes: the answer lacks job-uuid") }
      return PreparedAttempt(attempt: attempt, jobUUID: job.uuid, jobNumber: number)
    } catch {
      try? queue.cancel(number, connection)
      throw error
    }
  }

  package func withdraw(_ prepared: PreparedAttempt) {
    do {
      let connection = try queue.connect()
      guard try queue.job(prepared.jobNumber, connection).uuid == prepared.jobUUID else { return }
      try queue.cancel(prepared.jobNumber, connection)
    } catch {
      // Without its document the job ends by itself after MultipleOperationTimeout, and prints nothing until then.
      configuration.logger.warning("a withdrawn job was not canceled", metadata: ["error": "\(error)"])
    }
  }

  package func forget(_ jobUUIDs: [String]) {}

  /// The queue as configured where its attributes do not tell.
  func describe(_ connection: CUPSConnection) throws(CUPSFailure) -> QueueDescription {
    var description = try queue.describe(connection)
    if let kind = configuration.kind { description.kind = kind }
    path =
      switch description.kind {
      case .raw: .raw
      case .driverless: .driverless
      case nil: .undetermined
      }
    return description
  }
}

extension JobDescription {
  /// Jobs of the hall are named by `Attempt.jobName`.
  var isOurs: Bool { name.hasPrefix("slip:") }
  /// The scheduler has no document for it and still waits for one: it cannot have printed.
  var isEmpty: Bool { documents == 0 && isIncoming && state == .pendingHeld && !hasBegun }
}
