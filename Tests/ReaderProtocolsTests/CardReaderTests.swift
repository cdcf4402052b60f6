import Groundwork
import ReaderProtocols
import Testing

// Goal: one card is reported once; whatever the module answers, the state machine recovers and never hangs. Method:
// dialogues with a module played by the test, each status at each step, seeded events of every kind.
@Suite("Working a card module")
struct CardReaderTests {
  static let identityReply = SAMReply.bytes(.done, Array(repeating: 1, count: 16))
  static let found = SAMReply.bytes(.cardFound, [0, 0, 0, 0])
  static let selected = SAMReply.bytes(.done, Array(repeating: 0, count: 8))

  /// A correct module, with or without a card in its field.
  struct Module {
    var card: CardText?
    /// A lying card that was read is not found again.
    var wasRead = false
    /// Some modules do find it again.
    var findsAgain = false
    /// Replaces the answer to a command, once for each entry.
    var instead: [SAMCommand: [[UInt8]]] = [:]

    mutating func answer(_ command: SAMCommand) -> [UInt8] {
      if var planned = instead[command], !planned.isEmpty {
        defer { instead[command] = planned }
        return planned.removeFirst()
      }
      switch command {
      case .reset, .status:
        if command == .reset { wasRead = false }
        return SAMReply.bytes(.done)
      case .identity: return CardReaderTests.identityReply
      case .find: return card == nil || wasRead && !findsAgain ? SAMReply.bytes(.noCard) : CardReaderTests.found
      case .select: return CardReaderTests.selected
      case .readText:
        wasRead = true
        return card.map { SyntheticCard.reply($0) } ?? SAMReply.bytes(.readingFailed)
      case .readAddresses: return SAMReply.bytes(.noSuchItem)
      }
    }

    mutating func lay(_ card: CardText?) {
      self.card = card
      wasRead = false
    }
  }

  /// A state machine with its module; the module's last answer is delivered when it continues.
  struct Bench {
    var machine = CardReader(mayRead: true)
    var module: Module
    private var next = CardReader.Event.opened

    init(_ module: Module) { self.module = module }

    /// Runs until `count` commands were sent; an empty answer is silence.
    mutating func run(_ count: Int) -> [CardReader.Action] {
      var log: [CardReader.Action] = []
      var sent = 0
      while sent < count {
        let actions = machine.step(next)
        log += actions
        next = .timedOut
        for action in actions {
          switch action {
          case .send(let command):
            sent += 1
            let answer = module.answer(command)
            if !answer.isEmpty { next = .bytes(answer) }
          case .reopen: next = .opened
          default: break
          }
        }
      }
      return log
    }
  }

  func reports(_ log: [CardReader.Action]) -> [CardReader.Report] {
    log.compactMap { if case .report(let report) = $0 { report } else { nil } }
  }

  func commands(_ log: [CardReader.Action]) -> [SAMCommand] {
    log.compactMap { if case .send(let command) = $0 { command } else { nil } }
  }

  @Test("status, number, find, select, read; then it looks on", arguments: SyntheticCard.all)
  func story(card: CardText) throws {
    var bench = Bench(Module(card: card))
    let log = bench.run(7)
    #expect(commands(log) == [.status, .identity, .find, .select, .readText, .find, .reset])
    #expect(reports(log) == [.ready(SAMIdentity(Array(repeating: 1, count: 16))), .card(card)])
    #expect(log.first == .wait(milliseconds: CardReader.drainPause))
  }

