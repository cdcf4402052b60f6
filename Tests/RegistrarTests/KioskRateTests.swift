import Groundwork
import Hall
import Ports
import Registrar
import Testing
import TestKit

/// Goal: a malfunctioning kiosk issues numbers at a person's pace, and nobody else is slowed. Method: the loop without
/// its shell, with a monotonic clock that the test moves.
@Suite("How fast a kiosk may ask")
struct KioskRateTests {
  private var loop: CommitLoop

  init() throws {
    var limits = QueueLimits()
    var rates = KioskRates()
    rates.numbers = [.aMinute(3)]
    rates.lane = [.aMinute(5)]
    limits.kioskRates = rates
    loop = CommitLoop(state: try openState(), rules: smallRules(limits: limits))
  }

  private mutating func take(
    by actor: Principal, at monotonic: Int64, key text: String? = nil, entropy: UInt64 = .random(in: 0 ... .max)
  ) -> String {
    let envelope = Envelope(
      .queue(.takeTicket(TakeTicket())), by: actor, at: nine, entropy: entropy, key: text.map { key($0) },
      bodyDigest: [1])
    var answers: [CommitLoop.Answer] = []
    func note(_ actions: [CommitLoop.Action]) {
      for case .answer(_, let answer) in actions { answers.append(answer) }
    }
    let actions = loop.submit(envelope, from: 1, monotonic: monotonic)
    note(actions)
    if actions.contains(where: { if case .append = $0 { true } else { false } }) {
      note(loop.appended(.success(.written)) { _, _ in })
    }
    switch answers.first {
    case .accepted: return "number"
    case .tooFast(let wait): return "wait \(wait)"
    default: return "\(answers)"
    }
  }

  @Test("it gets as many at once as the limit says, and is then told when to go on")
  func burst() {
    var test = self
    for _ in 1...3 { #expect(test.take(by: .kiosk("kiosk-1"), at: 0) == "number") }
    let count = test.loop.durable.tickets.count
    #expect(test.take(by: .kiosk("kiosk-1"), at: 0) == "wait 20000")
    #expect(test.take(by: .kiosk("kiosk-1"), at: 19_999) == "wait 1")
    #expect(test.loop.durable.tickets.count == count)
    #expect(test.take(by: .kiosk("kiosk-1"), at: 20_000) == "number")
  }

  @Test("an answer that is given again costs nothing, and is given when the limit is reached")
  func replay() {
    var test = self
    for _ in 1...50 { #expect(test.take(by: .kiosk("kiosk-1"), at: 0, key: "one") == "number") }
    #expect(test.loop.durable.tickets.count == 1)
    for _ in 1...2 { #expect(test.take(by: .kiosk("kiosk-1"), at: 0) == "number") }
    #expect(test.take(by: .kiosk("kiosk-1"), at: 0).hasPrefix("wait"))
    #expect(test.take(by: .kiosk("kiosk-1"), at: 0, key: "one") == "number")
  }

  @Test("another kiosk goes on until the lane's pace is reached; clerks always do")
  func others() {
    var test = self
    for _ in 1...3 { #expect(test.take(by: .kiosk("kiosk-1"), at: 0) == "number") }
    for _ in 1...2 { #expect(test.take(by: .kiosk("kiosk-2"), at: 0) == "number") }
    #expect(test.take(by: .kiosk("kiosk-2"), at: 0) == "wait 12000")
    for _ in 1...40 { #expect(test.take(by: clerk, at: 0) == "number") }
    #expect(test.take(by: .kiosk("kiosk-2"), at: 12_000) == "number")
  }
}
