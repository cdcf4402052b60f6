package import Hall
package import Logging
package import Ports
package import Registrar
package import Views

/// What the listeners are made of; the composition gives it.
package struct ServerDependencies: Sendable {
  package var registrar: Registrar
  package var feed: FeedHub
  package var clock: any TimeSource
  package var entropy: any Entropy
  package var sealing: any Sealing
  package var admission: Admission
  package var pages: PageFolder
  package var speech: (any Speech)?
  /// Reads kiosks' screens aloud.
  package var reader: (any ScreenReading)?
  /// What the operator put on the screens, as it is now.
  package var screens: @Sendable () -> Screens
  /// How loud a board speaks now, 0...100.
  package var volume: @Sendable () -> Int
  /// Codes of the items that fit a search, best first; the second argument narrows to a department.
  package var search: @Sendable (_ query: String, _ department: String?, _ rules: HallRules) -> [String]
  /// What a page needs to search by itself.
  package var searchTable: @Sendable () -> SearchTable
  /// Form A as a file; nil when its item's version is not at hand.
  package var noticePicture: @Sendable (PublicCode, NoticePaper) async -> [UInt8]?
  /// A version of the catalogue that was published; nil when it is not at hand.
  package var archive: @Sendable (_ version: String) -> Catalogue?
  package var faults: @Sendable () async -> [FaultNotice]
  package var printers: @Sendable () async -> [PrinterNotice]
  /// Codes of the items shown first on the kiosk, as they are now.
  package var frequent: @Sendable () -> [String]
  /// The text of docs/openapi.yaml.
  package var openAPI: [UInt8]
  package var demo: Bool
  package var dock: (any DockBackend)?
  package var readers: (any KioskReaders)?
  package var kioskPages: PageClaims
  /// False where programs ask as kiosks, in tests and measurements.
  package var limitsKiosks: Bool
  /// Where sessions outlive a restart; nil forgets them with the process.
  package var sessionStore: (any SecretStore)?
  let security: SecurityLog
  let kioskMeter = KioskMeter()
  /// Told whether a second page wants a kiosk and staff have not decided.
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
    faults: @escaping @Sendable () async -> [FaultNotice],
    printers: @escaping @Sendable () async -> [PrinterNotice], frequent: @escaping @Sendable () -> [String],
    openAPI: [UInt8], demo: Bool,
    dock: (any DockBackend)?, readers: (any KioskReaders)? = nil, kioskPages: PageClaims? = nil,
    limitsKiosks: Bool = true, sessionStore: (any SecretStore)? = nil,
    tellPages: @escaping @Sendable (String, Bool) async -> Void = { _, _ in }, logger: Logger,
    securityLogger: Logger = Logger(label: "yichuang.security")
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
    self.sessionStore = sessionStore
    security = SecurityLog(clock: clock, logger: securityLogger)
    self.tellPages = tellPages
    self.logger = logger
  }

  /// What time it is in the hall.
  func time() async -> HallTime { HallTime(at: await registrar.moment(), clock: clock.now()) }
}

/// What a notice is drawn for.
package enum NoticePaper: Sendable, CaseIterable {
  /// 80 mm paper, as a PNG.
  case roll
  /// Pages of A4, as a PDF.
  case a4

  var ending: String { self == .roll ? ".png" : ".pdf" }
  var type: String { self == .roll ? "image/png" : "application/pdf" }
}

/// The demo's hardware as a picture one can touch; only there in demo mode.
package protocol DockBackend: Sendable {
  /// JSON: `{"printers":[{"kiosk","conditions":[…],"slips":[{"name","url"}]}],"readers":[{"kiosk","plugged":[…],"stalled":[…],"laid"}],"clock_ahead":0}`.
  func state() async -> [UInt8]
  /// Sets or clears a condition of a printer; false when there is no such printer or condition.
  func set(kiosk: String, condition: String, on: Bool) async -> Bool
  /// Works a card reader or scanner by hand; false when there is none, or no such action.
  func work(readersOf kiosk: String, _ action: DockAction) async -> Bool
  /// Sets the hall's civil clock to seconds beyond the machine's; false beyond its reach.
  func setClock(ahead seconds: Int64) -> Bool
  /// A slip's picture.
  func slip(kiosk: String, name: String) async -> [UInt8]?
}

/// What a hand does at the demo's card reader or scanner.
package struct DockAction: Hashable, Sendable {
  /// `lay`, `lift`, `scan`, `plug`, `unplug`, `stall`, `go_on`.
  package let action: String
  /// `card_reader` or `scanner`, for plugs and stalls.
  package let kind: String?
  /// What is laid: a kind of card, with a number for another person (`resident:1`), or `foreign`.
  package let card: String?
  /// What is scanned.
  package let text: String?
}