  @Test("a card that may not be read is only found, once, and is read where it lies when that is allowed")
  func permission() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    bench.machine.mayRead = false
    let before = bench.run(20)
    #expect(reports(before).dropFirst() == [.found])
    #expect(Set(commands(before)) == [.status, .identity, .find])
    bench.machine.mayRead = true
    #expect(reports(bench.run(5)).first == .card(SyntheticCard.resident))
    bench.machine.mayRead = false
    bench.module.lay(nil)
    _ = bench.run(6)
    bench.module.lay(SyntheticCard.permit)
    #expect(reports(bench.run(10)).last == .found)
    // After unplugging and plugging in it is still not allowed.
    #expect(bench.machine.step(.gone) == [] && !bench.machine.mayRead)
  }

  @Test("a lying card is told once, laid down again it is told again")
  func once() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    #expect(reports(bench.run(30)).count == 2)
    for card in [SyntheticCard.resident, SyntheticCard.permit] {
      bench.module.lay(nil)
      #expect(reports(bench.run(20)) == [.fieldEmpty])
      bench.module.lay(card)
      #expect(reports(bench.run(20)) == [.card(card)])
    }
  }

  @Test(
    "a card that was read counts as lying there until it is lifted, though the module is silent about it",
    arguments: [false, true])
  func lying(findsAgain: Bool) {
    var bench = Bench(Module(card: SyntheticCard.resident))
    bench.module.findsAgain = findsAgain
    _ = bench.run(6)
    // As the desk does when it gets the card.
    bench.machine.mayRead = false
    let log = bench.run(60)
    #expect(reports(log) == [], "neither empty nor found")
    #expect(commands(log).filter { $0 == .reset }.count <= 30)
    bench.module.lay(nil)
    #expect(reports(bench.run(8)) == [.fieldEmpty])
    bench.module.lay(SyntheticCard.resident)
    #expect(reports(bench.run(4)) == [.found], "the next one is noticed")
  }

  @Test("a card that still lies there is told again to whom agreed anew")
  func agreedAnew() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    _ = bench.run(6)
    bench.machine.mayRead = false
    _ = bench.run(9)
    bench.machine.mayRead = true
    #expect(reports(bench.run(12)) == [.card(SyntheticCard.resident)])
  }

  @Test(
    "a blank or damaged text is no card, and is said once", arguments: ["", "0000001900010100", "000000000000000000"])
  func blank(number: String) {
    let text = CardText(.resident, [.name: "测试甲", .number: number, .birth: "19000101"])
    var bench = Bench(Module(card: text))
    #expect(reports(bench.run(60)).dropFirst() == [.cardTrouble(.unknownText)])
    bench.module.lay(nil)
    _ = bench.run(10)
    bench.module.lay(SyntheticCard.resident)
    #expect(reports(bench.run(10)) == [.card(SyntheticCard.resident)])
  }

  @Test("a module that finds a lying card again and again does not make it told again")
  func foundAgain() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    bench.module.findsAgain = true
    let told = reports(bench.run(100)).filter { if case .card = $0 { true } else { false } }.count
    #expect(told == 1)
  }

  @Test("a card that a reset makes found again is not told again")
  func afterReset() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    _ = bench.run(8)
    bench.module.instead[.find] = [SAMReply.bytes(.unknownError)]
    let log = bench.run(8)
    #expect(commands(log).contains(.reset) && commands(log).contains(.readText))
    #expect(!reports(log).contains(.card(SyntheticCard.resident)))
  }

  @Test(
    "a card that was lifted and laid down again is told again, also when its answer is lost and the module is reset")
  func laidAgainAndLost() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    var log = bench.run(12)
    bench.module.lay(nil)
    log += bench.run(2)
    bench.module.instead[.readText] = [[]]
    bench.module.lay(SyntheticCard.resident)
    log += bench.run(12)
    #expect(reports(log).count { if case .card = $0 { true } else { false } } == 2)
  }

  @Test("each error at each step is survived: the card is read in the end", arguments: SAMStatus.allCases)
  func everyStatus(status: SAMStatus) {
    for command in [SAMCommand.status, .identity, .find, .select, .readText] {
      var bench = Bench(Module(card: SyntheticCard.resident))
      bench.module.instead[command] = [SAMReply.bytes(status)]
      let log = bench.run(24)
      #expect(reports(log).contains(.card(SyntheticCard.resident)), "\(status) to \(command): \(log)")
    }
  }

  @Test("silence, noise, half an answer, a wrong check byte: the card is read all the same", arguments: 0..<5)
  func transportFaults(kind: Int) {
    for command in [SAMCommand.status, .identity, .find, .select, .readText] {
      for times in 1...3 {
        var bench = Bench(Module(card: SyntheticCard.resident))
        var good = bench.module.answer(command)
        bench.module.wasRead = false
        switch kind {
        case 0: good = []
        case 1: good = Array(repeating: 0x55, count: 200)
        case 2: good = Array(good.dropLast(3))
        case 3: good[good.count - 1] ^= 0x40
        default: good = Array(SAMFrame.preamble + [0x09, 0x0A] + good.dropLast())
        }
        bench.module.instead[command] = Array(repeating: good, count: times)
        let log = bench.run(24)
        #expect(reports(log).contains(.card(SyntheticCard.resident)), "\(kind) \(times) times at \(command)")
      }
    }
  }

  @Test("silence: again, halt cleared and module reset, device reset, closed and opened anew")
  func ladder() {
    var machine = CardReader(mayRead: true)
    var log = machine.step(.opened)
    while log.last != .reopen { log += machine.step(.timedOut) }
    #expect(commands(log) == [.status, .status, .reset, .status])
    #expect(log.filter { [.clearHalt, .resetDevice, .reopen].contains($0) } == [.clearHalt, .resetDevice, .reopen])
    #expect(reports(log) == [.silent])
    #expect(machine.step(.timedOut) == [] && machine.step(.bytes([1])) == [])
  }

  @Test("a late answer to the question before is not taken for the answer to this one")
  func late() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    _ = bench.run(3)
    // Find was sent; the late answer to the number comes first, then the right one.
    #expect(bench.machine.step(.bytes(Self.identityReply)).isEmpty)
    #expect(bench.machine.step(.bytes(Self.found)).first == .send(.select))
    #expect(bench.machine.step(.bytes(Self.found)).isEmpty)
    #expect(bench.machine.step(.bytes(Self.selected)).first == .send(.readText))
  }

  @Test("an answer behind a false beginning is found when the time is up")
  func hidden() {
    var bench = Bench(Module(card: nil))
    _ = bench.run(3)
    #expect(bench.machine.step(.bytes(SAMFrame.preamble + [0x08, 0x00] + Self.found)).isEmpty)
    #expect(bench.machine.step(.timedOut).first == .send(.select))
  }

  @Test("what never stops does not hold the machine while late answers run out")
  func endless() {
    var machine = CardReader(mayRead: true)
    _ = machine.step(.opened)
    var waits = 0
    for _ in 0..<1000 where !machine.step(.bytes([0xAA])).isEmpty { waits += 1 }
    #expect(waits == CardReader.mostLatePieces)
    #expect(machine.step(.timedOut).first == .send(.status))
  }

  @Test("a card that cannot be read is said once, and the next one is read")
  func refused() {
    for (status, trouble) in [
      (SAMStatus.unknownCard, CardTrouble.notAnIdentityCard),
      (.moduleRefusedCard, .unverifiable),
      (.readingFailed, .layAgain),
    ] {
      var bench = Bench(Module(card: SyntheticCard.resident))
      bench.module.instead[.readText] = Array(repeating: SAMReply.bytes(status), count: 9)
      let log = bench.run(2 + 9 * 3 + 1)
      #expect(reports(log).dropFirst() == [.cardTrouble(trouble)])
      #expect(reports(bench.run(3)) == [.card(SyntheticCard.resident)])
    }
  }

  @Test("a module that says it is broken is left alone for a while and asked again")
  func broken() {
    for status in [SAMStatus.selfTestFailed, .notAuthorised, .notPermitted] {
      var bench = Bench(Module(card: nil))
      bench.module.instead[.status] = [SAMReply.bytes(status)]
      let log = bench.run(2)
      #expect(reports(log) == [.needsService(status)])
      #expect(log.contains(.wait(milliseconds: CardReader.servicePause)))
      #expect(commands(log) == [.status, .status])
    }
  }

  @Test("a module that does not tell its number works without")
  func nameless() {
    var bench = Bench(Module(card: SyntheticCard.resident))
    bench.module.instead[.identity] = [SAMReply.bytes(.commandWrong)]
    let log = bench.run(6)
    #expect(reports(log) == [.ready(nil), .card(SyntheticCard.resident)])
  }

  @Test("whatever comes, a machine that is not closed has something to wait for", arguments: 0..<40)
  func hostile(seed: Int) {
    var chance = SeededRandom(seed: UInt64(seed))
    var machine = CardReader(mayRead: true)
    var isOpen = false
    var isWaiting = false
    for _ in 0..<600 {
      let event = event(&chance)
      let actions = machine.step(event)
      if event == .opened { isOpen = true }
      if event == .gone || actions.contains(.reopen) { isOpen = false }
      if event == .timedOut { isWaiting = false }
      if actions.contains(where: { if case .wait = $0 { true } else { false } }) { isWaiting = true }
      #expect(!isOpen || isWaiting, "after \(event)")
      #expect(actions.count <= 4)
      if !isOpen { isWaiting = false }
    }
  }

  private func event(_ chance: inout SeededRandom) -> CardReader.Event {
    let replies =
      SAMStatus.allCases.map { SAMReply.bytes($0) }
      + [Self.found, Self.selected, Self.identityReply, SyntheticCard.reply(SyntheticCard.resident)]
    switch Int.random(in: 0..<20, using: &chance) {
    case 0: return .opened
    case 1: return .gone
    case 2...6: return .timedOut
    case 7...8: return .bytes(chance.noise(count: Int.random(in: 0...100, using: &chance)))
    case 9...10: return .bytes(chance.mutate(replies.randomElement(using: &chance) ?? []))
    default: return .bytes(replies.randomElement(using: &chance) ?? [])
    }
  }
}
