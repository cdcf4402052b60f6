import HTTPTypes
import Hummingbird
import Synchronization

/// The routes of a listener by path, so that a known path with another method is answered with the allowed ones (RFC
/// 9110 §15.5.6).
final class RouteTable: Sendable {
  private let routes = Mutex<[(method: String, parts: [String])]>([])

  func note(_ router: Router<HallContext>) {
    let noted = router.routes.map { route in
      (method: route.method.rawValue, parts: route.path.description.split(separator: "/").map(String.init))
    }
    routes.withLock { $0 = noted }
  }

  /// The methods that a path takes, sorted; empty for a path that does not exist.
  func methods(of path: String) -> [String] {
    let asked = path.split(separator: "/").map(String.init)
    let found = routes.withLock { routes in
      routes.filter { route in
        route.parts.count == asked.count && zip(route.parts, asked).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
      }.map(\.method)
    }
    return Set(found).sorted()
  }
}
