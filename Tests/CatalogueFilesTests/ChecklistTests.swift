import CatalogueFiles
import FileKit
import Groundwork
import Hall
import Testing

/// For every item and every possible answer, the list equals that of a slow evaluation.
@Suite("checklists")
struct ChecklistTests {
  @Test("every item of the shipped catalogue, every combination of answers")
  func shipped() throws {
    var lists = 0
    for item in try Reference.catalogue().items {
      for said in SlowChecklist.everythingSaid(item) {
        #expect(item.checklist(said).lines() == SlowChecklist(item: item, said: said).lines(), "\(item.code) \(said)")
        lists += 1
      }
    }
    #expect(lists > 80, "\(lists) lists")
  }

  @Test("synthetic items with every kind of condition and group", arguments: 0..<150)
  func synthetic(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let item = SyntheticItem.make(&random)
    for said in SlowChecklist.everythingSaid(item) {
      let list = item.checklist(said)
      #expect(list.lines() == SlowChecklist(item: item, said: said).lines(), "seed \(seed): \(said)")
    }
  }

  @Test("the synthetic items do meet open, certain and impossible conditions, and groups of several")
  func reach() {
    var open = 0
    var groups = 0
    var dropped = 0
    for seed in 0..<150 {
      var random = SeededRandom(seed: UInt64(seed))
      let item = SyntheticItem.make(&random)
      let list = item.checklist([])
      let choices = (list.toBring + list.toFillIn + list.mayLeave).flatMap(\.choices)
      open += choices.count { $0.onlyWhen != nil }
      groups += (list.toBring + list.mayLeave).count { $0.choices.count > 1 }
      dropped += item.materials.count - choices.count
    }
    #expect(open > 100 && groups > 30 && dropped > 3, "\(open) \(groups) \(dropped)")
  }

  @Test(
    "a group of which the hall gets one member itself is brought all the same: which of them is the case, it cannot know"
  )
  func sharedMember() {
    func group(when: Condition?) -> Checklist {
      Item(
        code: "A", name: "甲", initials: "", category: "", queueGroup: "", handledBy: .window,
        situations: [Situation(key: "x", label: "乙"), Situation(key: "y", label: "丙")],
        materials: [
          Material(name: "合同", kind: .copy, originals: 0, copies: 1, necessity: .necessary, oneOf: "住址"),
          Material(
            name: "房产证", kind: .copy, originals: 0, copies: 1, necessity: .necessary, shared: true, when: when,
            oneOf: "住址"),
        ]
      ).checklist([])
    }
    #expect(group(when: nil).lines() == ["bring 住址: 合同 | 房产证"])
    #expect(group(when: "x").lines() == ["bring 住址: 合同 | 房产证?"])
  }

  @Test("a bundle asks for each material once: the most originals, all photocopies, the stricter need")
  func bundles() throws {
    func item(_ code: String, _ materials: [Material]) -> Item {
      Item(code: code, name: code, initials: "", category: "", queueGroup: "", handledBy: .window, materials: materials)
    }
    let catalogue = Catalogue(
      version: "", asOf: "",
      items: [
        item(
          "A",
          [
            Material(
              name: "结婚证", kind: .originalAndCopy, originals: 1, copies: 1, required: true, electronicAccepted: true),
            Material(name: "户口簿", kind: .original, originals: 1, copies: 0, necessity: .optional),
            Material(name: "申请表", kind: .form, originals: 1, copies: 0, required: true),
          ]),
        item(
          "B",
          [
            Material(name: "结婚证", kind: .originalAndCopy, originals: 1, copies: 2, required: true),
            Material(name: "户口簿", kind: .original, originals: 1, copies: 0, required: true),
          ]),
      ], bundles: [ItemBundle(code: "C", name: "丙", items: ["A", "B"])])
    let list = catalogue.checklist(of: try #require(catalogue.bundle("C")), [:])
    #expect(list.lines() == ["bring 结婚证: 结婚证", "bring 户口簿: 户口簿", "fill 申请表: 申请表"])
    let certificate = try #require(list.toBring.first?.choices.first?.material)
    #expect(certificate.originals == 1 && certificate.copies == 3 && !certificate.electronicAccepted)
    for bundle in try Reference.catalogue().bundles {
      #expect(!(try Reference.catalogue().checklist(of: bundle, [:])).isEmpty)
    }
  }
}

/// Items with extreme questions, conditions and groups, from one seed.
enum SyntheticItem {
  static func make(_ random: inout SeededRandom) -> Item {
    var keys: [String] = []
    let questions = (0..<Int.random(in: 0...3, using: &random)).map { number in
      let situations = (0..<Int.random(in: 1...3, using: &random)).map { answer in
        Situation(key: "q\(number)a\(answer)", label: "情形\(number)\(answer)")
      }
      keys += situations.map(\.key)
      return Question(
        key: "q\(number)", ask: "问", choice: Bool.random(using: &random) ? .one : .any, situations: situations)
    }
    let materials = (0..<Int.random(in: 1...7, using: &random)).map { number in
      Material(
        name: "材料\(number)", kind: Material.Kind.allCases.randomElement(using: &random) ?? .form, originals: 1,
        copies: 1,
        necessity: Material.Necessity.allCases.randomElement(using: &random) ?? .necessary,
        electronicAccepted: random.oneIn(4), shared: random.oneIn(4),
        when: keys.isEmpty || random.oneIn(3) ? nil : condition(keys, depth: 3, &random),
        oneOf: random.oneIn(2) ? "组\(Int.random(in: 0...1, using: &random))" : nil)
    }
    return Item(
      code: "S", name: "合成", initials: "", category: "", queueGroup: "", handledBy: .window, materials: materials,
      questions: questions)
  }

  private static func condition(_ keys: [String], depth: Int, _ random: inout SeededRandom) -> Condition {
    if depth == 0 || random.oneIn(2) { return .chosen(keys.randomElement(using: &random) ?? "") }
    switch Int.random(in: 0...2, using: &random) {
    case 0: return .not(condition(keys, depth: depth - 1, &random))
    case 1: return .all((0..<2).map { _ in condition(keys, depth: depth - 1, &random) })
    default: return .any((0..<2).map { _ in condition(keys, depth: depth - 1, &random) })
    }
  }
}
