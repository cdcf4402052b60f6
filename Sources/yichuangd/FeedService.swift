import HallHTTP
import Ports
import Registrar
import ServiceLifecycle
import Views

/// Keeps the feeds running until the listeners have gone down.
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
