import Accounts
import Desks
import FoundationEssentials
import Groundwork
import Hall
import HallHTTP
import Logging
import Ports
import Registrar
import Seal
import SecurityRecords
import ServiceLifecycle
import Synchronization
import TestKit
import Views

/// A hall behind its real listeners on free ports, over a journal in memory, with a clock that the test moves.
final class LiveHall: Sendable {
  let registrar: Registrar
  let feed: FeedHub
  let clock: ManualClock
  let kiosk: Int
  let hall: Int
  /// The listener of the hall's door, here on a port so that tests can be the door; its address is `doorHost`.
  let door: Int
  static let doorHost = "192.168.1.10:7443"
  let security = LogLines()
  let securityLog: SecurityLog
  let admission: Admission
  /// Ends sessions when the test says.
  let sessionWatch: SessionWatch
  private let pages: PageClaims
  /// Compares the screens' beats with the clock when the test says.
  let screens: ScreenWatch
  let routes: (kiosk: [String], hall: [String])
  private let group: ServiceGroup
  private let running: Task<Void, any Error>

  /// - Parameter journal: what an earlier run of the hall left; its events are replayed first.
  init(
    rules: HallRules, clock: ManualClock = LiveHall.clock(), openDay: Bool = true, buffered: Int = 512,
    journal: MemoryJournal = MemoryJournal(), takesIn: Bool = true,
    sessionStore: (any SecretStore)? = nil, secretStore: (any SecretStore)? = nil,
    securityFolder: SecurityFolder? = nil, settingsHistory: SettingsHistory? = nil,
    readers: (any KioskReaders)? = nil, lostEpoch: Int64 = 0,
    archive: @escaping @Sendable (String) -> Catalogue? = { _ in nil }
  ) async throws {
    self.clock = clock
    var state = HallState()
    for record in journal.records { state.evolve(record) }
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let entropy = SeededEntropy()
    let memory = MemoryHall(
      rules: rules, state: state, clock: clock, journal: journal, entropy: entropy, takesIn: takesIn, logger: logger
    ) { _ in }
    registrar = memory.registrar
    let feed = FeedHub(rules: rules, clock: clock, buffered: buffered, lostEpoch: lostEpoch)
    self.feed = feed
    let emergencies = EmergencyDesk(open: state.emergencies.open, feed: feed, clock: clock, entropy: entropy)
    await registrar.observe(from: { _, _ in }) {
      emergencies.note($0)
      feed.note($0, $1)
    }
    let pages = try PageFolder(root: Repository.path("Kiosk")) { "\($0.count)" }
    let kioskPages = PageClaims(clock: clock, entropy: entropy, sealing: PlainSeal())
    self.pages = kioskPages
    let admission = Admission(
      staff: Self.staff, boardToken: "board-token-of-the-test", sealing: PlainSeal(), store: secretStore)
    self.admission = admission
    securityLog = SecurityLog(clock: clock, logger: security.logger, folder: securityFolder)
    let health = HealthBoard(clock: clock)
    let screens = ScreenWatch(health: health, clock: clock)
    self.screens = screens
    var parts = ServerDependencies(
      registrar: registrar, feed: feed, clock: clock, entropy: entropy, sealing: PlainSeal(),
      admission: admission, pages: pages, speech: nil,
      search: { query, _, rules in rules.catalogue.items.filter { query.isEmpty || $0.name.contains(query) }.map(\.code)
      },
      searchTable: { SearchTable(catalogueVersion: "test", items: [], readings: []) },
      noticePicture: { _, _ in [1] }, faults: { await health.faults }, printers: { [] }, frequent: { [] },
      openAPI: try Repository.bytes("docs/openapi.yaml"), demo: false, dock: nil,
      kioskPages: kioskPages, sessionStore: sessionStore, beat: { await screens.note($0) },
      security: securityLog, settingsHistory: settingsHistory,
      emergencies: emergencies, logger: logger)
    parts.cases = try CaseKeys(folder: Self.keys)
    parts.agency = try CaseKeys(folder: Self.keys, for: .agency)
    parts.readers = readers
    parts.archive = archive
    parts.attendance = {
      journal.records.reduce(into: AttendanceLog()) { $0.take($1) }
    }
    routes = HallServer.routes(parts)
    let ports = Mutex<[String: Int]>([:])
    let (bound, binding) = AsyncStream.makeStream(of: Void.self)
    // Hundreds of tests share two processors here; Tests/strangers tries the limits on the daemon.
    let server = HallServer(
      parts, kiosk: .bind(host: "127.0.0.1", port: 0), hall: .bind(host: "127.0.0.1", port: 0),
      door: .init(.bind(host: "127.0.0.1", port: 0), hosts: [Self.doorHost, "yichuang.local:7443"]),
      limitsConnections: false
    ) { name, port in
      let count = ports.withLock { ports in
        ports[name] = port
        return ports.count
      }
      if count == 3 { binding.finish() }
    }
    sessionWatch = server.sessionWatch
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: FeedService(feed: feed, registrar: registrar, clock: clock), serviceName: "FeedService"),
          .init(service: server, serviceName: "HallServer"),
        ], logger: logger))
    self.group = group
    running = Task { try await group.run() }
    for await _ in bound {}
    kiosk = ports.withLock { $0["kiosk"] ?? 0 }
    hall = ports.withLock { $0["hall"] ?? 0 }
    door = ports.withLock { $0["door"] ?? 0 }
    let claimed = try await HTTP.claim(kiosk, rules.kiosks.map(\.id))
    HTTP.pages.withLock { [kiosk] in $0[kiosk] = claimed }
    if openDay { try await memory.openDay() }
  }

  /// A clock on which nothing happens by itself: no heartbeat of a feed comes between what a test waits for.
  static func clock(_ civil: Timestamp = ManualClock.nine) -> ManualClock {
    ManualClock(civil, sleeping: .whenCancelled)
  }

  /// Whether staff are asked which page is the right one for the first kiosk.
  func contested() -> Bool { pages.isContested("kiosk-1") }

  func stop() async throws {
    await group.triggerGracefulShutdown()
    try await running.value
  }

  /// Clerks AJ001 to AJ009, the coordinator AJ100 and the agents DB001 and DB002, all with the secret `s`.
  static let staff =
    (1...9).map { StaffAccount(StaffMember(badge: "AJ00\($0)", name: "甲", role: .clerk), secretHash: "plain:s") }
    + [
      StaffAccount(StaffMember(badge: "AJ100", name: "乙", role: .coordinator), secretHash: "plain:s"),
      StaffAccount(StaffMember(badge: "DB001", name: "丙", role: .agent), secretHash: "plain:s"),
      StaffAccount(StaffMember(badge: "DB002", name: "丁", role: .agent), secretHash: "plain:s"),
    ]

  /// The folder of the keys of cases, for all halls of a run.
  private static let keys = FileManager.default.temporaryDirectory.path + "/yichuang-case-keys-\(UUID().uuidString)"

  /// Runs `body` against a hall that is stopped afterwards, whatever happens.
  static func with(
    rules: HallRules = .test(), openDay: Bool = true, buffered: Int = 512, lostEpoch: Int64 = 0,
    _ body: @Sendable (LiveHall) async throws -> Void
  ) async throws {
    let hall = try await LiveHall(rules: rules, openDay: openDay, buffered: buffered, lostEpoch: lostEpoch)
    do { try await body(hall) } catch {
      try await hall.stop()
      throw error
    }
    try await hall.stop()
  }

  /// Signs a clerk in and opens the window; the answer is the cookie.
  func signIn(_ badge: String, window: Int? = nil) async throws -> String {
    let answer = try await HTTP.post(hall, "/v1/sessions", #"{"badge":"\#(badge)","secret":"s"}"#)
    let cookie = answer.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
    if let window { _ = try await HTTP.post(hall, "/v1/windows/\(window)/open", "{}", cookie: cookie) }
    return cookie
  }
}

