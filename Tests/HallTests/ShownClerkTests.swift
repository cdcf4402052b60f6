import Groundwork
import Hall
import Testing

/// Goal: the screen over a window shows the badge of who really serves there, and whether somebody stands in.
@Suite("The clerk that is shown over a window")
struct ShownClerkTests {
  private static let hours: OpeningHours = {
    let day = [
      OpeningHours.Session(from: time("09:00"), to: time("12:00")),
      OpeningHours.Session(from: time("14:00"), to: time("17:30")),
    ]
    return OpeningHours(
      sessions: Dictionary(uniqueKeysWithValues: [.monday, .tuesday, .wednesday].map { ($0, day) }), cutOffMinutes: 15)
  }()

  private func note(
    _ bench: inout Bench, _ badge: String, for other: String, session: Int? = nil, on date: String = "2026-11-23"
  ) throws {
    let noted = AttendanceNoted(
      badge: badge, date: try #require(CivilDate(date)), session: session, kind: .substitute, substituted: other)
    try bench.ask(.staff(.noteAttendance(noted)), by: .coordinator)
  }

  private func shown(_ bench: Bench) -> ShownClerk? { bench.state.shownClerk(at: 1, bench.rules, at: bench.now) }

  @Test("the badge that is signed in there, and nobody at a closed window")
  func plain() throws {
    var bench = try Bench.open()
    #expect(shown(bench) == ShownClerk(badge: "AJ001", isSubstitute: false))
    try bench.at(1, .close)
    #expect(shown(bench) == nil)
  }

  @Test("a substitute who signed in is shown as one")
  func signedIn() throws {
    var bench = try Bench.open()
    try note(&bench, "AJ001", for: "AJ009")
    #expect(shown(bench) == ShownClerk(badge: "AJ001", isSubstitute: true))
    try note(&bench, "AJ001", for: "AJ009", on: "2026-11-24")
    try bench.closeDay()
    bench.now = moment("2026-11-24 09:00")
    try bench.openDay()
    #expect(shown(bench)?.isSubstitute == true && bench.state.staff.substitutes.count == 1)
    try bench.closeDay()
    bench.now = moment("2026-11-25 09:00")
    try bench.openDay()
    #expect(shown(bench) == ShownClerk(badge: "AJ001", isSubstitute: false))
    #expect(bench.state.staff.substitutes.isEmpty)
  }

  @Test("a noted substitute is shown in the place of who left the window open, not when elsewhere")
  func noted() throws {
    var bench = try Bench.open(windows: 2)
    try note(&bench, "AJ009", for: "AJ001")
    #expect(shown(bench) == ShownClerk(badge: "AJ009", isSubstitute: true))
    try note(&bench, "AJ002", for: "AJ001")
    #expect(shown(bench) == ShownClerk(badge: "AJ009", isSubstitute: true))
    try bench.at(2, .close)
    #expect(shown(bench) == ShownClerk(badge: "AJ002", isSubstitute: true))
  }

  @Test("a note for one session holds in that session, and a break belongs to the next one")
  func sessions() throws {
    var bench = try Bench.open(.bench(hours: Self.hours))
    try note(&bench, "AJ009", for: "AJ001", session: 2)
    #expect(shown(bench)?.badge == "AJ001")
    bench.now = moment("2026-11-23 11:59")
    #expect(shown(bench)?.badge == "AJ001")
    bench.now = moment("2026-11-23 13:30")
    #expect(shown(bench)?.badge == "AJ009")
    bench.now = moment("2026-11-23 18:30")
    #expect(shown(bench)?.badge == "AJ009")
  }

  @Test("a later note for the same session takes the earlier one's place")
  func replaced() throws {
    var bench = try Bench.open()
    try note(&bench, "AJ009", for: "AJ001")
    let leave = AttendanceNoted(
      badge: "AJ009", date: try #require(CivilDate("2026-11-23")), session: nil, kind: .leave)
    try bench.ask(.staff(.noteAttendance(leave)), by: .coordinator)
    #expect(shown(bench) == ShownClerk(badge: "AJ001", isSubstitute: false))
  }
}
