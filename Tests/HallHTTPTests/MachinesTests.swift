import Accounts
import Groundwork
import Hall
import HallHTTP
import Ports
import Registrar
import Synchronization
import TestKit
import Testing

/// Goal: what holds at one machine of a hall holds at the others, and a hall with one machine has nothing of it.
@Suite("Several machines")
struct MachinesTests {
  private let badge = "AJ001"

  private func admission(_ hash: String = "plain:s", _ store: MemoryStore = MemoryStore()) -> Admission {
    let member = StaffMember(badge: badge, name: "演示员", role: .clerk)
    return Admission(
      staff: [StaffAccount(member, secretHash: hash)], boardToken: "board-token-of-the-test", sealing: PlainSeal(),
      store: store)
  }

  /// What a machine of the time `at` sends after its owner has chosen a secret there.
  private func chosen(_ hash: String, at: Int64, configured: String = "plain:s") -> [UInt8] {
    let own = [
      #""badge":"\#(badge)""#, #""replaces":"\#(PlainSeal().digest(Array(configured.utf8)).hexadecimal)""#,
      #""hash":"\#(hash)""#, #""changed":\#(at)"#,
    ]
    return Array("{\(own.joined(separator: ","))}".utf8)
  }

  private func hash(_ admission: Admission) -> String? { admission.accounts().first?.secretHash }

  @Test("the later of two secrets holds at every machine, whichever is heard first")
  func later() {
    let (early, late) = (chosen("plain:early", at: 1_000), chosen("plain:late", at: 2_000))
    for order in [[early, late], [late, early]] {
      let store = MemoryStore()
      let here = admission("plain:s", store)
      for one in order { _ = here.exchange([one]) }
      #expect(hash(here) == "plain:late")
      // A start has it too.
      #expect(hash(admission("plain:s", store)) == "plain:late")
      // What the others have is not sent, what they have not is.
      #expect(here.exchange([late]).isEmpty)
      #expect(here.exchange([early]).keys.sorted() == [badge])
      #expect(here.exchange([]).keys.sorted() == [badge])
    }
  }

  @Test("at the same moment all machines decide alike")
  func tie() {
    let (one, two) = (chosen("plain:one", at: 1_000), chosen("plain:two", at: 1_000))
    let machines = [[one, two], [two, one]].map { order in
      let here = admission()
      for secret in order { _ = here.exchange([secret]) }
      return here
    }
    #expect(hash(machines[0]) == hash(machines[1]))
  }

  @Test("a secret that replaced another hash than the configuration's, and what is none, changes nothing")
  func outdated() {
    let here = admission("plain:new")
    #expect(here.exchange([chosen("plain:old", at: 9_000), Array("{".utf8), [], Array("[[]]".utf8)]).isEmpty)
    #expect(hash(here) == "plain:new")
  }

  @Test("a hall with one machine has no other doors, and no pass lets a board in")
  func alone() async throws {
    try await LiveHall.with { live in
      #expect(try await HTTP.get(live.hall, "/v1/board/machines").status == 401)
      let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
      let cookie = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      let told = try await HTTP.get(live.hall, "/v1/board/machines", cookie: cookie)
      #expect(told.text == #"{"doors":[],"decides":true,"pass":null}"#)
      let pass = PlainSeal().keyedDigest(Array("board pass|board-token-of-the-test".utf8)).hexadecimal
      #expect(try await HTTP.get(live.hall, "/board/enter?pass=\(pass)").status == 403)
    }
  }
}