/// What a logger was told, a line each: `refused code=too_fast count=1 …`, the metadata in the order of their names.
final class LogLines: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  var logger: Logger { Logger(label: "security") { _ in Handler(lines: self) } }

  private struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      lines.kept.withLock { $0.append(([event.message.description] + words).joined(separator: " ")) }
    }
  }
}

/// A store that lives as long as the test.
final class MemoryStore: SecretStore {
  private let bytes = Mutex<[UInt8]?>(nil)

  func load() -> [UInt8]? { bytes.withLock { $0 } }

  func save(_ bytes: [UInt8]) -> Bool {
    self.bytes.withLock { $0 = bytes }
    return true
  }
}

/// Runs the feed as the daemon does.
struct FeedService: Service {
  let feed: FeedHub
  let registrar: Registrar
  let clock: any TimeSource

  func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      let work = Task { await feed.run { HallTime(at: await registrar.moment(), clock: clock.now()) } }
      for await _ in AsyncStream<Void>.makeStream().stream.cancelOnGracefulShutdown() {}
      work.cancel()
      await work.value
    } onCancelOrGracefulShutdown: {
    }
  }
}

/// Digests that tell bodies apart, and secrets in clear: enough for the listeners, nothing else.
struct PlainSeal: Sealing {
  func digest(_ bytes: [UInt8]) -> [UInt8] { bytes }
  func keyedDigest(_ bytes: [UInt8]) -> [UInt8] { bytes + [1] }
  func keyedDigest(_ bytes: [UInt8], for purpose: KeyPurpose) -> [UInt8] {
    guard purpose == .caseHolder else { return bytes + Array(purpose.rawValue.utf8) }
    // A pseudonym has a length of its own.
    var digest = [UInt8](repeating: 0, count: 32)
    for (index, byte) in bytes.enumerated() { digest[index % 32] ^= byte }
    return digest
  }
  func hashSecret(_ secret: String) throws -> String { "plain:\(secret)" }
  func verify(secret: String, hash: String) -> Bool { hash == "plain:\(secret)" }
}

enum Repository {
  static func path(_ inside: String) -> String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/" + inside
  }

  static func bytes(_ inside: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(inside))))
  }
}

/// A store on a disk that accepts no writes.
struct FullStore: SecretStore {
  func load() -> [UInt8]? { nil }
  func save(_ bytes: [UInt8]) -> Bool { false }
}
