import Testing
import TestKit

/// Goal: guesses of strangers keep no member from signing in. Method: real listeners, addresses of 127.0.0.0/8 as other machines.
@Suite("A flood at the sign-in")
struct SignInFloodTests {
  private static let right = #"{"badge":"AJ001","secret":"s"}"#

  private func signIn(_ live: LiveHall, cookie: String? = nil, from source: String) async throws -> HTTP.Answer {
    try await HTTP.post(live.hall, "/v1/sessions", Self.right, cookie: cookie, from: source)
  }

  @Test("while strangers guess made-up and real badges from many addresses, a known console signs in 100 times of 100")
  func known() async throws {
    try await LiveHall.with { live in
      let first = try await signIn(live, from: "127.0.0.2")
      let device = "yichuang_device_AJ001=\(first.cookies["yichuang_device_AJ001"] ?? "?")"
      try await withThrowingTaskGroup(of: [Int].self) { group in
        for stranger in 0..<24 {
          group.addTask {
            var statuses: [Int] = []
            for attempt in 0..<60 {
              let badge = attempt % 3 == 0 ? "AJ001" : "ZZ\(stranger)\(attempt)"
              let guess = #"{"badge":"\#(badge)","secret":"guess\#(attempt)"}"#
              let answer = try await HTTP.post(
                live.hall, "/v1/sessions", guess, cookie: "", from: "127.0.\(1 + stranger / 8).\(10 + stranger % 8)")
              statuses.append(answer.status)
            }
            return statuses
          }
        }
        for _ in 0..<100 {
          let answer = try await signIn(live, cookie: device, from: "127.0.0.2")
          #expect(answer.status == 201, "\(answer.text)")
        }
        // A console at an address from which nobody guessed is heard too, though it is unknown.
        #expect(try await signIn(live, cookie: "", from: "127.0.0.99").status == 201)
        var statuses: [Int] = []
        for try await some in group { statuses += some }
        #expect(Set(statuses).isSubset(of: [401, 429, 503]))
        // The control: most guesses were turned away unread, or this was no flood.
        #expect(statuses.count { $0 != 401 } > statuses.count / 2)
      }
    }
  }

  @Test("a console knows its clerks: a colleague signs in there for the first time while the address is slowed")
  func colleague() async throws {
    try await LiveHall.with { live in
      let first = try await signIn(live, from: "127.0.0.2")
      let device = "yichuang_device_AJ001=\(first.cookies["yichuang_device_AJ001"] ?? "?")"
      for number in 0..<12 {
        _ = try await HTTP.post(
          live.hall, "/v1/sessions", #"{"badge":"ZZ\#(number)","secret":"x"}"#, cookie: "", from: "127.0.0.2")
      }
      let other = #"{"badge":"AJ002","secret":"s"}"#
      #expect(try await HTTP.post(live.hall, "/v1/sessions", other, cookie: "", from: "127.0.0.2").status == 429)
      #expect(try await HTTP.post(live.hall, "/v1/sessions", other, cookie: device, from: "127.0.0.2").status == 201)
    }
  }
}
