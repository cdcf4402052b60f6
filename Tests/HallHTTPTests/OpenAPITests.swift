import HallHTTP
import Testing
import TestKit

/// docs/openapi.yaml and the routes agree: every served route is described, and every described route is served.
@Suite("The API's description")
struct OpenAPITests {
  @Test("every route is described for its listener, and every description has its route")
  func bothWays() async throws {
    try await LiveHall.with { live in
      let described = try Self.described()
      for (listener, routes) in [("kiosk", live.routes.kiosk), ("hall", live.routes.hall)] {
        let served = Set(routes.filter(Self.isOfAPI))
        let written = Set(described.filter { $0.listeners.contains(listener) }.map(\.route))
        #expect(served.subtracting(written).isEmpty, "served by \(listener) but not described")
        #expect(written.subtracting(served).isEmpty, "described for \(listener) but not served")
        #expect(served.count > 10)
      }
    }
  }

  /// Pages are not part of the API; a board's link is.
  static func isOfAPI(_ route: String) -> Bool {
    ["/v1/", "/healthz", "/readyz", "/metrics", "/board/enter"].contains { route.contains(" \($0)") }
  }

  /// The operations of the file, read by its indentation: paths two deep, methods four.
  static func described() throws -> [(route: String, listeners: [String])] {
    let text = String(decoding: try Repository.bytes("docs/openapi.yaml"), as: UTF8.self)
    var found: [(route: String, listeners: [String])] = []
    var path = ""
    var isInListeners = false
    for line in text.split(separator: "\n") {
      let indent = line.prefix { $0 == " " }.count
      let word = line.drop { $0 == " " }
      if indent == 2, word.hasPrefix("/"), word.hasSuffix(":") { path = String(word.dropLast()) }
      if indent == 4, !path.isEmpty, ["get:", "post:", "delete:"].contains(word) {
        found.append(("\(word.dropLast().uppercased()) \(path)", []))
      }
      if isInListeners, word.hasPrefix("- "), !found.isEmpty {
        found[found.count - 1].listeners.append(String(word.dropFirst(2)))
      } else {
        isInListeners = word == "x-listeners:"
      }
      if line == "components:" { path = "" }
    }
    return found
  }
}
