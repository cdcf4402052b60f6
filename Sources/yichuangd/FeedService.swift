import HallHTTP
import ServiceLifecycle

/// Keeps the feeds running until the listeners have gone down.
struct FeedService: Service {
  let feed: FeedHub

  func run() async throws {
    await cancelWhenGracefulShutdown { await feed.run() }
  }
}
