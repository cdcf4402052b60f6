import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Accepts the connections of one listener and serves them until shutdown.
struct HallListener: Service {
  /// The most connections that are being closed and have not ended; with more, accepting waits.
  static let leaving = 64

  let address: HallServer.Address
  let table: ConnectionTable
  /// False without deadlines and limits, where programs and not people are the clients.
  let isLimited: Bool
  let responder: RouterResponder<HallContext>
  let logger: Logger
  let onListening: @Sendable (_ port: Int) -> Void

  func run() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let quiescing = ServerQuiescingHelper(group: group)
    let child = HallChannel(table: hasLimits ? table : nil, responder: respond)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(ChannelOptions.backlog, value: HallServer.backlog)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(
            hasLimits
              ? AcceptHandler(most: table.limits.all + Self.leaving)
              : AvailableConnectionsChannelHandler(maxConnections: 2048))
          try pipeline.addHandler(quiescing.makeServerChannelHandler(channel: channel))
        }
      }
    let server =
      switch address {
      case .bind(let host, let port):
        try await bootstrap.bind(host: host, port: port) { child.setup(channel: $0, logger: logger) }
      case .socket(let descriptor, _):
        try await bootstrap.bind(descriptor) { child.setup(channel: $0, logger: logger) }
      }
    if case .socket(let descriptor, _) = address {
      // NIO listens again at a socket that it is given, with a backlog of 128 whatever the option says.
      Glibc.listen(descriptor, HallServer.backlog)
    }
    onListening(server.channel.localAddress?.port ?? 0)
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { tasks in
        do {
          try await server.executeThenClose { connections in
            for try await connection in connections {
              tasks.addTask { await child.handle(value: connection, logger: logger) }
            }
          }
        } catch {
          logger.error("a listener ended", metadata: ["why": "\(error)"])
        }
      }
    } onGracefulShutdown: {
      quiescing.initiateShutdown(promise: nil)
    }
  }

  @Sendable
  private func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    let context = HallContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
    var response: Response
    do {
      response = try await responder.respond(to: request, context: context)
    } catch let fault as HTTPParserError {
      throw fault
    } catch {
      response = Response(status: .internalServerError)
    }
    response.headers[.date] = HTTPDate.now()
    do {
      try await writer.write(response: response.head, body: response.body)
    } catch is HTTPParserError {
      // Part of the response is written, so no error response can follow.
      throw CancellationError()
    }
  }

  /// False in a debug build that is started with `YICHUANG_TEST_CONNECTIONS_UNLIMITED`: the control of `Tests/strangers`.
  private var hasLimits: Bool {
    #if DEBUG
      isLimited && getenv("YICHUANG_TEST_CONNECTIONS_UNLIMITED") == nil
    #else
      isLimited
    #endif
  }
}
