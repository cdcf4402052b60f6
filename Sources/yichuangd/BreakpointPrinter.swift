#if DEBUG
  import Glibc
  import Hall
  import Ports

  /// A printer port that stands still at named points until it is told to go on, in debug builds only: the crash matrix
  /// breaks something meanwhile.
  ///
  /// `YICHUANG_HALT_FOLDER` names a folder. A file in it with the name of a point (`before-prepare`, `after-prepare`,
  /// `before-outcome`) makes the next slip stop there; the file is then called `<point>.reached`, and when it is removed
  /// the slip goes on.
  struct BreakpointPrinter: PrinterPort {
    let printer: any PrinterPort
    let folder: String

    /// The port itself, or one that can be halted when the process was started so.
    static func wrap(_ printer: any PrinterPort) -> any PrinterPort {
      guard let folder = getenv("YICHUANG_HALT_FOLDER") else { return printer }
      return BreakpointPrinter(printer: printer, folder: String(cString: folder))
    }

    var paperWidthDots: Int { printer.paperWidthDots }
    var path: PrinterPath { get async { await printer.path } }

    func probe() async -> PrinterConditions { await printer.probe() }

    func prepare(_ attempt: Attempt) async throws(PrinterFault) -> PreparedAttempt {
      await halt("before-prepare")
      return try await printer.prepare(attempt)
    }

    func commit(_ prepared: PreparedAttempt, _ image: SlipImage, patience: Int) async -> AttemptOutcome {
      await halt("after-prepare")
      let outcome = await printer.commit(prepared, image, patience: patience)
      await halt("before-outcome")
      return outcome
    }

    func withdraw(_ prepared: PreparedAttempt) async { await printer.withdraw(prepared) }

    func reconcile(_ attempt: Attempt, jobUUID: String?) async -> AttemptOutcome {
      await printer.reconcile(attempt, jobUUID: jobUUID)
    }

    func forget(_ jobUUIDs: [String]) async { await printer.forget(jobUUIDs) }

    private func halt(_ point: String) async {
      let reached = "\(folder)/\(point).reached"
      guard rename("\(folder)/\(point)", reached) == 0 else { return }
      while access(reached, F_OK) == 0 { try? await Task.sleep(for: .milliseconds(10)) }
    }
  }
#endif
