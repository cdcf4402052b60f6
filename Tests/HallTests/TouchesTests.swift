import Hall
import Testing

@Suite("Touches to a notice")
struct TouchesTests {
  private static func question(_ key: String, _ answers: Int, _ choice: Question.Choice = .one) -> Question {
    Question(
      key: key, ask: key, choice: choice,
      situations: (1...answers).map { Situation(key: "\(key)\($0)", label: "\(key) \($0)") })
  }

  private static func item(_ questions: [Question], _ conditions: [Condition] = []) -> Item {
    Item(
      code: "A-1", name: "事项", initials: "SX", category: "部门", queueGroup: "组", handledBy: .window,
      materials: conditions.enumerated().map { place, condition in
        Material(
          name: "材料\(place)", kind: .original, originals: 1, copies: 0, necessity: .necessary, when: condition)
      }, questions: questions)
  }

  @Test("department, item, an answer a question, print: two questions are four, for one is answered with the item")
  func counted() {
    #expect(Self.item([]).touches == 3)
    #expect(Self.item([Self.question("a", 3)]).touches == 4)
    #expect(Self.item([Self.question("a", 3), Self.question("b", 2)]).touches == 4)
    #expect(Self.item([Self.question("a", 3), Self.question("b", 2, .any)]).touches == 4)
    #expect(Self.item([Self.question("a", 2), Self.question("b", 2), Self.question("c", 2)]).touches == 5)
  }

  @Test(
    "several answers that hold together are marked one by one; two such questions leave none to stand with the item")
  func together() {
    #expect(Self.item([Self.question("a", 2, .any)]).touches == 4)
    #expect(Self.item([Self.question("a", 3, .any)]).touches == 5)
    let two = Self.item([Self.question("a", 2, .any), Self.question("b", 2, .any)])
    #expect(two.listedQuestion == nil)
    #expect(two.touches == 5)
  }

  @Test("a question that an answer settles is no touch on that way, and the longest way counts")
  func settled() {
    // c is asked only of those who answered a1, d only of those who answered a2.
    let asked = Self.item(
      [Self.question("a", 2), Self.question("c", 2), Self.question("d", 2)],
      [.all([.chosen("a1"), .chosen("c1")]), .all([.chosen("a2"), .chosen("d1")])])
    #expect(asked.listedQuestion?.key == "a")
    #expect(asked.touches == 4)
  }

  @Test("the first question with exactly one answer stands with the item, and only where there is more than one")
  func listed() {
    #expect(Self.item([Self.question("a", 2)]).listedQuestion == nil)
    #expect(Self.item([Self.question("a", 2, .any), Self.question("b", 2)]).listedQuestion?.key == "b")
    #expect(Self.item([Self.question("a", 2), Self.question("b", 2)]).listedQuestion?.key == "a")
  }
}
