import CCUPS
import Dispatch
import Ports
import PrinterLink
import PrinterProtocols
import Synchronization

/// The requests of the port to one queue. Every call blocks; each uses the given connection or fails.
struct CUPSQueue {
  let name: String
  let server: CUPSServer

  /// The host in a URI to the scheduler is ignored: the connection decides.
  private var uri: String { "ipp://localhost/printers/\(name)" }
  private var resource: String { "/printers/\(name)" }

  func connect() throws(CUPSFailure) -> CUPSConnection { try CUPSConnection(to: server) }

  func describe(_ connection: CUPSConnection) throws(CUPSFailure) -> QueueDescription {
    let request = IPPRequest(IPP_OP_GET_PRINTER_ATTRIBUTES, printer: uri)
    request.ask(for: QueueDescription.attributes)
    let answer = try connection.perform(request, at: resource)
    guard let description = answer.printer.flatMap(QueueDescription.init) else {
      throw .noAnswer("Get-Printer-Attributes: the answer lacks printer-state")
    }
    return description
  }

  /// The present conditions of the printer behind a driverless queue.
  func askDevice(of queue: QueueDescription) -> PrinterConditions? {
    guard let device = queue.ippDevice else { return nil }
    let scheme = device.encrypted ? "ipps" : "ipp"
    do {
      let connection = try CUPSConnection(to: device.server, encrypted: device.encrypted, ioSeconds: 1.5)
      let request = IPPRequest(
        IPP_OP_GET_PRINTER_ATTRIBUTES, printer: "\(scheme)://\(device.server)\(device.resource)")
      request.ask(for: ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"])
      let answer = try connection.perform(request, at: device.resource)
      guard let printer = answer.printer else { return .fault }
      return PrinterConditions(StateReasons(keywords: printer.texts("printer-state-reasons")))
    } catch {
      if case .noAnswer = error { return .offline }
      return .fault
    }
  }

  /// Create-Job: a job without a document, which cannot print. A held job does not print with a document either.
  func create(_ jobName: String, held: Bool = false, _ connection: CUPSConnection) throws(CUPSFailure) -> Int {
    let request = IPPRequest(IPP_OP_CREATE_JOB, printer: uri)
    request.add(IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", jobName)
    request.add(IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets", "none")
    if held { request.add(IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-hold-until", "indefinite") }
    let answer = try connection.perform(request, at: resource)
    guard let number = answer.jobs.first?.integer("job-id"), number > 0 else {
      throw .noAnswer("Create-Job: the answer lacks job-id")
    }
    return number
  }

  /// Set-Job-Attributes: the paper size, which is known only when the slip is drawn.
  func setMedia(_ media: String, job: Int, _ connection: CUPSConnection) throws(CUPSFailure) {
    let request = IPPRequest(IPP_OP_SET_JOB_ATTRIBUTES, printer: uri)
    request.add(IPP_TAG_OPERATION, "job-id", integer: job)
    request.add(IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", media)
    _ = try connection.perform(request, at: resource)
  }

  /// Send-Document, the last one: from now on the slip may print.
  func send(
    _ document: [UInt8], format: String, job: Int, _ connection: CUPSConnection
  ) throws(CUPSFailure) {
    let request = IPPRequest(IPP_OP_SEND_DOCUMENT, printer: uri)
    request.add(IPP_TAG_OPERATION, "job-id", integer: job)
    request.add(IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", format)
    request.add(IPP_TAG_OPERATION, "last-document", boolean: true)
    _ = try connection.perform(request, at: resource, document: document)
  }

  func job(_ number: Int, _ connection: CUPSConnection) throws(CUPSFailure) -> JobDescription {
    let request = IPPRequest(IPP_OP_GET_JOB_ATTRIBUTES, printer: uri)
    request.add(IPP_TAG_OPERATION, "job-id", integer: number)
    request.ask(for: JobDescription.attributes)
    let answer = try connection.perform(request, at: resource)
    guard let job = answer.jobs.first.flatMap(JobDescription.init) else {
      throw .noAnswer("Get-Job-Attributes: the answer lacks job-state")
    }
    return job
  }

  /// The jobs of the queue, in the scheduler's order: the active ones, or all that it still remembers.
  func jobs(all: Bool, _ connection: CUPSConnection) throws(CUPSFailure) -> [JobDescription] {
    let request = IPPRequest(IPP_OP_GET_JOBS, printer: uri)
    request.add(IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", all ? "all" : "not-completed")
    request.ask(for: JobDescription.attributes)
    return try connection.perform(request, at: resource).jobs.compactMap(JobDescription.init)
  }

  /// Cancel-Job. A job that is already over is no error.
  func cancel(_ number: Int, _ connection: CUPSConnection) throws(CUPSFailure) {
    let request = IPPRequest(IPP_OP_CANCEL_JOB, printer: uri)
    request.add(IPP_TAG_OPERATION, "job-id", integer: number)
    do {
      _ = try connection.perform(request, at: resource)
    } catch {
      guard case .refused(let status, _) = error, status == IPP_STATUS_ERROR_NOT_POSSIBLE.rawValue else { throw error }
    }
  }
}

/// Queries an idle printer on a thread of its own, and stops as soon as a slip is to be printed.
///
/// A slow printer takes seconds for its answers, and a slip must not wait for them.
final class IdleInquiry: Sendable {
  private let queue: DispatchQueue
  /// How many callers want to print.
  private let wanted = Mutex(0)
  /// The last conditions, for when the printer could not be queried.
  private let last = Mutex(PrinterConditions())

  init(label: String) { queue = DispatchQueue(label: label, qos: .utility) }

  /// From now on the printer is needed, until `release`.
  func giveWay() { wanted.withLock { $0 += 1 } }
  func release() { wanted.withLock { $0 -= 1 } }

  private var mustGiveWay: Bool { wanted.withLock { $0 > 0 } }

  func ask(_ address: DeviceAddress, connectMilliseconds: Int) async -> PrinterConditions {
    guard address.status == .realtime else { return [] }
    let heard = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.converse(address, connectMilliseconds)) }
    }
    return last.withLock { last in
      last = heard ?? last
      return last
    }
  }

  /// Nil when there was no result.
  private func converse(_ address: DeviceAddress, _ connectMilliseconds: Int) -> PrinterConditions? {
    // Twice, because one answer may be lost to another connection that is just being closed.
    for _ in 0..<2 {
      guard !mustGiveWay else { return nil }
      do {
        let status = try DeviceProbe.ask(
          address, connectMilliseconds: connectMilliseconds, mustGiveWay: { self.mustGiveWay })
        return status.map { PrinterConditions(StateReasons(keywords: PrinterReason.reasons($0).map(\.rawValue))) }
      } catch {
        switch error {
        case .busy: return nil
        // The printer had its model's full timeout.
        case .timedOut: return .offline
        case .unreachable, .broken: continue
        }
      }
    }
    return .offline
  }
}
