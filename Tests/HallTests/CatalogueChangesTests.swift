import Hall
import Testing

@Suite("changes between two catalogues")
struct CatalogueChangesTests {
  private static func item(
    _ code: String, name: String = "社会保障卡申领", steps: [String] = ["取号"], promise: TimeLimit? = nil, fee: String = "不收费",
    materials: [Material] = [], questions: [Question] = [], basis: [String] = []
  ) -> Item {
    Item(
      code: code, name: name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .window, basis: basis,
      materials: materials, steps: steps, promisedLimit: promise, fee: fee, questions: questions)
  }

  private static func catalogue(_ items: [Item], _ bundles: [ItemBundle] = []) -> Catalogue {
    Catalogue(version: "", asOf: "", items: items, bundles: bundles)
  }

  private func lines(_ old: Item, _ new: Item) -> [String] {
    CatalogueChanges(from: Self.catalogue([old]), to: Self.catalogue([new])).changed.flatMap(\.lines)
  }

  @Test("nothing changed says nothing")
  func same() {
    #expect(CatalogueChanges(from: Self.catalogue([Self.item("A")]), to: Self.catalogue([Self.item("A")])).isEmpty)
  }

  @Test("items and bundles that came and went are named")
  func cameAndWent() {
    let old = Self.catalogue(
      [Self.item("A"), Self.item("B", name: "乙")], [ItemBundle(code: "X", name: "甲事", items: ["A", "B"])])
    let new = Self.catalogue(
      [Self.item("A"), Self.item("C", name: "丙")],
      [ItemBundle(code: "X", name: "甲事", items: ["A", "C"]), ItemBundle(code: "Y", name: "乙事", items: ["A", "C"])])
    #expect(
      CatalogueChanges(from: old, to: new).lines == [
        "新增事项：C 丙", "取消事项：B 乙", "新增一件事：Y 乙事", "一件事有变：X 甲事（A、C）",
      ])
  }

  @Test("fields are told with what they were and what they are")
  func fields() {
    let old = Self.item("A", promise: TimeLimit(count: 10, unit: .workingDay), basis: ["甲", "乙"])
    let new = Self.item(
      "A", name: "社保卡申领", steps: ["取号", "受理"], promise: TimeLimit(count: 5, unit: .workingDay), fee: "20元",
      basis: ["乙", "丙"])
    #expect(
      lines(old, new) == [
        "名称：由“社会保障卡申领”改为“社保卡申领”", "设定依据：新增“丙”", "设定依据：删去“甲”", "办理流程：由“取号”改为“取号 → 受理”",
        "承诺时限：由“10 个工作日”改为“5 个工作日”", "收费：由“不收费”改为“20元”",
      ])
    #expect(
      lines(new, Self.item("A", name: "社保卡申领", steps: ["取号", "受理"], fee: "20元", basis: ["丙", "乙"])) == [
        "设定依据：顺序有变", "承诺时限：删去“5 个工作日”",
      ])
  }

  @Test("materials are told one by one")
  func materials() {
    func paper(_ name: String, copies: Int = 1, necessity: Material.Necessity = .necessary, when: Condition? = nil)
      -> Material
    {
      Material(name: name, kind: .copy, originals: 0, copies: copies, necessity: necessity, when: when)
    }
    let old = Self.item("A", materials: [paper("身份证"), paper("户口簿"), paper("照片")])
    let new = Self.item(
      "A",
      materials: [
        paper("身份证", copies: 2, necessity: .deferrable), paper("照片", when: .any(["x", .not("y")])), paper("合同"),
      ])
    #expect(
      lines(old, new) == [
        "材料“身份证”：份数由“复印件，原件0、复印件1”改为“复印件，原件0、复印件2”；必要性由“必要”改为“容缺后补”",
        "材料“照片”：情形由“无”改为“x，或者不是“y””", "材料：新增“合同”（复印件1份，必要）", "材料：删去“户口簿”",
      ])
    let turned = Self.item("A", materials: [paper("户口簿"), paper("身份证"), paper("照片")])
    #expect(lines(old, turned) == ["材料：顺序有变"])
  }

  @Test("questions are told with their answers")
  func questions() {
    func ask(_ choice: Question.Choice, _ keys: [String]) -> [Question] {
      [Question(key: "q", ask: "谁来", choice: choice, situations: keys.map { Situation(key: $0, label: $0) })]
    }
    #expect(
      lines(Self.item("A", questions: ask(.one, ["甲"])), Self.item("A", questions: ask(.any, ["甲", "乙"]))) == [
        "情形：新增“谁来（多选：甲、乙）”", "情形：删去“谁来（单选：甲）”",
      ])
  }

  @Test("whatever field differs, something is said")
  func everyField() {
    let old = Self.item("A")
    let place = Item.Elsewhere(reason: "清单", place: "区", address: "一号", hours: "工作日", phone: "12345")
    let others = [
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .agent, steps: ["取号"]),
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .window, steps: ["取号"],
        level: .village),
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .window, steps: ["取号"],
        elsewhere: place),
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .window, steps: ["取号"],
        stages: [.init(office: .town, does: "受理")]),
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", audience: .enterprise,
        handledBy: .window, steps: ["取号"]),
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .window, steps: ["取号"],
        cityWide: true),
      Item(
        code: "A", name: old.name, initials: "SH", category: "社保", queueGroup: "社保", handledBy: .window, steps: ["取号"],
        feeBasis: "价"),
    ]
    for other in others { #expect(lines(old, other).count == 1, "\(lines(old, other))") }
  }
}
