import Glibc
import PrinterLink
import PrinterProtocols

/// The program from its arguments to its exit code.
///
/// CUPS starts it once without arguments, to list devices, and then for each job as `backend(7)` says.
enum Backend {
  /// Source: cups/backend.h.
  enum ExitCode: Int32 {
    /// Only after a done file is written.
    case ok = 0
    case failed = 1
    /// The outcome of the slip is unknown.
    case hold = 3
    /// No byte of the slip was sent, and none will be.
    case cancel = 5
  }

  static func run(_ arguments: [String]) -> Int32 {
    // A dead scheduler's broken pipe must not end the backend in mid-slip.
    signal(SIGPIPE, SIG_IGN)
    Termination.hold()
    guard arguments.count > 1 else {
      Discovery.list()
      return ExitCode.ok.rawValue
    }
    let messages = Messages()
    messages.clear()
    guard arguments.count == 6 || arguments.count == 7 else {
      messages.error("usage: \(arguments.first ?? "yichuang-pos") job-id user title copies options [file]")
      return ExitCode.failed.rawValue
    }
    let result: SlipDelivery.Ending
    do {
      result = try deliver(arguments, messages)
    } catch {
      // Everything up to here can fail before the claim.
      result = .notSent(reason: "nothing was sent: \(error)")
    }
    return end(result, messages).rawValue
  }

  private static func end(_ result: SlipDelivery.Ending, _ messages: Messages) -> ExitCode {
    messages.clear()
    switch result {
    case .printed(let method):
      messages.info(method == .none ? "the printer has taken the slip" : "the printer has confirmed the slip")
      return .ok
    case .notSent(let reason):
      messages.error(reason)
      return .cancel
    case .unknown(let reason):
      messages.error("it is not known whether the slip was printed: \(reason)")
      return .hold
    }
  }

  private static func deliver(_ arguments: [String], _ messages: Messages) throws -> SlipDelivery.Ending {
    let address = try DeviceAddress(uri: getenv("DEVICE_URI").map { String(cString: $0) } ?? arguments[0])
    let job = try JobArguments(arguments)
    let folder = ClaimsFolder(path: ClaimsFolder.named)
    let standing = try folder.standing(of: job.uuid)
    guard standing == .free else { return SlipDelivery.result(of: standing) }
    try job.checkAge(now: Int(time(nil)))
    let document = try SlipFile.read(job.file)
    let plan = SlipDelivery.Plan(address: address, document: document, processID: processID(of: job.uuid))
    return DeliveryLoop(plan, job, folder, messages).run()
  }

  /// A process id for this job, and a different one should the same job run again.
  private static func processID(of uuid: JobUUID) -> ProcessID {
    ProcessID(identity: Array("\(uuid.text) \(Monotonic.now()) \(getpid())".utf8))
  }
}
