import Groundwork
import Testing

@testable import Hall

@Suite("publishing a catalogue")
struct PublishingTests {
  private static func publish(_ version: String, _ cause: CataloguePublished.Cause = .start) -> Command {
    .catalogue(
      .publishCatalogue(
        PublishCatalogue(version: version, content: version + version, items: 3, cause: cause)))
  }

  @Test("a version is an event once: with what, by whom and when; the same again is none")
  func once() throws {
    var bench = Bench()
    let before = bench.state.sequence
    #expect(try bench.ask(Self.publish("aa"), by: .system) == .done)
    #expect(bench.state.sequence == before + 1)
    let first = try #require(bench.state.catalogue.current)
    #expect(first.version == "aa" && first.content == "aaaa" && first.items == 3 && first.cause == .start)
    #expect(first.actor == .system && first.at == bench.state.lastAt)
    _ = try bench.ask(Self.publish("aa", .reload), by: .operator)
    #expect(bench.state.sequence == before + 1, "a restart publishes nothing")
    _ = try bench.ask(Self.publish("bb", .reload), by: .operator)
    _ = try bench.ask(Self.publish("aa", .reload), by: .operator)
    #expect(bench.state.catalogue.published.map(\.version) == ["aa", "bb", "aa"], "an old version may come back")
    #expect(bench.state.catalogue.content(of: "bb") == "bbbb" && bench.state.catalogue.content(of: "cc") == nil)
  }

  @Test("nobody at a kiosk or window publishes, and nothing is published into a journal that waits for staff")
  func refused() throws {
    var bench = Bench()
    #expect(bench.refusal(Self.publish("aa"), by: .kiosk("kiosk-1")) == .request(.coordinatorOnly))
    #expect(bench.refusal(Self.publish("aa"), by: .staff(badge: "AJ001", role: .clerk)) == .request(.coordinatorOnly))
    bench.state.isAccepted = false
    #expect(bench.refusal(Self.publish("aa"), by: .system) == .day(.journalNotAccepted))
  }

  @Test("the code of an old notice opens it for half a year")
  func oldNotices() throws {
    var state = HallState()
    let code = PublicCode(entropy: 7)
    let start = Timestamp(milliseconds: 1_795_396_357_000)
    let notice = Notice(
      code: code, number: "GZ-500151105-20261123-0001", date: CivilDate(daysSinceEpoch: 20_780), ordinal: 1, item: "A",
      situations: [], catalogueVersion: "aa",
      issuedAt: start,
      ticket: nil, kiosk: nil, slip: nil)
    state.notices.recent[code] = notice
    state.notices.forget(issuedBefore: start)
    #expect(state.notices[code] == notice, "of this day")
    state.notices.forget(issuedBefore: start.adding(seconds: 86_400))
    #expect(state.notices.recent.isEmpty && state.notices.notice(code) == notice)
    state.notices.forget(issuedBefore: start.adding(seconds: NoticeState.daysKept * 86_400))
    #expect(state.notices.notice(code) == notice)
    state.notices.forget(issuedBefore: start.adding(seconds: (NoticeState.daysKept + 1) * 86_400))
    #expect(state.notices.notice(code) == nil)
  }
}
