import Accounts
import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import NIOCore
import Ports
import Registrar
import ServiceLifecycle
import Views

/// The feeds: server-sent events with snapshot, exact resume and heartbeat (docs/API.md, Feeds).
struct FeedRoutes {
  let endpoint: CommandEndpoint
  /// On the hall listener: checks board cookies.
  let board: BoardRoutes?
  /// On the hall listener.
  var sessions: SessionStore?

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    if let board {
      router.get("v1/feed") { request, context in
        let session = try context.requireStaff()
        let printers = await parts.printers()
        return try await stream(.staff, request, context, session: session.id) { state, rules, faults, now in
          HallViews(state, rules).queue(now: now, faults: faults, printers: printers)
        }
      }
      router.get("v1/feed/public") { request, context in
        try board.admit(request, context)
        return try await stream(.board, request, context, session: nil) { state, rules, _, now in
          HallViews(state, rules).board(now: now)
        }
      }
    } else {
      router.get("v1/feed/kiosk") { request, context in
        let named = request.uri.queryParameters.get("kiosk").map { String($0) }
        let (id, page) = try context.requirePage(named, parts.feed.rules)
        return try await stream(.kiosk(id), request, context, session: FeedHub.session(of: page), page: page) {
          state, rules, faults, now in
          HallViews(state, rules).hall(now: now, faults: faults, frequent: parts.frequent(), demo: parts.demo)
        }
      }
    }
  }

  private func stream(
    _ audience: FeedHub.Audience, _ request: Request, _ context: HallContext, session: String?,
    page: PageClaims.PageID? = nil,
    _ snapshot: @Sendable (HallState, HallRules, [PresentFault], HallTime) -> [UInt8]
  ) async throws -> Response {
    let parts = endpoint.parts
    let faults = await parts.faults()
    let now = await parts.time()
    let first = await parts.registrar.readShown { state, rules in
      let data = snapshot(state, rules, faults, now)
      let id = "\(state.epoch).\(state.sequence)"
      return (sequence: state.sequence, frame: EventFrames.frame(id, "snapshot", data: data))
    }
    let last = request.headers[.lastEventID].flatMap { $0.utf8.count <= 64 ? $0 : nil }
    let ending = FeedEnding(context.channel)
    let subscription = try parts.feed.subscribe(
      audience, session: session, last: last, now: now, snapshot: first,
      also: audience == .staff ? parts.emergencies.present : nil,
      hears: { code in
        if case .kiosk(let id) = audience { parts.kioskPages.knows(code, at: id) } else { true }
      }, onCut: { ending.begin() })
    // The session may have ended while it subscribed. Then nothing would end this feed.
    if audience == .staff, let session, sessions?.isOpen(session) == false {
      parts.feed.leave(subscription.id)
      throw Problem.unauthorized
    }
    let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        defer {
          parts.feed.leave(subscription.id)
          ending.finish()
        }
        // A page holds its kiosk while its feed is connected.
        let held: (page: PageClaims.PageID, kiosk: String)? =
          if case .kiosk(let id) = audience { page.map { ($0, id) } } else { nil }
        if let held { parts.kioskPages.attach(held.page, held.kiosk) }
        defer { if let held { parts.kioskPages.detach(held.page, held.kiosk) } }
        try await request.body.consumeWithCancellationOnInboundClose { _ in
          for await frame in subscription.frames.cancelOnGracefulShutdown() {
            try await writer.write(ByteBuffer(bytes: frame))
          }
        }
        try await writer.finish(nil)
      })
  }
}
