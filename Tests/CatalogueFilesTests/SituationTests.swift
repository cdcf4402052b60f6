import CatalogueFiles
import FileKit
import Hall
import Testing
import YAMLDocuments

/// Questions, conditions, groups and bundles in the catalogue file.
@Suite("questions of the catalogue file")
struct SituationTests {
  static let good = """
    as_of: '2026-11-22'
    items:
    - code: A-1
      name: 社会保障卡补换
      category: 大厅服务
      level: town
      handled_by: window
      queue_group: 社保
      basis: [法]
      questions:
      - key: card
        ask: 卡怎么了
        choose: one
        answers:
        - {key: lost, label: 遗失}
        - {key: damaged, label: 损坏}
      - key: case
        ask: 有以下情况吗
        choose: any
        answers:
        - {key: minor, label: 未成年人}
        - {key: abroad, label: 在国外}
      materials:
      - {name: 居民身份证, kind: original, copies: 1, necessity: 容缺后补, medium: 纸质, size: A4, obtain: 派出所, standard: 清晰}
      - {name: 原卡, kind: original, copies: 1, required: false, when: damaged}
      - {name: 监护人身份证, kind: original, copies: 1, required: false, when: {all: [minor, {not: abroad}]}}
      - {name: 委托书, kind: form, copies: 1, required: false, when: [abroad, minor]}
      - {name: 租赁合同, kind: copy, copies: 1, required: true, one_of: 住址证明}
      - {name: 房产证, kind: copy, copies: 1, required: true, one_of: 住址证明, shared: true}
      steps: [取号]
      stages: [{office: village, does: 受理}, {office: district, does: 决定}]
      promised_limit: {n: 0, unit: immediate}
      fee: 不收费
      consult_phone: '@hall'
      supervise_phone: '12345'
    \(CatalogueSample.village)
    bundles:
    - {code: B-1, name: 一件事, items: [A-1, A-2]}

    """

  @Test("questions, conditions, groups, stages and bundles are read")
  func reads() throws {
    let loaded = try CatalogueSample.read(Self.good)
    #expect(loaded.faults.isEmpty && loaded.warnings.isEmpty, "\(loaded.faults) \(loaded.warnings)")
    let catalogue = try #require(loaded.value)
    let item = catalogue.items[0]
    #expect(item.questions.map(\.key) == ["card", "case"] && item.questions.map(\.choice) == [.one, .any])
    #expect(item.questions[1].ask == "有以下情况吗" && item.situations.map(\.key) == ["lost", "damaged", "minor", "abroad"])
    #expect(
      item.materials.map(\.when) == [
        nil, "damaged", .all(["minor", .not("abroad")]), .any(["abroad", "minor"]), nil, nil,
      ])
    let card = item.materials[0]
    #expect(card.necessity == .deferrable && card.medium == .paper && card.size == "A4")
    #expect(card.obtain == "派出所" && card.standard == "清晰")
    #expect(item.materials[5].shared && item.materials[5].oneOf == "住址证明")
    #expect(item.stages.map(\.office) == [.village, .district] && item.directory == nil)
    #expect(catalogue.bundles == [ItemBundle(code: "B-1", name: "一件事", items: ["A-1", "A-2"])])
  }

  @Test(
    "one wrong thing is one fault at its line",
    arguments: [
      Edit("choose: one", "choose: some", says: "“some”"),
      Edit("    choose: any\n", "", says: "`choose` is missing", below: -2),
      Edit("    ask: 卡怎么了\n", "", says: "`ask` is missing", below: -1),
      Edit("key: case", "key: card", says: "the question card stands here twice"),
      Edit("{key: abroad, label: 在国外}", "{key: lost, label: 在国外}", says: "the situation lost stands here twice"),
      Edit("{key: abroad, label: 在国外}", "{key: 'no:ne', label: 在国外}", says: "holds a colon"),
      Edit("  questions:\n", "  situations: [{key: x, label: 甲}]\n  questions:\n", says: "beside `questions`"),
      Edit("when: damaged", "when: [damaged, burnt]", says: "burnt, which the item does not have"),
      Edit("{not: abroad}", "{never: abroad}", says: "`when` is a table"),
      Edit("[abroad, minor]", "[]", says: "names no situation"),
      Edit("[abroad, minor]", "{not: {not: {not: {not: minor}}}}", says: "nested too deep"),
      Edit("one_of: 住址证明}\n", "one_of: 住址}\n", says: "“住址” has one member"),
      Edit(
        "copies: 1, required: true, one_of: 住址证明, shared", "copies: 1, necessity: 容缺后补, one_of: 住址证明, shared",
        says: "必要 with one member and 容缺后补"),
      Edit("房产证, kind: copy", "房产证, kind: form", says: "filled in at the hall"),
      Edit("necessity: 容缺后补", "necessity: 随便", says: "“随便”"),
      Edit("necessity: 容缺后补", "required: true, necessity: 容缺后补", says: "beside `required: true`"),
      Edit("necessity: 容缺后补", "necessity: 非必要", says: "without a reason"),
      Edit("medium: 纸质", "medium: 口头", says: "“口头”"),
      Edit("[A-1, A-2]", "[A-1, A-9, A-2]", says: "A-9, which is not in the catalogue"),
      Edit("[A-1, A-2]", "[A-1, A-2, A-1]", says: "A-1 twice"), Edit("[A-1, A-2]", "[A-1]", says: "fewer than two"),
      Edit("code: B-1", "code: A-2", says: "the code A-2 is taken in line 36"),
    ])
  func oneFault(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    // What can no longer be named, or is alone now, is reported as well.
    let besides = ["burnt", "the item does not have", "has one member"].filter { !edit.says.contains($0) }
    let faults = try CatalogueSample.read(text).faults.filter { fault in !besides.contains { fault.what.contains($0) } }
    if edit.says.contains("has one member") {
      #expect(faults.count == 2 && faults.contains { $0.line == line && $0.what.contains(edit.says) }, "\(faults)")
    } else {
      edit.checkForOffices(faults, line: line)
    }
  }

  @Test(
    "what an office should look at again is a warning at its line",
    arguments: [
      Edit(
        "{key: damaged, label: 损坏}", "{key: damaged, label: 损坏}\n    - {key: agent, label: 他人代办}",
        says: "can be the case beside", below: -2),
      Edit("  directory: agency\n", "", says: "neither of its lists", below: -5),
    ])
  func warning(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    let loaded = try CatalogueSample.read(text)
    #expect(loaded.value != nil, "\(loaded.faults)")
    edit.checkForOffices(loaded.warnings, line: line)
  }

  @Test(
    "credit codes of real bodies pass their check character, a changed one does not",
    arguments: [
      "11500383009338112H", "11500382009327333L", "11500223009332511P", "11440232MB2D06811W", "11440100007482575H",
    ])
  func implementationCodes(body: String) throws {
    func faults(_ code: String) throws -> Int {
      try CatalogueSample.read(
        Self.good.replacing(
          "  basis: [法]\n  questions", with: "  implementation_code: '\(code)'\n  basis: [法]\n  questions")
      ).faults.count
    }
    #expect(try faults(body + "4000117051000") == 0)
    #expect(try faults(body + "7000117051000") == 1, "no such level")
    #expect(try faults(body + "400011705100") == 1, "a digit is missing")
    let swapped = String(body.prefix(8)) + String(body.dropFirst(8).prefix(2).reversed()) + String(body.dropFirst(10))
    if swapped != body { #expect(try faults(swapped + "4000117051000") == 1, "two digits changed places") }
  }
}
