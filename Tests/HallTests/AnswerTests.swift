import Groundwork
@testable import Hall
import Testing

/// Goal: an answer can be repeated on its business day and the one after. The commit loop's part is tested in
/// RegistrarTests.
@Suite("Answers that can be given again")
struct AnswerTests {
  private let first = IdempotencyKey(scope: "kiosk-1 tickets", key: "1")

  @Test("an answer is kept for the business day and one more, however often a day is opened again")
  func days() throws {
    var bench = try Bench.open()
    let outcome = try bench.ask(.queue(.takeTicket(TakeTicket())), by: .kiosk("kiosk-1"), key: first)
    #expect(bench.state.answers.answer(for: first)?.outcome == outcome)
    #expect(bench.state.answers.answer(for: IdempotencyKey(scope: "kiosk-2 tickets", key: "1")) == nil)
    for expected in [true, true, false] {
      #expect((bench.state.answers.answer(for: first) != nil) == expected)
      for _ in 0..<2 {
        try bench.closeDay()
        try bench.openDay()
      }
      #expect((bench.state.answers.answer(for: first) != nil) == expected)
      try bench.closeDay()
      bench.wait(seconds: 86_400)
      try bench.openDay()
    }
  }

  @Test("what a kept answer is about is kept as long, also when it ended after its day")
  func subject() throws {
    var bench = try Bench.open()
    let code = try bench.take()
    try bench.at(1, .call(nil))
    try bench.at(1, .serve)
    try bench.closeDay(force: true)
    bench.wait(seconds: 86_400)
    try bench.openDay()
    try bench.ask(.window(1, .finish), by: .clerk(1), key: first)
    try bench.closeDay()
    for expected in [true, false] {
      bench.wait(seconds: 86_400)
      try bench.openDay()
      try bench.closeDay()
      #expect((bench.state.answers.answer(for: first) != nil) == expected)
      #expect((bench.state.tickets[code] != nil) == expected)
    }
  }

  @Test("the book is bounded: the oldest answers go first")
  func bounded() {
    var state = HallState()
    for index in 0..<(IdempotencyTable.capacity + 1) {
      let key = IdempotencyKey(scope: "s", key: String(index))
      state.evolve(
        RecordedEvent(
          sequence: Int64(index + 1), at: Timestamp(milliseconds: 0), actor: .system,
          event: .help(.helpAnswered(HelpAnswered(id: "", badge: ""))),
          answer: IdempotencyRecord(key: key, bodyDigest: [], outcome: .done)))
    }
    #expect(state.answers.count <= IdempotencyTable.capacity)
    #expect(state.answers.answer(for: IdempotencyKey(scope: "s", key: "0")) == nil)
    #expect(state.answers.answer(for: IdempotencyKey(scope: "s", key: String(IdempotencyTable.capacity))) != nil)
  }

  @Test("what is prepared for finding is found as what is not, over turned days and a full book")
  func prepared() {
    var plain = IdempotencyTable()
    var ready = IdempotencyTable()
    func both(_ change: (inout IdempotencyTable) -> Void) {
      change(&plain)
      change(&ready)
      ready.prepare()
    }
    func keep(_ key: Int, _ outcome: Outcome) {
      let key = IdempotencyKey(scope: "s", key: String(key))
      both { $0.keep(IdempotencyRecord(key: key, bodyDigest: [], outcome: outcome)) }
    }
    for key in 0..<40 { keep(key, .done) }
    both { $0.turnDay() }
    // The same key on the next day: the newer answer counts, also after the older one was dropped.
    for key in 30..<60 { keep(key, .window(key)) }
    #expect(plain == ready)
    for _ in 0..<3 {
      for key in 0..<60 {
        let key = IdempotencyKey(scope: "s", key: String(key))
        #expect(plain.answer(for: key) == ready.answer(for: key), "\(key)")
      }
      #expect(ready.answer(for: IdempotencyKey(scope: "t", key: "35")) == nil)
      both { $0.turnDay() }
    }
    #expect(plain.count == 0)
    var full = IdempotencyTable()
    for key in 0...IdempotencyTable.capacity {
      full.keep(IdempotencyRecord(key: IdempotencyKey(scope: "s", key: String(key)), bodyDigest: [], outcome: .done))
      if key.isMultiple(of: 1000) { full.prepare() }
    }
    full.prepare()
    let gone = IdempotencyTable.capacity / 10
    #expect(full.answer(for: IdempotencyKey(scope: "s", key: String(gone - 1))) == nil)
    #expect(full.answer(for: IdempotencyKey(scope: "s", key: String(gone))) != nil)
  }
}
