import Hall
import Testing

/// Goal: one list for all items of a bundle names each material once, and each condition in the words of its item.
@Suite("Lists of bundles")
struct BundleListTests {
  @Test("a condition is told in the words of the item that asks for it")
  func words() throws {
    let first = Item(
      code: "AA-001", name: "甲", initials: "J", category: "甲", queueGroup: "甲", handledBy: .window,
      situations: [Situation(key: "minor", label: "未成年"), Situation(key: "adult", label: "成年")],
      materials: [
        Material(name: "户口簿", kind: .original, originals: 1, copies: 0, required: true),
        Material(name: "监护人证件", kind: .original, originals: 1, copies: 0, required: true, when: "minor"),
      ])
    let second = Item(
      code: "AA-002", name: "乙", initials: "Y", category: "乙", queueGroup: "乙", handledBy: .window,
      situations: [Situation(key: "agent", label: "委托他人"), Situation(key: "self", label: "本人来")],
      materials: [
        Material(name: "户口簿", kind: .original, originals: 1, copies: 0, required: true),
        Material(name: "监护人证件", kind: .original, originals: 1, copies: 0, required: true, when: "agent"),
      ])
    let bundle = ItemBundle(code: "YJS-009", name: "一件事", items: ["AA-001", "AA-002"])
    let catalogue = Catalogue(version: "0", asOf: "2026-11-22", items: [first, second], bundles: [bundle])
    let list = catalogue.checklist(of: bundle, [:])
    #expect(list.toBring.map(\.name) == ["户口簿", "监护人证件"])
    let condition = try #require(list.toBring[1].choices.first?.onlyWhen)
    #expect(catalogue.words(of: condition, in: bundle) == "未成年，或者委托他人")
  }
}
