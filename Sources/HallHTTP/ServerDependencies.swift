package import Accounts
package import Groundwork
package import Hall
package import Logging
package import Ports
package import Registrar
package import SecurityRecords
package import Slips
package import Views

/// The dependencies of both listeners, provided by the daemon.
package struct ServerDependencies: Sendable {
  package var registrar: Registrar
  package var feed: FeedHub
  package var clock: any TimeSource
  package var entropy: any Entropy
  package var sealing: any Sealing
  package var admission: Admission
  package var pages: PageFolder
  package var speech: (any Speech)?
  /// Reads a kiosk's screen aloud.
  package var reader: (any ScreenReading)?
  /// The present screens as configured.
  package var screens: @Sendable () -> Screens
  /// The present volume of a board's speech, 0...100.
  package var volume: @Sendable () -> Int
  /// Codes of the items that match a search, best first; the second argument narrows to a department.
  package var search: @Sendable (_ query: String, _ department: String?, _ rules: HallRules) -> [String]
  /// The table for a page's local search.
  package var searchTable: @Sendable () -> SearchTable
  /// Form A as a file; nil when its item's version is not stored.
  package var noticePicture: @Sendable (PublicCode, NoticePaper) async -> [UInt8]?
  /// A paper of a case by its number, for staff; nil where either is unknown, or its key is gone.
  package var casePicture: @Sendable (PublicCode, CaseNumber, NoticePaper) async -> [UInt8]? = { _, _, _ in nil }
  /// A published version of the catalogue; nil when it is not stored.
  package var archive: @Sendable (_ version: String) -> Catalogue?
  package var faults: @Sendable () async -> [PresentFault]
  package var printers: @Sendable () async -> [PresentPrinter]
  /// Codes of the items shown first on the kiosk, at present.
  package var frequent: @Sendable () -> [String]
  /// The text of docs/openapi.yaml.
  package var openAPI: [UInt8]
  package var demo: Bool
  package var dock: (any DockBackend)?
  package var readers: (any KioskReaders)?
  /// The keys of the days, for the reasons of priorities; nil notes none.
  package var marking: (any HolderPseudonymizing)?
  package var kioskPages: PageClaims
  /// False where programs act as kiosks, in tests and measurements.
  package var limitsKiosks: Bool
  /// The TLS proxy in front of the hall listener; nil without one.
  package var publicAddress: PublicAddress?
  /// Until when the door's certificate holds; nil without one.
  package var certificateUntil: @Sendable () -> Timestamp?
  /// The bearer token of monitoring from elsewhere; nil where only this machine sees more than whether the hall is ready.
  package var monitoringToken: @Sendable () -> String?
  /// Keeps sessions across restarts; nil keeps them in memory only.
  package var sessionStore: (any SecretStore)?
  let security: SecurityLog
  /// The configurations that were in force; nil where none is kept.
  package var settingsHistory: SettingsHistory?
  /// How old the hall's archives are; nil in a hall that makes none.
  package var backup: @Sendable () -> PresentBackup? = { nil }
  /// Whether this is a training (演练), which monitoring must not take for the hall.
  package var isTraining = false
  /// When the network last set the machine's clock.
  package var synchronisedAt: @Sendable () -> Timestamp? = { nil }
  /// Prints a slip that belongs to no ticket or notice, at a kiosk; nil where the kiosk has no printer.
  package var printUnrecorded: UnrecordedPrinting = { _, _ in nil }
  /// Who was there and when, from the verified journal; nil where there is none to read.
  package var attendance: (@Sendable () async throws -> AttendanceLog)?
  /// Seals and opens names and phones of reservations; nil keeps none.
  package var contacts: (any ContactSealing)?
  /// Seals and opens personal data of cases; nil opens none.
  package var cases: (any CaseSealing)?
  /// A state that knows one case of the journal, also one that ended long ago; nil where the journal has none of that code.
  package var endedCase: (@Sendable (PublicCode) async throws -> HallState?)?
  /// Seals and opens personal data of agency cases; nil opens none.
  package var agency: (any CaseSealing)?
  /// What was practised, from a training's journal; nil in the hall itself.
  package var practised: (@Sendable () async throws -> TrainingLog)?
  /// The machines of a hall with several.
  package var machines = HallMachines()
  let kioskMeter = KioskMeter()
  let signIns = SignInJournal()
  package let emergencies: EmergencyDesk
  /// Called with each beat of a watched screen; false when too many screens are known.
  package var beat: @Sendable (WatchedScreen) async -> Bool
  /// Called when a second page claims a kiosk, and when staff have decided.
  package var tellPages: @Sendable (_ kiosk: String, _ isContested: Bool) async -> Void
  package var logger: Logger

  package init(
    registrar: Registrar, feed: FeedHub, clock: any TimeSource, entropy: any Entropy, sealing: any Sealing,
    admission: Admission, pages: PageFolder, speech: (any Speech)?,
    reader: (any ScreenReading)? = nil, screens: @escaping @Sendable () -> Screens = { Screens() },
    volume: @escaping @Sendable () -> Int = { 100 },
    search: @escaping @Sendable (String, String?, HallRules) -> [String],
    searchTable: @escaping @Sendable () -> SearchTable,
    noticePicture: @escaping @Sendable (PublicCode, NoticePaper) async -> [UInt8]?,
    archive: @escaping @Sendable (String) -> Catalogue? = { _ in nil },
    faults: @escaping @Sendable () async -> [PresentFault],
    printers: @escaping @Sendable () async -> [PresentPrinter], frequent: @escaping @Sendable () -> [String],
    openAPI: [UInt8], demo: Bool,
    dock: (any DockBackend)?, readers: (any KioskReaders)? = nil, kioskPages: PageClaims? = nil,
    limitsKiosks: Bool = true, publicAddress: PublicAddress? = nil,
    certificateUntil: @escaping @Sendable () -> Timestamp? = { nil },
    monitoringToken: @escaping @Sendable () -> String? = { nil },
    sessionStore: (any SecretStore)? = nil, beat: @escaping @Sendable (WatchedScreen) async -> Bool = { _ in true },
    tellPages: @escaping @Sendable (String, Bool) async -> Void = { _, _ in }, security: SecurityLog,
    settingsHistory: SettingsHistory? = nil, emergencies: EmergencyDesk? = nil, logger: Logger
  ) {
    self.registrar = registrar
    self.feed = feed
    self.clock = clock
    self.entropy = entropy
    self.sealing = sealing
    self.admission = admission
    self.pages = pages
    self.speech = speech
    self.reader = reader
    self.screens = screens
    self.volume = volume
    self.search = search
    self.searchTable = searchTable
    self.noticePicture = noticePicture
    self.archive = archive
    self.faults = faults
    self.printers = printers
    self.frequent = frequent
    self.openAPI = openAPI
    self.demo = demo
    self.dock = dock
    self.readers = readers
    self.kioskPages = kioskPages ?? PageClaims(clock: clock, entropy: entropy, sealing: sealing)
    self.limitsKiosks = limitsKiosks
    self.publicAddress = publicAddress
    self.certificateUntil = certificateUntil
    self.monitoringToken = monitoringToken
    self.sessionStore = sessionStore
    self.security = security
    self.settingsHistory = settingsHistory
    self.beat = beat
    self.tellPages = tellPages
    self.emergencies = emergencies ?? EmergencyDesk(feed: feed, clock: clock, entropy: entropy)
    self.logger = logger
  }

  /// The hall's present time.
  func time() async -> HallTime { HallTime(at: await registrar.moment(), clock: clock.now()) }
}

/// Prints a slip at a kiosk and tells its outcome; nil where there is no printer.
package typealias UnrecordedPrinting =
  @Sendable (_ kiosk: String, _ document: @escaping @Sendable (SlipID, Timestamp, ZoneOffset) -> SlipDocument) async ->
  AttemptOutcome?

/// The paper that a notice is drawn for.
package enum NoticePaper: Sendable, CaseIterable {
  /// 80 mm paper, as a PNG.
  case roll
  /// Pages of A4, as a PDF.
  case a4

  var ending: String { self == .roll ? ".png" : ".pdf" }
  var type: String { self == .roll ? "image/png" : "application/pdf" }
}
