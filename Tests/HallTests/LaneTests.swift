import Groundwork
import Hall
import Testing

/// Goal: a ticket joins the right lane and gets the right number there.
@Suite("Lanes and numbers")
struct LaneTests {
  @Test(
    "the hall's window mode says which lane an item's ticket joins",
    arguments: [
      (WindowMode.undifferentiated, "RS-004", "A001"), (.undifferentiated, "YB-001", "A001"),
      (.undifferentiated, "MZ-001", "A001"),
      // Items for the police only, and 出件, keep their lanes in every mode.
      (.undifferentiated, "GA-001", "H001"), (.undifferentiated, "CJ-001", "E001"),
      (.departmental, "RS-004", "B001"), (.departmental, "RS-006", "B001"), (.departmental, "YB-001", "C001"),
      (.departmental, "GA-001", "H001"), (.departmental, "CJ-001", "E001"),
      (.hybrid, "RS-004", "A001"), (.hybrid, "YB-001", "C001"), (.hybrid, "GA-001", "H001"),
      (.hybrid, "CJ-001", "E001"),
    ])
  func lane(mode: WindowMode, item: String, number: String) throws {
    var bench = try Bench.open(.bench(mode: mode))
    let code = try bench.take([item])
    #expect(try bench.number(code) == number)
    #expect(try bench.ticket(code).catalogueVersion == "0011223344556677")
  }

  @Test("an item that no lane takes is refused, but joins a lane that is named")
  func noLane() throws {
    var bench = try Bench.open(.bench(mode: .departmental))
    let take = TakeTicket(items: ["MZ-001"], insist: true)
    #expect(bench.refusal(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")) == .queue(.laneNeeded))
    #expect(try bench.takeNumber(["MZ-001"], lane: "B") == "B001")
  }

  @Test("no item at all is enough where any window takes any matter, and nowhere else")
  func noItem() throws {
    var bench = try Bench.open()
    #expect(try bench.takeNumber() == "A001")
    var departmental = try Bench.open(.bench(mode: .departmental))
    #expect(departmental.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) == .queue(.laneNeeded))
    #expect(try departmental.takeNumber([], lane: "C") == "C001")
    let hybrid = try Bench.open(.bench(mode: .hybrid))
    #expect(hybrid.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) == .queue(.laneNeeded))
  }

  @Test("several items share one ticket when one lane takes them all")
  func severalItems() throws {
    var bench = try Bench.open()
    let code = try bench.take(["RS-004", "YB-001", "RS-004"])
    #expect(try bench.ticket(code).items == ["RS-004", "YB-001"])
  }

