import Logging
import Seal
import Settings

/// From the plan to the end of the process.
struct Daemon: Sendable {
  let plan: Plan
  let share: ShareFolder

  /// - Throws: `Exit` when the hall cannot open, or a part of it ends.
  func run() async throws(Exit) {
    let logger = Logger(label: "yichuang")
    // Files before state: a mistake in them is found without touching the journal.
    let settings = try HallFiles(
      configuration: plan.configuration, models: share.models, sealing: HallSeal(key: .ofNobody), logger: logger
    ).load()
    let (kioskHost, hallHost) = (settings.kioskListener.host, settings.hallListener.host)
    try LoopbackPort.probe(kioskHost, plan.kioskPort ?? settings.kioskListener.port, "kiosk")
    try LoopbackPort.probe(hallHost, plan.hallPort ?? settings.hallListener.port, "hall")
    let hall = try await OpenedHall.open(plan.stateFolder, logger: logger)
    let notify = Notify()
    let addresses = Addresses { [plan] kiosk, hall in
      if plan.demo {
        let kiosks = settings.kiosks.map(\.id)
        let token = settings.boardToken
        for line in Demo.addresses(plan, kiosks: kiosks, boardToken: token, kiosk: kiosk, hall: hall) {
          writeOutput(line)
        }
        writeOutput("ready")
      }
      notify.ready("open")
      logger.notice(
        "ready",
        metadata: [
          "kiosk": "\(Endpoint(host: kioskHost, port: kiosk))", "hall": "\(Endpoint(host: hallHost, port: hall))",
        ])
    }
    let composition = try await Composition.make(
      plan, settings, hall, share: share, notify: notify, logger: logger
    ) { addresses.bound($0, $1) }
    try await composition.run()
  }
}
