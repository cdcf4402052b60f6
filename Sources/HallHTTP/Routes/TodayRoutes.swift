import Accounts
import Hall
import Hummingbird
import Ports
import Synchronization
import Views

/// The day at a glance, for coordinators.
struct TodayRoutes: Sendable {
  let endpoint: CommandEndpoint
  /// The day's waits as far as somebody has looked; both listeners of the hall share it.
  private let waits: SharedWaits

  init(endpoint: CommandEndpoint) {
    self.endpoint = endpoint
    waits = SharedWaits()
  }

  private final class SharedWaits: Sendable {
    let waits = Mutex(HallWaits())
  }

  func add(to router: Router<HallContext>) {
    router.get("v1/today") { _, context in
      _ = try context.require(.runDay)
      return await today()
    }
  }

  private func today() async -> Response {
    let parts = endpoint.parts
    var readers: [String: [PresentReader]] = [:]
    for kiosk in parts.feed.rules.kiosks { readers[kiosk.id] = await parts.readers?.devices(at: kiosk.id) ?? [] }
    let names = Dictionary(
      parts.admission.accounts().map { ($0.member.badge, $0.member.name) }, uniquingKeysWith: { first, _ in first })
    let facts = TodayFacts(
      now: await parts.time(), faults: await parts.faults(), printers: await parts.printers(), readers: readers,
      backup: parts.backup(), synchronisedAt: parts.synchronisedAt(), names: names)
    let waits = waits
    return await endpoint.look { state, rules in
      let views = HallViews(state, rules)
      let followed = waits.waits.withLock { waits in
        waits.follow(state.figures, views.figuresTerms)
        return waits
      }
      return views.today(facts, waits: followed)
    }
  }
}
