import Hall
import Testing

@Suite("Kiosks with an office printer, and agents")
struct OfficePrinterTests {
  private static func rules(tickets: Bool) -> HallRules {
    let plain = HallRules.bench()
    return HallRules(
      identity: plain.identity, address: plain.address, hoursText: plain.hoursText, consultPhone: plain.consultPhone,
      supervisePhone: plain.supervisePhone, mode: plain.mode, lanes: plain.lanes, windows: plain.windows,
      calendar: plain.calendar, hours: plain.hours, catalogue: plain.catalogue,
      kiosks: [KioskRule(id: "kiosk-1", prints: true, printsTickets: tickets)], limits: plain.limits)
  }

  @Test("where only notices are printed a ticket asks for no slip, not even as a second copy, and a notice does")
  func noticesOnly() throws {
    var bench = try Bench.open(Self.rules(tickets: false))
    let code = try bench.take(["RS-004"], kiosk: "kiosk-1")
    #expect(bench.state.print.slips.isEmpty)
    #expect(
      bench.refusal(.print(.reprint(code, kiosk: "kiosk-1")), by: .kiosk("kiosk-1")) == .print(.noPrinter("kiosk-1")))
    guard
      case .notice(let notice) = try bench.ask(
        .notice(.issueNotice(IssueNotice(item: "RS-004", kiosk: "kiosk-1"))), by: .kiosk("kiosk-1"))
    else {
      Issue.record("no notice")
      return
    }
    #expect(bench.state.print.slips.values.map(\.subject) == [.notice(notice)])
  }

  @Test("where the configuration says so tickets are printed on sheets too")
  func ticketsToo() throws {
    var bench = try Bench.open(Self.rules(tickets: true))
    let code = try bench.take(["RS-004"], kiosk: "kiosk-1")
    #expect(bench.state.print.slips.values.map(\.subject) == [.ticket(code)])
  }

  @Test("an agent opens no window and calls no number, and prints notices")
  func agents() throws {
    var bench = try Bench.open()
    try bench.take(["RS-004"], kiosk: "kiosk-1")
    let agent = Principal.staff(badge: "DB001", role: .agent)
    for verb: WindowCommand in [.open, .call(nil), .recall, .finish] {
      #expect(bench.refusal(.window(1, verb), by: agent) == .request(.staffOnly))
      #expect(bench.refusal(.window(2, verb), by: agent) == .request(.staffOnly))
    }
    #expect(bench.refusal(.day(.closeDay(CloseDay(force: true))), by: agent) == .request(.coordinatorOnly))
    try bench.ask(.notice(.issueNotice(IssueNotice(item: "MZ-001", kiosk: "kiosk-1"))), by: agent)
    #expect(bench.state.notices.recent.count == 1)
  }
}
