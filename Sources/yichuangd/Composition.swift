import Accounts
import Control
import Desks
import Emulators
import Groundwork
import Hall
import HallHTTP
import Logging
import Ports
import PrintersCUPS
import Registrar
import Seal
import SecurityRecords
import ServiceLifecycle
import Settings
import SlipRender
import Slips
import Views

/// Builds the hall's services and connects them. It makes no decisions.
struct Composition: Sendable {
  let plan: Plan
  let hall: OpenedHall
  let rules: ActiveSettings
  let registrar: Registrar
  let feed: FeedHub
  let health: HealthBoard
  let screenWatch: ScreenWatch
  let desks: [PrintDesk]
  let recovery: PrintRecovery
  let readers: ReaderDesks
  let dayKeyExpiry: DayKeyExpiry
  let contacts: any ContactSealing
  let scheduler: BusinessDayScheduler
  let helpDesk: HelpDesk
  let transferDesk: TransferDesk
  let journalCare: JournalCare
  let closingDesk: ClosingDesk
  let dayPhase: DayPhaseFeed
  let catalogues: CatalogueDesk
  let admission: Admission
  let security: SecurityLog
  let server: HallServer
  let certificate: CertificateWatch
  let readerProcess: ReaderService?
  let clock: any TimeSource
  let notify: Notify
  let logger: Logger
  /// Nil in the hall itself.
  let training: TrainingSession?