  @Test("what cannot be had is refused by its name")
  func refusals() throws {
    let bench = try Bench.open()
    func refused(_ take: TakeTicket) -> Refusal? { bench.refusal(.queue(.takeTicket(take)), by: .kiosk("kiosk-1")) }
    #expect(refused(TakeTicket(items: ["XX-999"])) == .request(.unknownItem("XX-999")))
    #expect(refused(TakeTicket(lane: try letter("Z"))) == .queue(.unknownLane(try letter("Z"))))
    #expect(refused(TakeTicket(kiosk: "kiosk-9")) == .request(.unknownKiosk("kiosk-9")))
    #expect(refused(TakeTicket(items: (0..<9).map { "X\($0)" })) == .queue(.tooManyItems(limit: 8)))
    #expect(
      refused(TakeTicket(items: ["GA-001"], lane: try letter("A")))
        == .queue(.laneDoesNotFit(try letter("A"), needed: try letter("H"))))
  }

  @Test("a lane that no window serves gives no numbers")
  func noWindow() throws {
    let full = HallRules.bench()
    let rules = HallRules(
      identity: full.identity, address: full.address, hoursText: full.hoursText, consultPhone: full.consultPhone,
      supervisePhone: full.supervisePhone, mode: full.mode, lanes: full.lanes, windows: Array(full.windows.dropLast()),
      calendar: full.calendar, hours: full.hours, catalogue: full.catalogue, kiosks: full.kiosks)
    let bench = try Bench.open(rules)
    #expect(
      bench.refusal(.queue(.takeTicket(TakeTicket(items: ["CJ-001"], insist: true))), by: .kiosk("kiosk-1"))
        == .queue(.noWindowForLane(try letter("E"))))
  }

  @Test("numbers begin at the lane's start and have four digits after 999")
  func numbering() throws {
    var bench = try Bench.open(.bench(start: 998))
    let numbers = try (0..<3).map { _ in try bench.takeNumber() }
    #expect(numbers == ["A998", "A999", "A1000"])
    #expect(try bench.takeNumber(["CJ-001"]) == "E001")
  }

  @Test("after 9999 the lane gives no more numbers that day, others do")
  func exhausted() throws {
    var bench = try Bench.open(.bench(start: 9999))
    let last = try bench.take()
    #expect(try bench.number(last) == "A9999")
    #expect(
      bench.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"))
        == .queue(.numbersExhausted(try letter("A"))))
    // Not even after the ticket was abandoned: a number is never reused.
    try bench.ask(.queue(.abandonTicket(last)), by: .kiosk("kiosk-1"))
    #expect(
      bench.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"))
        == .queue(.numbersExhausted(try letter("A"))))
    #expect(try bench.takeNumber(["CJ-001"]) == "E001")
  }

  @Test("the last numbers of a lane are given by staff alone")
  func keptForStaff() throws {
    var limits = QueueLimits()
    limits.numbersKeptForStaff = 2
    var bench = try Bench.open(.bench(start: 9_970, limits: limits))
    for _ in 9_970...9_997 { try bench.take() }
    let a = try letter("A")
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1")) == .queue(.numbersKeptForStaff(a)))
    let clerk = Principal.staff(badge: "AJ001", role: .clerk)
    for expected in ["A9998", "A9999"] {
      guard case .ticket(let code) = try bench.ask(.queue(.takeTicket(TakeTicket())), by: clerk) else {
        Issue.record("no ticket")
        return
      }
      #expect(try bench.number(code) == expected)
    }
    #expect(bench.refusal(.queue(.takeTicket(TakeTicket())), by: clerk) == .queue(.numbersExhausted(a)))
  }

  @Test("an abandoned number is not given again")
  func notReused() throws {
    var bench = try Bench.open()
    let first = try bench.take()
    try bench.ask(.queue(.abandonTicket(first)), by: .kiosk("kiosk-1"))
    #expect(try bench.takeNumber() == "A002")
  }

  @Test("the number of tickets ahead is counted at the moment of issue")
  func ahead() throws {
    var bench = try Bench.open()
    #expect(try bench.takeTicket().aheadAtIssue == 0)
    #expect(try bench.takeTicket().aheadAtIssue == 1)
    try bench.at(1, .call(nil))
    #expect(try bench.takeTicket().aheadAtIssue == 1)
    #expect(try bench.takeTicket(["CJ-001"]).aheadAtIssue == 0)
  }

  @Test("the mark 优 and the kiosk stay with the ticket; a clerk can take a number for a resident")
  func marks() throws {
    var bench = try Bench.open()
    let outcome = try bench.ask(
      .queue(.takeTicket(TakeTicket(items: ["RS-004"], priority: true, kiosk: "kiosk-1"))), by: .clerk(1))
    guard case .ticket(let code) = outcome else {
      Issue.record("no ticket")
      return
    }
    let ticket = try bench.ticket(code)
    #expect(ticket.priority)
    #expect(ticket.kiosk == "kiosk-1")
    #expect(ticket.issuedBy == .clerk(1))
    // The mark is neutral: the number tells nobody why.
    #expect(ticket.number.description == "A001")
  }

  @Test("two tickets never share a code, even when chance gives the same bits twice")
  func codes() throws {
    var bench = try Bench.open()
    let first = try bench.ask(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), entropy: 5)
    let second = try bench.ask(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), entropy: 5)
    #expect(first != second)
    #expect(bench.state.tickets.count == 2)
  }

  @Test("a letter of a lane is a capital without I and O", arguments: ["I", "O", "a", "1", "", "AA", "综"])
  func badLetters(text: String) { #expect(LaneLetter(text) == nil) }

  @Test("numbers read back as they are printed", arguments: ["A001", "E999", "A1000", "H9999"])
  func numberText(text: String) throws { #expect(try #require(TicketNumber(text)).description == text) }

  @Test(
    "a text that no slip carries is no number",
    arguments: ["A0", "A00", "A000", "A0001", "A+12", "A-12", "A12", "I001", "001", "A10000", "A 01", "Ａ001", ""])
  func badNumber(text: String) { #expect(TicketNumber(text) == nil) }
}
