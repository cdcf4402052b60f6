import Accounts
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Both listeners of a hall: the kiosk's and the staff's.
///
/// Loopback only: `Settings.Endpoint` accepts no other address.
package struct HallServer: Service {
  /// Connections of one listener at the same time: a thousand screens and as many again.
  static let connections = 2048

  private let kiosk: Application<RouterResponder<HallContext>>
  private let hall: Application<RouterResponder<HallContext>>
  /// Ends sessions by the clock; a service of its own.
  package let sessionWatch: SessionWatch

  /// - Parameters:
  ///   - kioskHost, hallHost: loopback addresses.
  ///   - kioskPort, hallPort: their ports; 0 takes a free one.
  ///   - onListening: called with the port of each listener once it is bound.
  package init(
    _ parts: ServerDependencies, kioskHost: String = "127.0.0.1", kioskPort: Int, hallHost: String = "127.0.0.1",
    hallPort: Int,
    onListening: @escaping @Sendable (_ listener: String, _ port: Int) -> Void = { _, _ in }
  ) {
    let kioskBound = ListeningPort(host: kioskHost)
    let hallBound = ListeningPort(host: hallHost)
    kiosk = Self.application(Self.kioskRouter(parts, kioskBound), kioskHost, kioskPort, "kiosk", parts) { port in
      kioskBound.bind(port)
      onListening("kiosk", port)
    }
    let sessions = Self.sessions(parts)
    sessionWatch = SessionWatch(sessions: sessions, clock: parts.clock)
    hall = Self.application(Self.hallRouter(parts, sessions, hallBound), hallHost, hallPort, "hall", parts) { port in
      hallBound.bind(port)
      onListening("hall", port)
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
    return (
      list(kioskRouter(parts, ListeningPort(host: "127.0.0.1"))),
      list(hallRouter(parts, sessions(parts), ListeningPort(host: "127.0.0.1")))
    )
  }

  package func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await kiosk.run() }
      group.addTask { try await hall.run() }
      try await group.next()
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private static func application(
    _ router: Router<HallContext>, _ host: String, _ port: Int, _ name: String, _ parts: ServerDependencies,
    _ onListening: @escaping @Sendable (Int) -> Void
  ) -> Application<RouterResponder<HallContext>> {
    var logger = parts.logger
    logger[metadataKey: "listener"] = "\(name)"
    return Application(
      router: router,
      server: HTTPServerBuilder { HallChannel(responder: $0) },
      configuration: .init(
        address: .hostname(host, port: port), serverName: nil, backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(connections)),
      onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
      logger: logger)
  }

  private static func kioskRouter(_ parts: ServerDependencies, _ port: ListeningPort) -> Router<HallContext> {
    let router = Router(context: HallContext.self)
    let endpoint = CommandEndpoint(parts: parts, listener: .kiosk)
    let book = RouteTable()
    router.add(
      middleware: RequestGuard(port: port, book: book, listener: .kiosk, security: parts.security, publicAddress: nil))
    router.add(middleware: PageMiddleware(parts: parts))
    PageClaimRoutes(endpoint: endpoint).add(to: router)
    HallRoutes(endpoint: endpoint).add(to: router)
    TicketRoutes(endpoint: endpoint).add(to: router)
    NoticeRoutes(endpoint: endpoint).add(to: router)
    KioskRoutes(endpoint: endpoint).add(to: router)
    ScreenRoutes(endpoint: endpoint).add(to: router)
    ReaderRoutes(endpoint: endpoint).add(to: router)
    CodeRoutes(endpoint: endpoint).add(toKiosk: router)
    FeedRoutes(endpoint: endpoint, board: nil).add(to: router)
    HealthRoutes(endpoint: endpoint).add(to: router)
    let folders = ["touch", "shared", "locales"] + (parts.demo ? ["dock"] : [])
    PageRoutes(pages: parts.pages, folders: folders, home: "/touch/").add(to: router)
    book.note(router)
    return router
  }

  /// The sessions of the staff; the feeds of one end with it.
  private static func sessions(_ parts: ServerDependencies) -> SessionStore {
    SessionStore(
      admission: parts.admission, sealing: parts.sealing, clock: parts.clock, entropy: parts.entropy,
      store: parts.sessionStore
    ) { session, _ in parts.feed.cut(session: session.id) }
  }

  private static func hallRouter(
    _ parts: ServerDependencies, _ sessions: SessionStore, _ port: ListeningPort
  ) -> Router<HallContext> {
    let router = Router(context: HallContext.self)
    let endpoint = CommandEndpoint(parts: parts, listener: .hall)
    parts.admission.observe { boardChanged in
      sessions.review()
      if boardChanged { parts.feed.cutBoards() }
    }
    let board = BoardRoutes(endpoint: endpoint)
    let book = RouteTable()
    router.add(
      middleware: RequestGuard(
        port: port, book: book, listener: .hall, security: parts.security, publicAddress: parts.publicAddress))
    router.add(middleware: SessionMiddleware(sessions: sessions))
    HallRoutes(endpoint: endpoint).add(to: router)
    TicketRoutes(endpoint: endpoint).add(to: router)
    NoticeRoutes(endpoint: endpoint).add(to: router)
    WindowRoutes(endpoint: endpoint).add(to: router)
    PageClaimRoutes(endpoint: endpoint).add(to: router)
    SessionRoutes(endpoint: endpoint, sessions: sessions).add(to: router)
    StaffRoutes(endpoint: endpoint).add(to: router)
    CodeRoutes(endpoint: endpoint).add(to: router, admission: parts.admission)
    board.add(to: router)
    ClerkRoutes(endpoint: endpoint, board: board).add(to: router)
    FeedRoutes(endpoint: endpoint, board: board, sessions: sessions).add(to: router)
    HealthRoutes(endpoint: endpoint).add(to: router)
    PageRoutes(pages: parts.pages, folders: ["window", "board", "shared", "locales"], home: "/window/").add(to: router)
    book.note(router)
    return router
  }
}
