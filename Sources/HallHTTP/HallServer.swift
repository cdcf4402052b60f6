import Accounts
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import SecurityRecords
import ServiceLifecycle

/// The listeners of a hall: the kiosk's, the staff's, and the staff's behind the door.
///
/// Loopback only, and a UNIX socket for the door: `Settings.Endpoint` accepts no other address.
package struct HallServer: Service {
  /// The backlog of one listener: connections that the system holds until they are accepted.
  ///
  /// It has room for all screens of a hall after a restart. In a flood a new connection waits about a second, because that
  /// is how long accepting a full backlog takes.
  package static let backlog: Int32 = 1024

  private let parts: ServerDependencies
  private let kiosk: HallListener
  private let hall: HallListener
  /// A listener for the door with the hall listener's routes; nil without a door.
  private let door: HallListener?
  /// Ends sessions by the clock; a service of its own.
  package let sessionWatch: SessionWatch

  /// Where a listener accepts.
  package enum Address: Sendable {
    /// Binds a loopback address; port 0 takes a free one.
    case bind(host: String, port: Int)
    /// A socket that listens at a loopback address already; the server closes it.
    case socket(Int32, host: String)

    var host: String {
      switch self {
      case .bind(let host, _), .socket(_, let host): host
      }
    }
  }

  /// Where the hall's door connects, and the addresses under which it shows the hall.
  package struct DoorEntrance: Sendable {
    let address: Address
    let origins: [PublicAddress]

    /// - Parameter hosts: as `PublicAddress` takes them: a name or address, with its port unless that is 443.
    package init(_ address: Address, hosts: [String]) {
      self.address = address
      origins = hosts.map(PublicAddress.init)
    }
  }

  /// - Parameters:
  ///   - door: nil where no other machine shows the hall's pages.
  ///   - connectionsOfListener: connections that each listener may have at a time.
  ///   - limitsConnections: false without deadlines of connections.
  ///   - onListening: called with the port of each listener once it is bound.
  package init(
    _ parts: ServerDependencies, kiosk kioskAddress: Address, hall hallAddress: Address, door: DoorEntrance? = nil,
    connectionsOfListener: Int? = nil, limitsConnections: Bool = true,
    onListening: @escaping @Sendable (_ listener: String, _ port: Int) -> Void = { _, _ in }
  ) {
    let most = connectionsOfListener ?? DescriptorBudget.connectionsOfListener(listeners: door == nil ? 2 : 3)
    func listener(
      _ name: String, _ address: Address,
      _ router: (ServerDependencies, ListeningPort, ConnectionTable) -> Router<HallContext>
    ) -> HallListener {
      var logger = parts.logger
      logger[metadataKey: "listener"] = "\(name)"
      let (bound, table) = (ListeningPort(host: address.host), ConnectionTable(limits: .init(all: most)))
      return HallListener(
        address: address, table: table, isLimited: limitsConnections,
        responder: router(parts, bound, table).buildResponder(),
        logger: logger
      ) { port in
        bound.bind(port)
        onListening(name, port)
      }
    }
    self.parts = parts
    kiosk = listener("kiosk", kioskAddress, Self.kioskRouter)
    let sessions = Self.sessions(parts)
    sessionWatch = SessionWatch(sessions: sessions, clock: parts.clock)
    let board = BoardRoutes(endpoint: CommandEndpoint(parts: parts, listener: .hall))
    let today = TodayRoutes(endpoint: CommandEndpoint(parts: parts, listener: .hall))
    parts.admission.observe { boardChanged in
      sessions.review()
      if boardChanged { parts.feed.cutBoards() }
    }
    hall = listener("hall", hallAddress) { parts, port, table in
      Self.hallRouter(parts, sessions, board, today, .loopback(port, publicAddress: parts.publicAddress), table)
    }
    self.door = door.map { door in
      listener("door", door.address) { parts, _, table in
        Self.hallRouter(parts, sessions, board, today, .door(door.origins), table)
      }
    }
  }

  /// Method and path of every route of a listener, `GET /v1/tickets/{id}`: a test compares them with docs/openapi.yaml.
  package static func routes(_ parts: ServerDependencies) -> (kiosk: [String], hall: [String]) {
    func list(_ router: Router<HallContext>) -> [String] {
      router.routes.map { route in
        let path = route.path.description.split(separator: "/").map { part in
          part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
        }
        return "\(route.method) /" + path.joined(separator: "/")
      }.sorted()
    }
    let table = ConnectionTable(limits: .init(all: 1))
    return (
      list(kioskRouter(parts, ListeningPort(host: "127.0.0.1"), table)),
      list(
        hallRouter(
          parts, sessions(parts), BoardRoutes(endpoint: CommandEndpoint(parts: parts, listener: .hall)),
          TodayRoutes(endpoint: CommandEndpoint(parts: parts, listener: .hall)), .door([]), table))
    )
  }

  package func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await kiosk.run() }
      group.addTask { try await hall.run() }
      if let door { group.addTask { try await door.run() } }
      group.addTask { await parts.signIns.run(parts.registrar, parts.logger) }
      group.addTask { await parts.emergencies.run(parts.registrar, parts.logger) }
      try await group.next()
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private static func kioskRouter(
    _ parts: ServerDependencies, _ port: ListeningPort, _ table: ConnectionTable
  ) -> Router<HallContext> {
    let router = Router(context: HallContext.self)
    let endpoint = CommandEndpoint(parts: parts, listener: .kiosk)
    let routes = RouteTable()
    router.add(
      middleware: RequestGuard(
        entrance: .loopback(port, publicAddress: nil), routes: routes, listener: "kiosk", security: parts.security,
        table: table, isTraining: parts.isTraining))
    router.add(middleware: PageMiddleware(parts: parts))
    router.add(middleware: KnownClientMiddleware(table: table, board: nil))
    PageClaimRoutes(endpoint: endpoint).add(to: router)
    HallRoutes(endpoint: endpoint).add(to: router)
    TicketRoutes(endpoint: endpoint).add(to: router)
    NoticeRoutes(endpoint: endpoint).add(to: router)
    ReservationRoutes(endpoint: endpoint).add(to: router)
    CaseRoutes(endpoint: endpoint).add(toKiosk: router)
    AgencyRoutes(endpoint: endpoint).add(toKiosk: router)
    KioskRoutes(endpoint: endpoint).add(to: router)
    BeatRoutes(endpoint: endpoint).add(toKiosk: router)
    ScreenRoutes(endpoint: endpoint).add(to: router)
    ReaderRoutes(endpoint: endpoint).add(to: router)
    CodeRoutes(endpoint: endpoint).add(toKiosk: router)
    FeedRoutes(endpoint: endpoint, board: nil).add(to: router)
    HealthRoutes(endpoint: endpoint, listener: "kiosk", table: table).add(to: router)
    let folders = ["touch", "shared", "locales"] + (parts.demo ? ["dock"] : [])
    PageRoutes(pages: parts.pages, folders: folders, home: "/touch/").add(to: router)
    routes.note(router)
    return router
  }

  /// The sessions of the staff; the feeds of one end with it.
  private static func sessions(_ parts: ServerDependencies) -> SessionStore {
    SessionStore(
      admission: parts.admission, sealing: parts.sealing, clock: parts.clock, entropy: parts.entropy,
      store: parts.sessionStore
    ) { session, why in
      parts.feed.cut(session: session.id)
      var by: String?
      if case .ended(let badge) = why { by = badge }
      parts.security.note(
        .sessionEnded, [.badge: session.badge, .source: session.source, .why: why.code, .by: by])
      parts.signIns.signedOut(session, why, parts.feed.rules)
    }
  }

  private static func hallRouter(
    _ parts: ServerDependencies, _ sessions: SessionStore, _ board: BoardRoutes, _ today: TodayRoutes,
    _ entrance: Entrance, _ table: ConnectionTable
  ) -> Router<HallContext> {
    let router = Router(context: HallContext.self)
    let endpoint = CommandEndpoint(parts: parts, listener: .hall)
    let (routes, name) = (RouteTable(), entrance.isDoor ? "door" : "hall")
    router.add(
      middleware: RequestGuard(
        entrance: entrance, routes: routes, listener: name, security: parts.security,
        table: table, isTraining: parts.isTraining, elsewhere: parts.machines.doors))
    router.add(middleware: SessionMiddleware(sessions: sessions))
    router.add(middleware: KnownClientMiddleware(table: table, board: board))
    MachineRoutes(endpoint: endpoint).add(to: router)
    LeaseRoutes(endpoint: endpoint).add(to: router)
    HallRoutes(endpoint: endpoint).add(to: router)
    TicketRoutes(endpoint: endpoint).add(to: router)
    NoticeRoutes(endpoint: endpoint).add(to: router)
    ReservationRoutes(endpoint: endpoint).add(to: router)
    ReservationRoutes(endpoint: endpoint).add(toHall: router)
    CaseRoutes(endpoint: endpoint).add(toHall: router)
    CaseSearchRoutes(endpoint: endpoint).add(to: router)
    ConsultRoutes(endpoint: endpoint).add(to: router)
    AgencyRoutes(endpoint: endpoint).add(toHall: router)
    WindowRoutes(endpoint: endpoint).add(to: router)
    PriorityRoutes(endpoint: endpoint).add(to: router)
    OrderRoutes(endpoint: endpoint).add(to: router)
    AttendanceRoutes(endpoint: endpoint).add(to: router)
    DutyRoutes(endpoint: endpoint).add(to: router)
    TrainingRoutes(endpoint: endpoint).add(to: router)
    EmergencyRoutes(endpoint: endpoint).add(to: router)
    PageClaimRoutes(endpoint: endpoint).add(to: router)
    SessionRoutes(endpoint: endpoint, sessions: sessions).add(to: router)
    AccountRoutes(endpoint: endpoint, sessions: sessions).add(to: router)
    AuditRoutes(endpoint: endpoint).add(to: router)
    StaffRoutes(endpoint: endpoint).add(to: router)
    today.add(to: router)
    ArrangementRoutes(endpoint: endpoint).add(to: router)
    DoorRoutes(endpoint: endpoint).add(to: router)
    CodeRoutes(endpoint: endpoint).add(to: router, admission: parts.admission)
    board.add(to: router)
    BeatRoutes(endpoint: endpoint).add(to: router, board)
    ClerkRoutes(endpoint: endpoint, board: board).add(to: router)
    FeedRoutes(endpoint: endpoint, board: board, sessions: sessions).add(to: router)
    HealthRoutes(endpoint: endpoint, listener: name, table: table).add(to: router)
    PageRoutes(pages: parts.pages, folders: ["window", "manage", "board", "shared", "locales"], home: "/window/").add(
      to: router)
    routes.note(router)
    return router
  }
}
