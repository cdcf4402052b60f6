import Control
import Desks
import Hall
import HallHTTP
import Logging
import Ports
import Registrar
import SecurityRecords
import ServiceLifecycle
import Settings
import UnixSignals
import Views

extension Composition {
  /// Opens the hall and keeps it open until a signal ends it.
  ///
  /// - Throws: `Exit` when a required service ends.
  func run() async throws(Exit) {
    security.note(
      .started,
      [
        .catalogue: rules.settings.rules.catalogue.version, .configuration: configurationDigest,
        .count: String(rules.settings.staff.count),
      ])
    keepSettings(by: "start", sections: [])
    if let fault = hall.fault { await registrar.begin(under: fault) }
    await registrar.hold(back: hall.heldBack)
    if !hall.opening.damage.isEmpty { await health.raise(.journalDamaged) }
    let impatience = Task {
      // The shared journal may become unreachable during the start. Requests that wait for it are answered all the same.
      while !Task.isCancelled {
        try? await clock.sleep(milliseconds: 500)
        await registrar.noticeDelay()
      }
    }
    // The catalogue is published and the day is opened before the first request can come in.
    await catalogues.look()
    if let training {
      if await !registrar.state.isAccepted {
        _ = await ControlHandler(composition: self).answer(ControlRequest(.acceptJournal))
      }
      await training.begin()
    }
    if let shared = hall.shared, hall.fault == nil { await shared.hearServer(clock) }
    await scheduler.look()
    await recovery.begin()
    impatience.cancel()
    var services: [any Service] = [
      FeedService(feed: feed, registrar: registrar, clock: clock),
      StorageWatch(
        registrar: registrar, health: health, clock: clock, look: hall.diskLook(),
        remedy: { [shared = hall.shared] in shared.remedy(of: $0) }), screenWatch, scheduler, helpDesk,
      transferDesk,
      dayPhase,
      catalogues,
      recovery, PrintDesks(desks: desks), readers, dayKeyExpiry, journalCare, closingDesk, server.sessionWatch,
      certificate, backupWatch,
      UpdateWatch(notice: UpdateNotice(stateFolder: hall.path), health: health, clock: clock),
      Reloading { await self.logReload() },
    ]
    if let limit = Notify.watchdogMicroseconds {
      services.append(Watchdog(registrar: registrar, clock: clock, notify: notify, limit: limit))
    }
    if hall.fault == .readOnly { services.append(WritableWatch(hall: hall, clock: clock, logger: logger)) }
    if let shared = hall.shared, let settings = rules.settings.shared {
      services.append(Following(registrar: registrar))
      services.append(OutboxService(registrar: registrar, clock: clock))
      services.append(
        SharedSecrets(
          journal: shared, admission: admission, seal: hall.seal, clock: clock,
          logger: Logger(label: "yichuang.machines")))
      services.append(
        SharedWatch(
          journal: shared, own: settings.role, digest: { rules.settings.digest }, registrar: registrar, health: health,
          clock: clock, zone: rules.settings.rules.zone, logger: Logger(label: "yichuang.machines")))
    }
    if let control = control() { services.append(control) }
    if let readerProcess { services.append(readerProcess) }
    services += [server, ShutdownDeadline(notify: notify, logger: logger)]
    // Without a name the library logs each service with its whole content, such as the bytes of all pages.
    var members = services.map {
      ServiceGroupConfiguration.ServiceConfiguration(service: $0, serviceName: "\(type(of: $0))")
    }
    if let training {
      members.append(
        .init(
          service: training, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "TrainingSession"))
    }
    // Below this level the library logs every service with its content, including keys.
    var lifecycle = Logger(label: "lifecycle")
    lifecycle.logLevel = max(lifecycle.logLevel, .info)
    var configuration = ServiceGroupConfiguration(
      services: members, gracefulShutdownSignals: [.sigterm, .sigint], logger: lifecycle)
    configuration.maximumGracefulShutdownDuration = .seconds(7)
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch {
      let text = "\(error)"
      throw text.contains("in use")
        ? Exit(
          .taken, "a port is used by another program: \(text)",
          zh: "端口被别的程序占用（\(text)）：停掉那个程序，或在配置里换一个端口")
        : Exit(.bug, "a part of the hall ended: \(text)", zh: "程序内部有一部分意外结束（\(text)）：会自动重新启动；反复出现请反馈")
    }
    await registrar.drain()
    await hall.journal.close()
    security.note(.stopped)
    security.flush()
    logger.notice("the hall is closed")
  }

  var backupWatch: BackupWatch { BackupWatch(plan, hall, health, clock) }

  /// The operator's socket. The hall works without it, so a state folder whose path is too long only disables the tool.
  private func control() -> ControlServer? {
    let operators = ControlHandler(composition: self)
    do {
      return try ControlServer(stateFolder: hall.path, logger: logger) { await operators.answer($0) }
    } catch {
      logger.warning("yichuangctl cannot reach this daemon", metadata: ["why": "\(error)"])
      return nil
    }
  }

  private func logReload() async {
    let reply = await ControlHandler(composition: self).reload(by: .system, named: "signal")
    let words = reply.words(inChinese: Terminal.isChinese)
    if reply.status == 0 { logger.notice("\(words)") } else { logger.error("\(words)") }
  }
}

/// Keeps the feeds running until the listeners have closed.
struct FeedService: Service {
  let feed: FeedHub
  let registrar: Registrar
  let clock: any TimeSource

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await feed.run { HallTime(at: await registrar.moment(), clock: clock.now()) }
    }
  }
}
