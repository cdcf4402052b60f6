import Foundation
import Hall
import Testing

@Suite("The catalogue in the hall")
struct CatalogueModelTests {
  @Test("a catalogue kept by an older release is read with what its fields meant")
  func older() throws {
    let text = """
      {"version":"00","asOf":"2026-01-01","items":[{"code":"A","name":"甲","initials":"J","aliases":[],"category":"c",
      "queueGroup":"g","audience":"person","handledBy":"window","serviceModes":[],"basis":[],"conditions":[],
      "situations":[{"key":"s","label":"本人"},{"key":"t","label":"代办"}],"materials":[
      {"name":"证","kind":"original","originals":1,"copies":0,"required":false,"electronicAccepted":false,"when":"t","anyOf":[]},
      {"name":"表","kind":"form","originals":1,"copies":0,"required":false,"electronicAccepted":false,"anyOf":[]}],
      "steps":[],"fee":"不收费","cityWide":false}]}
      """
    let catalogue = try JSONDecoder().decode(Catalogue.self, from: Data(text.utf8))
    let item = try #require(catalogue.item("A"))
    #expect(item.questions.map(\.choice) == [.one] && item.situations.map(\.key) == ["s", "t"])
    #expect(item.materials.map(\.necessity) == [.necessary, .optional] && item.materials[0].when == "t")
    #expect(item.level == .town && item.directory == nil && catalogue.bundles.isEmpty)
  }

  @Test("what is kept comes back as it was")
  func roundTrip() throws {
    let item = Item(
      code: "A", name: "甲", initials: "J", category: "c", queueGroup: "g", handledBy: .agent,
      materials: [
        Material(
          name: "证", kind: .copy, originals: 0, copies: 2, necessity: .deferrable, medium: .either, size: "A4",
          shared: true,
          source: "公安", obtain: "派出所", standard: "清晰", when: .all(["a", .not(.any(["b", "c"]))]), oneOf: "组")
      ],
      questions: [
        Question(key: "q", ask: "问", choice: .any, situations: ["a", "b", "c"].map { Situation(key: $0, label: $0) })
      ],
      level: .village, directory: .agency, stages: [.init(office: .village, does: "受理")],
      elsewhere: .init(reason: "清单", place: "区", address: "一号", hours: "工作日", phone: "12345"), exceptionBasis: "法",
      feeBasis: "价", implementationCode: "x", result: "证")
    let catalogue = Catalogue(
      version: "1", asOf: "2026-11-22", items: [item],
      bundles: [ItemBundle(code: "B", name: "乙", items: ["A"], note: "注")])
    let back = try JSONDecoder().decode(Catalogue.self, from: try JSONEncoder().encode(catalogue))
    #expect(back == catalogue)
  }

  @Test("none of the answers of a question of any number can be said; of an exclusive one it cannot")
  func noneOfThese() throws {
    let questions = [Question.Choice.any, .one].map { choice in
      Question(
        key: choice.rawValue, ask: "问", choice: choice,
        situations: ["x", "y"].map { Situation(key: choice.rawValue + $0, label: $0) })
    }
    let item = Item(
      code: "A", name: "甲", initials: "J", category: "c", queueGroup: "g", handledBy: .window, questions: questions)
    #expect(item.knows(answer: "anyx") && item.knows(answer: "none:any"))
    #expect(!item.knows(answer: "none:one") && !item.knows(answer: "none:other"))
    #expect(Answers([], to: questions).truth(of: "anyx") == .open)
    #expect(Answers(["none:any"], to: questions).truth(of: "anyx") == .fails)
    #expect(Answers(["anyy"], to: questions).truth(of: "anyx") == .fails)
    #expect(Answers([], to: questions).truth(of: .any(["onex", "oney"])) == .holds, "one of them is the case")
    #expect(Answers([], to: questions).truth(of: .all(["onex", "oney"])) == .fails, "they exclude each other")
  }

  @Test("a condition as cases is the condition")
  func cases() {
    let condition = Condition.all(["a", .not(.any(["b", "c"]))])
    #expect(condition.alternatives.map(\.chosen) == [["a"]])
    #expect(condition.alternatives.map(\.notChosen) == [["b", "c"]])
    #expect(Condition.chosen("a").alternatives.map(\.chosen) == [["a"]])
    #expect(Condition.all(["a", .not("a")]).alternatives.isEmpty)
  }
}
