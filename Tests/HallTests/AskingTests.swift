import Hall
import Testing

/// Which question comes next, and when none does.
@Suite("asking")
struct AskingTests {
  /// One question that settles another: who applies for a child is not asked where they live.
  static let item = Item(
    code: "A-1", name: "事", initials: "S", category: "其他", queueGroup: "社保", handledBy: .window,
    materials: [
      Material(name: "户口簿", kind: .original, originals: 1, copies: 0, necessity: .necessary, when: "minor"),
      Material(
        name: "租约", kind: .copy, originals: 0, copies: 1, necessity: .necessary,
        when: .all([.not("minor"), "renting"])),
    ],
    questions: [
      Question(
        key: "age", choice: .one,
        situations: [Situation(key: "minor", label: "未成年"), Situation(key: "adult", label: "成年")]),
      Question(key: "home", choice: .any, situations: [Situation(key: "renting", label: "租房")]),
      Question(
        key: "why", choice: .one,
        situations: [Situation(key: "first", label: "首次"), Situation(key: "again", label: "再次")]),
    ])

  @Test(
    "questions come in order, and one that makes no difference any more is left out",
    arguments: [
      ([], "age"), (["adult"], "home"), (["adult", "renting"], "why"), (["adult", "none:home"], "why"),
      (["minor"], "why"), (["minor", "first"], nil), (["adult", "none:home", "again"], nil),
      (["renting"], "age"), (["again", "minor"], nil),
    ] as [([String], String?)])
  func next(answers: [String], asked: String?) {
    #expect(Self.item.nextQuestion(after: answers)?.key == asked)
  }

  @Test("once nothing more is asked, nothing of the list is open")
  func settled() {
    var ways: [[String]] = [[]]
    var finished = 0
    while let answers = ways.popLast() {
      guard let question = Self.item.nextQuestion(after: answers) else {
        let list = Self.item.checklist(answers)
        #expect((list.toBring + list.toFillIn + list.mayLeave).flatMap(\.choices).allSatisfy { $0.onlyWhen == nil })
        finished += 1
        continue
      }
      ways += question.situations.map { answers + [$0.key] }
      if question.choice == .any { ways.append(answers + [question.noneKey]) }
    }
    #expect(finished == 6)
  }

  @Test("a condition in words")
  func words() {
    let condition = Condition.any(["minor", .all([.not("renting"), "first"])])
    #expect(Self.item.words(of: condition) == "未成年，或者（不是“租房”，并且首次）")
  }
}
