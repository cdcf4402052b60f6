import FileKit
import Foundation
import ReaderProtocols
import Settings
import Testing
import YAMLDocuments

// Goal: an accepted reader model has everything that the hall relies on and never claims foreign devices; the committed
// udev rules are those of the models. Method: every shipped folder, a good text, and the text with one thing wrong.
@Suite("reader models")
struct ReaderModelTests {
  static let root = Reference.packaging.deletingLastPathComponent()
  static let folder = root.appending(path: "Devices/reader-models").path
  static let shipped = ["cdc-scanner", "generic-keyboard", "honeywell-pos", "newland-pos", "sam-bulk", "sam-hid"]

  static let good = """
    schema: 1
    id: acme-pos
    name: 某牌扫码器
    way: pos
    usb: ['1234:abcd', '1235']
    must_begin: true
    tried_on: []
    quirks:
    - {what: a, why: b, source: c}
    remedies:
      taken: {zh-Hans: 一, en: one}
      not_permitted: {zh-Hans: 二, en: two}
      silent: {zh-Hans: 三, en: three}
      left: {zh-Hans: 四, en: four}

    """

  private func store() throws -> ReaderModelStore {
    let loaded = ReaderModelStore.load(Self.folder)
    #expect(loaded.faults.map(\.description) == [])
    return try #require(loaded.value)
  }

  @Test("the models that come with the package are read without a fault, and are these")
  func shippedModels() throws {
    #expect(try store().all.map(\.id) == Self.shipped)
    let matches = try store().matches()
    #expect(matches.contains { $0.way == .cardBulk && $0.fits(vendor: 0x0400, product: 0xC35A) })
    #expect(!matches.contains { $0.way == .keyboard })
    let own = try #require(ReaderModel.Numbers("0c2e:0901"))
    #expect(try store().matches(keyboards: [own]).contains { $0.way == .keyboard && $0.product == 0x0901 })
  }

  @Test(
    "a shipped model has words for all that it can report, and says untested as long as nobody tried",
    arguments: shipped)
  func model(id: String) throws {
    let model = try #require(try store()[id])
    for code in ReaderModelFile.conditions where code != "needs_service" || model.way.readsCards {
      let words = try #require(model.remedies[code], "\(code)")
      #expect(words["zh-Hans"]?.unicodeScalars.contains { $0.properties.isIdeographic } == true)
      #expect(words["en"]?.unicodeScalars.contains { $0.properties.isIdeographic } == false)
    }
    #expect(!model.quirks.isEmpty && model.quirks.allSatisfy { !$0.source.isEmpty })
    let text = try String(contentsOfFile: "\(Self.folder)/\(id)/README.md", encoding: .utf8)
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    #expect(headings == ["How it is talked to", "Setting it up", "Quirks", "Tried with", "Sources"])
    #expect(text.contains("**untested**") == model.triedOn.isEmpty)
  }

  @Test("a good file says what the reader process goes by")
  func reads() throws {
    let loaded = ReaderModelFile.read(Self.good, file: "model.yaml")
    #expect(loaded.faults.map(\.description) == [])
    let model = try #require(loaded.value)
    #expect(model.matches().map(\.vendor) == [0x1234, 0x1235] && model.matches().allSatisfy(\.mustBegin))
    #expect(model.matches()[0].product == 0xABCD && model.matches()[1].product == nil)
  }

  @Test(
    "one wrong thing is a fault that names it",
    arguments: [
      ("schema: 1", "schema: 2", "“2”"), ("id: acme-pos", "id: ACME", "“ACME”"), ("way: pos", "way: magic", "“magic”"),
      ("'1234:abcd'", "'1234:abc'", "“1234:abc”"), ("['1234:abcd', '1235']", "[]", "`usb` is empty"),
      ("tried_on: []\n", "", "`tried_on` is missing"), ("{zh-Hans: 三, en: three}", "{zh-Hans: 三}", "`en` is missing"),
      ("  silent: {zh-Hans: 三, en: three}\n", "", "`silent` is missing"), ("why: b, ", "", "`why` is missing"),
      ("must_begin", "must_beginn", "`must_beginn` is not known"),
      ("way: pos", "way: card_bulk", "`needs_service` is missing"),
      (
        "way: pos\nusb: ['1234:abcd', '1235']\nmust_begin: true", "way: keyboard\nusb: ['1235']\nkeyboard: {}",
        "a whole vendor"
      ),
    ])
  func oneFault(from: String, to: String, says: String) {
    #expect(Self.good.contains(from))
    let loaded = ReaderModelFile.read(Self.good.replacing(from, with: to), file: "model.yaml")
    #expect(loaded.value == nil)
    #expect(loaded.faults.contains { $0.what.contains(says) }, "\(loaded.faults.map(\.description))")
  }

  @Test("the committed udev rules are those that the models give")
  func rules() throws {
    let committed = try String(
      contentsOf: Self.root.appending(path: "systemd/60-yichuang-readers.rules"), encoding: .utf8)
    let made = ReaderRules.text(try store().all)
    #expect(made == committed)
    #expect(!made.contains("unbind"))
    let own = try #require(ReaderModel.Numbers("0c2e:0901"))
    let ours = ReaderRules.text(try store().all, keyboards: [own])
    #expect(ours.contains("ATTRS{idVendor}==\"0c2e\", ATTRS{idProduct}==\"0901\", RUN+="))
  }
}
