import Hall
import Testing

/// The idle screen's question (知晓率).
@Suite("awareness")
struct AwarenessTests {
  static let question = AwarenessQuestion(id: "00ab34cd56ef7890", ask: "您知道可以代办吗", answers: ["知道", "不知道"])

  static func rules() -> HallRules {
    let full = HallRules.bench()
    return HallRules(
      identity: full.identity, address: full.address, hoursText: full.hoursText, consultPhone: full.consultPhone,
      supervisePhone: full.supervisePhone, mode: full.mode, lanes: full.lanes, windows: full.windows,
      calendar: full.calendar, hours: full.hours, catalogue: full.catalogue, kiosks: full.kiosks, awareness: question)
  }

  @Test("answers are counted each by itself, at any hour")
  func counted() throws {
    var bench = Bench(Self.rules())
    for index in [0, 1, 1] {
      let answer = AwarenessAnswered(question: Self.question.id, answer: index)
      try bench.ask(.awareness(.answerAwareness(answer)), by: .kiosk("kiosk-1"))
    }
    #expect(bench.state.awareness.counts == [Self.question.id: [0: 1, 1: 2]])
  }

  @Test(
    "another question, or an answer that it does not have, is refused",
    arguments: [("00ab34cd56ef7890", 2), ("00ab34cd56ef7890", -1), ("11ab34cd56ef7890", 0)])
  func refused(question: String, answer: Int) {
    let command = Command.awareness(.answerAwareness(AwarenessAnswered(question: question, answer: answer)))
    #expect(Bench(Self.rules()).refusal(command, by: .kiosk("kiosk-1")) == .awareness(.unknownQuestion))
    #expect(Bench().refusal(command, by: .kiosk("kiosk-1")) == .awareness(.unknownQuestion))
  }
}
