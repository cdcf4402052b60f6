import Groundwork
import Hall
package import Ports
package import Registrar
import ServiceLifecycle
import Views

/// Tells every screen when the hall's day changes by the clock alone: intake stops, the hall closes, it opens.
///
/// The journal has no event for those moments, so without it a screen would show 开放 until something else happens.
package actor DayPhaseFeed: Service {
  private let registrar: Registrar
  private let feed: FeedHub
  private let clock: any TimeSource
  /// The last frame sent to the screens; nil before the first look.
  private var told: [UInt8]?

  package init(registrar: Registrar, feed: FeedHub, clock: any TimeSource) {
    self.registrar = registrar
    self.feed = feed
    self.clock = clock
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: 1_000)
      }
    }
  }

  /// One look at the clock. The first sends nothing, because every snapshot has the day.
  package func look() async {
    let now = clock.now()
    let rules = feed.rules
    let at = await registrar.moment()
    let (phase, frame) = await registrar.readShown { state, _ in
      let views = HallViews(state, rules)
      var json = JSONText()
      views.day(now: now, into: &json)
      let frame = EventFrames.frame(nil, "dayChanged") { json in
        json.field("at", rules.zone.rfc3339(at))
        views.day(now: now, key: "day", into: &json)
      }
      return (json.bytes, frame)
    }
    defer { told = phase }
    guard let told, told != phase else { return }
    feed.tell(frame) { _ in true }
  }
}
