import Control
import Glibc
import Logging
import Seal
import Settings
import Synchronization

/// The daemon from its plan to the end of the process.
struct Daemon: Sendable {
  let plan: Plan
  let share: ShareFolder
  /// Whether a training of the plan's hall is held, and not the hall itself.
  var isTraining = false

  /// - Throws: `Exit` when the hall cannot open, or a service ends.
  func run() async throws(Exit) {
    let logger = Logger(label: "yichuang")
    // The configuration is loaded before the state folder is opened, so that a fault in it leaves the journal untouched.
    let settings = try HallFiles(
      configuration: plan.configuration, models: share.models, sealing: HallSeal(key: .ofNobody),
      isTraining: isTraining, logger: logger
    ).load()
    let plan = isTraining ? try Training.plan(of: plan, settings.training) : plan
    let (kioskHost, hallHost) = (settings.kioskListener.host, settings.hallListener.host)
    let notify = Notify()
    // Bound before the journal is replayed: connections wait meanwhile, and a port in use is noticed at once.
    let sockets = try ListeningSockets.open(
      kiosk: Endpoint(host: kioskHost, port: plan.kioskPort ?? settings.kioskListener.port),
      hall: Endpoint(host: hallHost, port: plan.hallPort ?? settings.hallListener.port),
      door: settings.door?.socket, notify, logger)
    let longStart = LongStart(notify)
    defer { longStart.end() }
    let hall = try await OpenedHall.open(plan, settings, logger: logger)
    longStart.end()
    let addresses = Addresses { [plan] kiosk, hall in
      let (kiosk, hall) = (Endpoint(host: kioskHost, port: kiosk), Endpoint(host: hallHost, port: hall))
      if plan.isEmulated {
        let kiosks = settings.kiosks.map(\.id)
        let token = settings.boardToken
        // The secret of the board's link is not logged. `yichuangctl board --training` prints the link.
        for line in Demo.addresses(plan, kiosks: kiosks, boardToken: token, kiosk: kiosk, hall: hall)
        where plan.demo || !line.hasPrefix("board") {
          writeOutput(line)
        }
        writeOutput("ready")
      }
      notify.ready("open")
      logger.notice(
        "ready",
        metadata: [
          "kiosk": "\(kiosk)", "hall": "\(hall)", "training": plan.isTraining ? "yes" : "no",
        ])
    }
    let composition = try await Composition.make(
      plan, settings, hall, sockets, share: share, notify: notify, logger: logger
    ) { addresses.bound($0, $1) }
    try await composition.run()
  }
}

/// Waits until both listeners are bound, then prints their addresses and that the hall is ready.
final class Addresses: Sendable {
  private let ports = Mutex<[String: Int]>([:])
  private let onReady: @Sendable (_ kiosk: Int, _ hall: Int) -> Void

  init(onReady: @escaping @Sendable (_ kiosk: Int, _ hall: Int) -> Void) { self.onReady = onReady }

  func bound(_ listener: String, _ port: Int) {
    let both: (Int, Int)? = ports.withLock { ports in
      ports[listener] = port
      guard let kiosk = ports["kiosk"], let hall = ports["hall"] else { return nil }
      return (kiosk, hall)
    }
    if let both { onReady(both.0, both.1) }
  }
}