  /// - Throws: `Exit` when something that the hall needs is missing.
  static func make(
    _ plan: Plan, _ settings: HallSettings, _ hall: OpenedHall, _ sockets: ListeningSockets, share: ShareFolder,
    notify: Notify,
    logger: Logger, onListening: @escaping @Sendable (String, Int) -> Void
  ) async throws(Exit) -> Composition {
    let emulated = plan.isEmulated ? EmulatedClock(SystemClock()) : nil
    let clock = hall.clock(over: emulated ?? SystemClock())
    let entropy = SystemEntropy()
    let store = CatalogueStore(hall)
    let rules = ActiveSettings(settings)
    let trainingEnd = plan.isTraining ? TrainingSession.end(hall.state, settings) : nil
    let band = trainingEnd.map { TrainingBand(end: settings.rules.zone.civil($0).time.description) }
    let registrar = Registrar(
      state: hall.state, rules: settings.rules, journal: hall.journal, clock: clock, entropy: entropy,
      takesIn: !PrintRecovery.isNeeded(hall.state, others: Set(settings.othersKiosks.map(\.id))),
      limitsKiosks: !plan.isUnlimited, formats: .ofThisRun,
      logger: Logger(label: "yichuang.registrar")
    ) { fault in
      Exit(
        .disk, "the journal cannot be written any more (\(fault)): the hall starts again from what is on the disk",
        zh: "账本写不进去了（\(fault)）：大厅按磁盘上的账本重新启动"
      )
      .leave()
    }
    let feed = FeedHub(
      rules: settings.rules, clock: clock, lostEpoch: hall.opening.condition == .intact ? 0 : hall.opening.epoch)
    let dayChain = try hall.shared == nil ? nil : dayChain(hall)
    let marking: any HolderPseudonymizing = if let dayChain { dayChain } else { try dayKeys(hall) }
    let contacts = try contactKeys(hall)
    let caseSealing = try caseKeys(hall) { rules.settings.rules.cases.suite }
    let agencySealing = try caseKeys(hall, for: .agency) { rules.settings.rules.cases.suite }
    let dayKeyExpiry = DayKeyExpiry(
      marking: marking, contacts: contacts, cases: caseSealing, agency: agencySealing, registrar: registrar,
      logger: Logger(label: "yichuang.keys"))
    let health = HealthBoard(clock: clock)
    let screenWatch = ScreenWatch(health: health, clock: clock)
    let certificate = CertificateWatch(file: settings.door?.certificate, health: health, clock: clock)
    let journalCare = JournalCare(
      journal: hall.journal, opened: hall.restored, health: health, retention: { rules.settings.retention },
      logger: Logger(label: "yichuang.journal")
    ) { left throws(StateFault) in
      do throws(RegistrarFailure) {
        try await registrar.submit(.day(.noteDeparture(left)), by: .system) { _, _ in }
      } catch {
        throw .failed(hall.path, during: "noting which days leave", detail: "\(error)")
      }
    }
    let closingDesk = ClosingDesk(registrar: registrar, clock: clock, logger: Logger(label: "yichuang.day")) {
      () throws(StateFault) in try await hall.journal.journalHead()
    }
    let emergencies = EmergencyDesk(
      open: hall.state.emergencies.open, feed: feed, clock: clock, entropy: entropy)
    await registrar.observe(from: { _, _ in }) { recorded, state in
      emergencies.note(recorded)
      feed.note(recorded, state)
      dayChain?.note(recorded)
      dayKeyExpiry.note(recorded)
      journalCare.note(recorded, state)
      closingDesk.note(recorded)
    }
    await health.observe { faults in feed.tell(faults) }
    await health.observePrinters { printers in feed.tell(printers) }

    let forPaper = try renderer(isTraining: plan.isTraining)
    let writer = SlipWriter(
      seal: hall.seal, cases: caseSealing, agency: agencySealing,
      names: { badge in rules.settings.staff.first { $0.badge == badge }?.name }
    ) { store.catalogue($0) }
    let printers = Printers(plan, settings, forPaper)
    let recovery = PrintRecovery(
      desks: printers.all.map(\.kiosk), others: settings.machinesOfOthers,
      silence: { [shared = hall.shared] in shared?.silence(of: $0) }, registrar: registrar, health: health,
      clock: clock,
      logger: Logger(label: "yichuang.print"))
    let desks = printers.all.map { kiosk, printer, model in
      PrintDesk(
        kiosk: kiosk, printer: printer, model: model, drawing: Drawing(renderer: forPaper), writer: writer,
        registrar: registrar,
        health: health, clock: clock, logger: Logger(label: "yichuang.print")
      ) { await recovery.isReconciled($0) }
    }
    try await equip(registrar, hall, settings, desks, writer)
    let readerProcess = plan.isEmulated ? nil : ReaderService(settings.readers, share: share)
    let readers = Readers(plan, settings, readerProcess)
    let admission = Admission(
      staff: settings.staff.map(StaffAccount.init), boardToken: settings.boardToken, sealing: hall.seal,
      store: plan.trainedHall.map { BorrowedSecrets(hall: SecretFile(folder: $0, "staff")) }
        ?? SecretFile(hall, "staff"))
    let security = SecurityLog(
      clock: clock, logger: Logger(label: "yichuang.security"), folder: SecurityFolder(stateFolder: hall.path))
    let cards = CardTokens(clock: clock)
    let pages = PageClaims(
      clock: clock, entropy: entropy, sealing: hall.seal, file: SecretFile(hall, "pages"),
      required: { id in rules.settings.kiosks.first { $0.id == id }?.pageSecret })
    let readerDesks = ReaderDesks(
      desks: readers.all.map { kiosk, port in
        ReaderDesk(
          kiosk: kiosk, port: port, cards: cards, marking: marking,
          reserving: ReservationHolders(contacts: contacts, sealing: hall.seal), entropy: entropy,
          badgeOwner: { word in
            let owner = admission.badgeOwner(word)
            if case .revoked(let badge) = owner { security.note(.badgeRevoked, [.badge: badge, .console: kiosk]) }
            return owner
          }, registrar: registrar, health: health, clock: clock,
          logger: Logger(label: "yichuang.reader")
        ) { kiosk, news in
          pages.show(news.codes, at: kiosk)
          feed.tell(news.frame) { $0 == .kiosk(kiosk) }
        }
      }, cards: cards)
    await readers.plugIn()
    let dock = emulated.map {
      DockHardware(
        printers: printers.emulated, readers: DockReaders(readers: readers.emulated), renderer: forPaper, clock: $0,
        badges: {
          // A badge code shown on a training's page would be valid at the hall's own kiosks.
          plan.isTraining
            ? []
            : admission.accounts().filter { $0.member.role == .agent }.map { account in
              let code = hall.seal.badgeCode(account.member.badge, issue: account.badgeIssue)
              return DockState.Badge(number: code.badge, code: code.description)
            }
        })
    }
    let screens = ScreenSlips(registrar: registrar, writer: writer, isTraining: plan.isTraining)
    let speech = SpeechDesk(
      clips: settings.speech.clips, isTraining: plan.isTraining, logger: Logger(label: "yichuang.speech"))
    var parts = ServerDependencies(
      registrar: registrar, feed: feed, clock: clock, entropy: entropy, sealing: hall.seal,
      admission: admission, pages: try share.pages(hall.seal, band), speech: speech,
      reader: ScreenReader(logger: Logger(label: "yichuang.speech")), screens: { Screens(rules.settings) },
      volume: { settings.speech.volume(at: settings.rules.zone.civil(clock.now()).time) },
      search: { query, department, _ in rules.search(query, department) },
      searchTable: { rules.searchTable },
      noticePicture: { code, form in await screens.picture(of: code, as: form) }, archive: { store.catalogue($0) },
      faults: { await health.faults },
      printers: { await health.printers }, frequent: { rules.settings.frequent },
      openAPI: share.description(), demo: plan.isEmulated, dock: dock, readers: readerDesks,
      kioskPages: pages, limitsKiosks: !plan.isUnlimited, publicAddress: settings.publicAddress.map(PublicAddress.init),
      certificateUntil: { certificate.until }, monitoringToken: { rules.settings.monitoringToken },
      sessionStore: SecretFile(hall, "sessions"),
      beat: { await screenWatch.note($0) },
      tellPages: { kiosk, isContested in
        if isContested {
          await health.raise(.secondPage, kiosk: kiosk)
        } else {
          await health.clear(.secondPage, kiosk: kiosk)
        }
      },
      security: security, settingsHistory: SettingsHistory(stateFolder: hall.path), emergencies: emergencies,
      logger: Logger(label: "yichuang.http"))
    let backups = BackupWatch(plan, hall, health, clock)
    parts.backup = { backups.present }
    parts.isTraining = plan.isTraining
    parts.synchronisedAt = { TimeSynchronisation.system.last }
    parts.marking = marking
    parts.printUnrecorded = { kiosk, document in
      guard let desk = desks.first(where: { $0.kiosk == kiosk }) else { return nil }
      return await desk.printUnrecorded(String(SystemEntropy().bits(), radix: 36), document)
    }
    let attendance = hall.follow(into: AttendanceLog()) { $0.take($1) }
    parts.attendance = { try await attendance() }
    let ended = hall.endedCases
    parts.endedCase = { try await ended($0, rules.settings.rules.zone) }
    if let shared = hall.shared, let machines = settings.shared {
      parts.machines = shared.machines(machines, clock)
    }
    parts.contacts = contacts
    parts.cases = caseSealing
    parts.casePicture = { code, number, paper in
      await screens.picture(of: code, number, at: clock.now(), as: paper)
    }
    parts.agency = agencySealing
    if plan.isTraining {
      let practised = hall.follow(into: TrainingLog()) { $0.take($1) }
      parts.practised = { try await practised() }
    }
    return Composition(
      plan: plan, hall: hall, rules: rules, registrar: registrar, feed: feed, health: health,
      screenWatch: screenWatch, desks: desks,
      recovery: recovery, readers: readerDesks, dayKeyExpiry: dayKeyExpiry,
      contacts: contacts,
      scheduler: BusinessDayScheduler(
        registrar: registrar, health: health, clock: clock, sync: plan.isEmulated ? .none : .system,
        start: plan.isEmulated ? nil : .read(),
        mayJudge: { [shared = hall.shared] in shared.map { $0.mayJudgeDays } ?? true },
        logger: Logger(label: "yichuang.day")),
      helpDesk: HelpDesk(registrar: registrar, clock: clock, logger: Logger(label: "yichuang.help")),
      transferDesk: TransferDesk(registrar: registrar, clock: clock, logger: Logger(label: "yichuang.transfer")),
      journalCare: journalCare, closingDesk: closingDesk,
      dayPhase: DayPhaseFeed(registrar: registrar, feed: feed, clock: clock),
      catalogues: CatalogueDesk(
        settings.rules.catalogue, registrar: registrar, clock: clock, logger: Logger(label: "yichuang.catalogue")
      ) { try store.keep($0) },
      admission: admission, security: security,
      server: HallServer(
        parts, kiosk: .socket(sockets.kiosk, host: settings.kioskListener.host),
        hall: .socket(sockets.hall, host: settings.hallListener.host),
        door: sockets.door.flatMap { descriptor in
          settings.door.map { HallServer.DoorEntrance(.socket(descriptor, host: "door"), hosts: $0.authorities) }
        }, onListening: onListening),
      certificate: certificate,
      readerProcess: readerProcess, clock: clock, notify: notify, logger: logger,
      training: trainingEnd.map { TrainingSession(registrar, feed, end: $0, logger) })
  }

