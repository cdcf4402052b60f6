import PrinterLink
import PrinterProtocols
import Testing

// Goal: nothing is sent before the claim, nothing is called printed without the printer's confirmation, and every
// sequence of events ends.
@Suite("The way of a slip, step by step")
struct SlipDeliveryTests {
  /// A delivery with its clock, in milliseconds.
  struct Course {
    static let document: [UInt8] = Array(repeating: 0x41, count: 1_000)
    static let processID = ProcessID(number: 1234)
    var delivery: SlipDelivery
    var now = 0

    init(status: StatusMethod = .realtime, completion: CompletionMethod = .echo) {
      delivery = SlipDelivery(
        .init(
          address: DeviceAddress(
            location: .network(host: "h", port: 9100), status: status, completion: completion, waitMilliseconds: 4_000,
            confirmMilliseconds: 10_000),
          document: Self.document, processID: Self.processID))
    }

    @discardableResult
    mutating func happens(_ event: SlipDelivery.Event, after milliseconds: Int = 1) -> [SlipDelivery.Action] {
      now += milliseconds
      return delivery.handle(event, at: now)
    }

    /// Advances the clock to the next deadline.
    mutating func waits() -> [SlipDelivery.Action] {
      now = max(now, delivery.deadline ?? now)
      return delivery.handle(.tick, at: now)
    }

    /// Answers all queries for a printer in this state.
    mutating func answers(_ status: PrinterStatus) -> [SlipDelivery.Action] {
      var actions = happens(.connected)
      while case .send(let bytes)? = actions.first, bytes.starts(with: [0x10, 4]),
        let question = RealTimeQuestion(rawValue: bytes[2])
      {
        actions = happens(.received([question.answer(status)]))
      }
      return actions
    }

    /// Advances to the moment when every byte was taken.
    mutating func sends() -> [SlipDelivery.Action] {
      happens(.begun)
      _ = answers([])
      guard case .send(let bytes)? = happens(.claimed(.taken)).first else { return [] }
      return happens(.wrote(bytes.count))
    }
  }

  private static let echo: [UInt8] = [0x37, 0x22] + Course.processID.bytes + [0]