  private static func dayKeys(_ hall: OpenedHall) throws(Exit) -> DayKeys {
    do throws(KeyFault) {
      return try DayKeys(folder: hall.path + "/" + DayKeys.folderName)
    } catch {
      throw Exit(error)
    }
  }

  private static func contactKeys(_ hall: OpenedHall) throws(Exit) -> ContactKeys {
    do throws(KeyFault) {
      return try ContactKeys(folder: hall.path + "/" + DayKeys.folderName)
    } catch {
      throw Exit(error)
    }
  }

  private static func caseKeys(
    _ hall: OpenedHall, for kind: CaseKeys.Kind = .cases, _ suite: @escaping @Sendable () -> CaseSuite
  ) throws(Exit) -> CaseKeys {
    do throws(KeyFault) {
      return try CaseKeys(folder: hall.path + "/" + DayKeys.folderName, for: kind, suite: suite)
    } catch {
      throw Exit(error)
    }
  }

  private static func renderer(isTraining: Bool) throws(Exit) -> SlipRenderer {
    do {
      return try SlipRenderer(isTraining: isTraining)
    } catch {
      throw Exit(
        .installation, "slips cannot be drawn (\(error)): install fonts-noto-cjk",
        zh: "小票画不出来（\(error)）：安装 fonts-noto-cjk")
    }
  }
}