  @Test("asks, claims, sends, and believes the echo of its own mark only")
  func echo() {
    var course = Course()
    #expect(course.happens(.begun) == [.connect(milliseconds: 1_500)])
    #expect(course.answers([]) == [.claim])
    let sending = course.happens(.claimed(.taken))
    guard case .send(let bytes)? = sending.first, sending.count == 1 else {
      Issue.record("\(sending)")
      return
    }
    #expect(bytes == [0x1D, 0x61, 0x0E] + Course.document + ESCPOSEncoder.echoRequest(Course.processID))
    #expect(course.happens(.wrote(bytes.count)).isEmpty)
    #expect(course.happens(.received([0x37, 0x22] + ProcessID(number: 1233).bytes + [0])).isEmpty)
    #expect(
      course.happens(.received(Self.echo)) == [.done(.echo), .send([0x1D, 0x61, 0]), .finish(.printed(.echo))])
    #expect(course.happens(.received(Self.echo)).isEmpty)
    #expect(course.delivery.deadline == nil)
  }

  @Test(
    "a printer that is not ready is reported, waited for and sent nothing",
    arguments: [
      (.paperEnd, [.mediaEmpty]), (.coverOpen, [.coverOpen]), (.cutterError, [.cutter]), (.otherError, [.other]),
      (.offline, [.offline]), ([.paperEnd, .coverOpen, .offline], [.mediaEmpty, .coverOpen]),
    ] as [(PrinterStatus, Set<PrinterReason>)])
  func notReady(status: PrinterStatus, reasons: Set<PrinterReason>) {
    var course = Course()
    course.happens(.begun)
    #expect(course.answers(status) == [.report(reasons)])
    var actions: [SlipDelivery.Action] = []
    while course.delivery.deadline != nil {
      actions = course.waits()
      while case .send(let bytes)? = actions.first, let question = RealTimeQuestion(rawValue: bytes[2]) {
        #expect(bytes.count == 3)
        actions = course.happens(.received([question.answer(status)]))
        #expect(!actions.contains(.claim))
      }
    }
    #expect(actions.first == .report([]))
    guard case .finish(.notSent)? = actions.last else {
      Issue.record("\(actions)")
      return
    }
    #expect(course.now <= 5_000)
  }

  @Test("paper that is near its end is said, and stops nothing")
  func nearEnd() {
    var course = Course()
    course.happens(.begun)
    #expect(course.answers(.paperNearEnd) == [.report([.mediaLow]), .claim])
  }

  @Test("a printer that cannot be reached is tried again until the wait is over")
  func unreachable() {
    var course = Course()
    var actions = course.happens(.begun)
    var tries = 0
    while course.delivery.deadline != nil {
      if case .connect = actions.last {
        tries += 1
        actions = course.happens(.unreachable("no answer"), after: 10)
      } else {
        actions = course.waits()
      }
    }
    #expect(tries > 10)
    guard case .finish(.notSent)? = actions.last else {
      Issue.record("\(actions)")
      return
    }
  }

  @Test("before the claim every end is one where nothing was sent", arguments: [0, 1, 2])
  func terminated(step: Int) {
    var course = Course()
    course.happens(.begun)
    if step > 0 { course.happens(.connected) }
    if step > 1 { course.happens(.received([0x12])) }
    let actions = course.happens(.terminated)
    guard case .finish(.notSent)? = actions.last else {
      Issue.record("\(actions)")
      return
    }
  }

  @Test("answers that make no sense lead to a new connection, never to the claim")
  func noise() {
    var course = Course()
    course.happens(.begun)
    course.happens(.connected)
    // A greeting is read to its end, in whatever pieces it comes, and the printer is queried again.
    #expect(course.happens(.received([0xFF, 0x12, 0x12, 0x12])).isEmpty)
    #expect(course.happens(.received([0x12, 0x0D]), after: SlipDelivery.quietTime - 1).isEmpty)
    #expect(course.waits() == [.send(RealTimeQuestion.printer.bytes)])
    #expect(course.happens(.received([0xFF, 0x12, 0x12, 0x12])) == [.disconnect, .report([.offline])])
    #expect(course.waits() == [.connect(milliseconds: 1_500)])
  }

  @Test("a late answer is not taken for one to the next question")
  func late() {
    var course = Course()
    course.happens(.begun)
    course.happens(.connected)
    #expect(course.waits() == [.disconnect, .report([.offline])])
  }

  @Test(
    "a claim of somebody else decides",
    arguments: [
      (.withdrawn, .cancel), (.done(.echo), .ok), (.sending(isAlive: true), .hold), (.sending(isAlive: false), .hold),
    ] as [(ClaimStanding, End)])
  func claimed(standing: ClaimStanding, end: End) {
    var course = Course()
    course.happens(.begun)
    _ = course.answers([])
    let actions = course.happens(.claimed(.heldBy(standing)))
    #expect(actions.count == 1)
    #expect(End(actions.last) == end)
  }

  enum End {
    case ok, cancel, hold

    init?(_ action: SlipDelivery.Action?) {
      guard case .finish(let result)? = action else { return nil }
      switch result {
      case .printed: self = .ok
      case .notSent: self = .cancel
      case .unknown: self = .hold
      }
    }
  }

  @Test("a connection that breaks before a byte was taken gives the claim back for good")
  func brokenAtOnce() {
    var course = Course()
    course.happens(.begun)
    _ = course.answers([])
    course.happens(.claimed(.taken))
    let actions = course.happens(.broken("reset"))
    #expect(actions.prefix(2) == [.disconnect, .abandonClaim])
    #expect(End(actions.last) == .cancel)
  }

  @Test("from the first byte on nothing but the printer's word makes the outcome known")
  func brokenWithin() {
    for event in [SlipDelivery.Event.broken("reset"), .ended] {
      var course = Course()
      course.happens(.begun)
      _ = course.answers([])
      course.happens(.claimed(.taken))
      course.happens(.wrote(1))
      #expect(course.happens(.terminated).isEmpty)
      #expect(End(course.happens(event).last) == .hold)
      var later = Course()
      _ = later.sends()
      #expect(later.happens(.terminated).isEmpty)
      #expect(End(later.happens(event).last) == .hold)
    }
  }

  @Test("a printer that takes a little now and then is waited for, one that takes nothing more is not")
  func stalls() {
    var course = Course()
    course.happens(.begun)
    _ = course.answers([])
    course.happens(.claimed(.taken))
    for _ in 0..<5 { #expect(course.happens(.wrote(10), after: 4_900).isEmpty) }
    #expect(course.waits() == [.report([.timedOut])])
    #expect(End(course.waits().last) == .hold)
  }

  @Test("a printer that has stalled is a fault at once, and none when it takes bytes again")
  func stallIsReported() {
    var course = Course()
    course.happens(.begun)
    _ = course.answers([])
    course.happens(.claimed(.taken))
    course.happens(.wrote(10))
    #expect(course.waits() == [.report([.timedOut])])
    #expect(course.happens(.wrote(10)) == [.report([])])
    #expect(course.waits() == [.report([.timedOut])])
  }

  @Test("a printer that has said why it waits has not stalled")
  func waitIsExplained() {
    var course = Course()
    course.happens(.begun)
    _ = course.answers([])
    course.happens(.claimed(.taken))
    course.happens(.wrote(10))
    let report = AutomaticStatus([.coverOpen]).bytes
    #expect(course.happens(.received(report)) == [.report([.coverOpen])])
    #expect(course.waits() == [])
    #expect(End(course.waits().last) == .hold)
  }

  @Test("paper that ends in mid-slip is reported, asked after and taken back")
  func paperEnds() {
    var course = Course()
    #expect(course.sends().isEmpty)
    let report = AutomaticStatus([.paperEnd, .paperNearEnd]).bytes
    #expect(course.happens(.received(report)) == [.report([.mediaEmpty])])
    #expect(course.waits() == [.send([0x10, 4, 2])])
    #expect(course.happens(.received([RealTimeQuestion.offlineCause.answer([])])) == [.report([])])
    #expect(End(course.happens(.received(Self.echo)).last) == .ok)
  }

  @Test("without an answer the wait ends")
  func unanswered() {
    var course = Course()
    _ = course.sends()
    var actions: [SlipDelivery.Action] = []
    var questions = 0
    var stalls = 0
    while course.delivery.deadline != nil {
      actions = course.waits()
      questions += actions.count { $0 == .send([0x10, 4, 2]) }
      stalls += actions.count { $0 == .report([.timedOut]) }
    }
    #expect(End(actions.last) == .hold)
    #expect(stalls == 1)
    #expect((3...8).contains(questions))
  }

  @Test("the status after the cut is evidence only from a printer that has made sense")
  func statusAfterCut() {
    var course = Course(completion: .status)
    #expect(course.sends().isEmpty)
    #expect(End(course.happens(.received([0x03])).last) == .ok)
    var noisy = Course(completion: .status)
    _ = noisy.sends()
    noisy.happens(.received([0xE0]))
    #expect(noisy.happens(.received([0x00])).isEmpty)
    var empty = Course(completion: .status)
    _ = empty.sends()
    #expect(End(empty.happens(.received([0x0F])).last) == .hold)
    var odd = Course(completion: .status)
    _ = odd.sends()
    #expect(odd.happens(.received([0x41])).isEmpty)
    #expect(odd.happens(.received([0x00])).isEmpty)
  }

  @Test("a printer that never answers is asked nothing, and has accepted what it took before the end")
  func accepted() {
    for event in [SlipDelivery.Event.flushed, .ended] {
      var course = Course(status: .none, completion: .none)
      course.happens(.begun)
      #expect(course.happens(.connected) == [.claim])
      #expect(course.happens(.claimed(.taken)) == [.send(Course.document)])
      #expect(course.happens(.wrote(Course.document.count)) == [.endOutput])
      #expect(course.happens(event) == [.done(.none), .finish(.printed(.none))])
    }
    var broken = Course(status: .none, completion: .none)
    broken.happens(.begun)
    broken.happens(.connected)
    broken.happens(.claimed(.taken))
    broken.happens(.wrote(Course.document.count))
    #expect(End(broken.happens(.broken("reset")).last) == .hold)
  }
}
