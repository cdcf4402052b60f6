import FileKit
import Foundation
import Ports
import PrinterProtocols
import Settings
import Testing
import YAMLDocuments

// Goal: an accepted model file has everything that the hall relies on; any other is refused at its line. Method: every
// shipped folder, a good text, and the text with one thing wrong.
@Suite("printer models")
struct PrinterModelTests {
  static let good = """
    schema: 1
    id: acme-x80
    name: 某牌 X80
    language: escpos
    paper: {width_mm: 80, width_dots: 576, dpi: 203, roll_mm: 70000}
    cutter: none
    feed_dots: 24
    band_rows: 48
    status: realtime
    completion: echo
    near_end_sensor: true
    tried_on: ['X80, 固件 1.2, 2026-11-22']
    quirks:
    - {what: a, why: b, source: c}
    remedies:
      paper_low: {zh-Hans: 一, en: one}
      paper_out: {zh-Hans: 二, en: two}
      cover_open: {zh-Hans: 三, en: three}
      offline: {zh-Hans: 四, en: four}
      print_service_down: {zh-Hans: 五, en: five}
      printer_fault: {zh-Hans: 六, en: six}

    """

  static let shipped = ["epson-tm-t88", "generic-58", "generic-80", "ipp-a4", "ipp-roll"]

  @Test("the models that come with the package are read without a fault, and are these")
  func shippedModels() throws {
    let loaded = PrinterModelStore.load([Reference.models])
    #expect(loaded.faults.map(\.description) == [])
    #expect(loaded.value?.ids == Self.shipped)
  }

  @Test("a shipped model can be encoded as it says, and has words for all that it can report", arguments: shipped)
  func model(id: String) throws {
    let model = try #require(PrinterModelStore.load([Reference.models]).value?[id])
    #expect(model.encoder.bandHeight == model.bandRows && model.encoder.feedDots == model.feedDots)
    #expect(model.encoder.cuts == (model.cutter != .none))
    #expect(model.widthDots == ["epson-tm-t88": 512, "generic-58": 384, "ipp-a4": 1680][id, default: 576])
    for code in model.conditions.codes {
      let words = try #require(model.remedies[code], "\(code)")
      #expect(Set(words.keys) == Set(PrinterModel.languages), "\(code)")
      let chinese = try #require(words["zh-Hans"])
      let english = try #require(words["en"])
      #expect(chinese.unicodeScalars.contains { $0.properties.isIdeographic } && chinese != english)
      #expect(!english.unicodeScalars.contains { $0.properties.isIdeographic }, "\(english)")
    }
    #expect(!model.quirks.isEmpty && model.quirks.allSatisfy { !$0.source.isEmpty })
  }

  static let headings = [
    "Paper and cutter", "What it can tell", "Setting it up", "Quirks", "Tried with", "Sources",
  ]

  @Test("a model's README has the headings of all, and says untested as long as nobody tried", arguments: shipped)
  func readme(id: String) throws {
    let model = try #require(PrinterModelStore.load([Reference.models]).value?[id])
    let text = try String(contentsOfFile: "\(Reference.models)/\(id)/README.md", encoding: .utf8)
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    #expect(headings == Self.headings)
    #expect(text.contains("**untested**") == model.triedOn.isEmpty)
    #expect(text.contains("--model \(id)"))
  }

  @Test("a good file says what the hall goes by")
  func reads() throws {
    let model = try Reference.require(PrinterModelFile.read(Self.good, file: "model.yaml"))
    #expect(model.id == "acme-x80" && model.name == "某牌 X80" && model.language == .escpos)
    #expect(model.paperMillimetres == 80 && model.widthDots == 576 && model.dpi == 203)
    #expect(model.cutter == .none && model.feedDots == 24 && model.bandRows == 48)
    #expect(model.status == .realtime && model.completion == .echo && model.seesNearEnd)
    #expect(model.rollMillimetres == 70_000 && model.triedOn.count == 1)
    #expect(model.quirks == [PrinterQuirk(what: "a", why: "b", source: "c")])
    #expect(model.remedies["cover_open"] == ["zh-Hans": "三", "en": "three"])
    let without = Self.good.replacing("feed_dots: 24\n", with: "").replacing("band_rows: 48\n", with: "")
    let plain = try Reference.require(PrinterModelFile.read(without, file: "model.yaml"))
    #expect(plain.feedDots == ESCPOSEncoder.defaultFeedDots && plain.bandRows == ESCPOSEncoder.defaultBandHeight)
  }

  @Test(
    "one wrong thing is one fault at its line",
    arguments: [
      Edit("schema: 1", "schema: 2", says: "“2”"),
      Edit("id: acme-x80", "id: ACME X80", says: "“ACME X80”"),
      Edit("name: 某牌 X80\n", "", says: "`name` is missing", below: -2),
      Edit("language: escpos", "language: pcl", says: "“pcl”"),
      Edit("width_mm: 80", "width_mm: 76", says: "`width_mm` is 76"),
      Edit("width_mm: 80", "width_mm: 58", says: "wider than 58 mm"),
      Edit("width_dots: 576", "width_dots: 575", says: "`width_dots` is 575"),
      Edit("dpi: 203", "dpi: 200", says: "`dpi` is 200"),
      Edit("dpi: 203", "dpi: 180", says: "wider than 80 mm"),
      Edit("roll_mm: 70000", "roll_m: 70", says: "`roll_m` is not known"),
      Edit("cutter: none", "cutter: axe", says: "“axe”"),
      Edit("feed_dots: 24", "feed_dots: 2041", says: "“2041”"),
      Edit("band_rows: 48", "band_rows: 50", says: "`band_rows` is 50"),
      Edit("status: realtime", "status: ipp", says: "with escpos"),
      Edit("completion: echo", "completion: ipp", says: "with escpos"),
      Edit("near_end_sensor: true\n", "", says: "`near_end_sensor` is missing", below: -10),
      Edit("tried_on: ['X80, 固件 1.2, 2026-11-22']\n", "", says: "`tried_on` is missing", below: -11),
      Edit("why: b, ", "", says: "`why` is missing"),
      Edit("  cover_open: {zh-Hans: 三, en: three}\n", "", says: "`cover_open` is missing", below: -2),
      Edit("{zh-Hans: 四, en: four}", "{zh-Hans: 四}", says: "`en` is missing"),
      Edit("{zh-Hans: 四, en: four}", "{zh-Hans: 四, en: four, de: vier}", says: "`de` is not known"),
      Edit("  offline:", "  paper_gone: {zh-Hans: 无, en: no}\n  offline:", says: "`paper_gone` is not known"),
      Edit("cutter: none", "cutter: full", says: "`cutter_fault` is missing", below: 10),
    ])
  func oneFault(edit: Edit) throws {
    let (text, line) = try edit.applied(to: Self.good)
    let loaded = PrinterModelFile.read(text, file: "model.yaml")
    // A misspelt key is reported as missing too.
    let faults = loaded.faults.filter { !edit.to.contains("roll_m:") || !$0.what.contains("is missing") }
    edit.check(faults, line: line)
    #expect(loaded.value == nil)
  }

  @Test("a folder whose id is another's, one without a file and a broken one are each a fault of their own")
  func folders() throws {
    let scratch = try Scratch()
    for name in ["acme-x80", "acme-x81", "empty", "broken"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + name, withIntermediateDirectories: false)
    }
    _ = try scratch.write(Self.good, as: "acme-x80/model.yaml")
    _ = try scratch.write(Self.good, as: "acme-x81/model.yaml")
    _ = try scratch.write("schema: 1\nschema: 1\n", as: "broken/model.yaml")
    _ = try scratch.write("to be read by people", as: "README.md")
    let faults = PrinterModelStore.load([scratch.path]).faults
    #expect(faults.count == 3)
    #expect(faults.contains { $0.file.hasSuffix("acme-x81/model.yaml") && $0.what.contains("the folder acme-x81") })
    #expect(faults.contains { $0.file.hasSuffix("empty/model.yaml") && $0.what.contains("cannot be opened") })
    #expect(faults.contains { $0.file.hasSuffix("broken/model.yaml") && $0.what.contains("twice") })
    #expect(PrinterModelStore.load([scratch.path + "/nowhere"]).faults.count == 1)
  }

  @Test("a hall's own model comes before the shipped one of the same id")
  func own() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/models/generic-80", withIntermediateDirectories: true)
    let own = Self.good.replacing("id: acme-x80", with: "id: generic-80")
    _ = try scratch.write(own, as: "models/generic-80/model.yaml")
    let store = try Reference.require(PrinterModelStore.load([Reference.models, scratch.path + "/models"]))
    #expect(store["generic-80"]?.name == "某牌 X80" && store.ids == Self.shipped)
    let text = ConfigurationTests.good.replacing("paper_mm: 58", with: "paper_mm: 80")
    let named = text.replacing("  pinyin: pinyin.tsv", with: "  pinyin: pinyin.tsv\n  models: models")
    let settings = try Reference.require(try scratch.configuration(named))
    #expect(settings.kiosks[0].printer?.model.name == "某牌 X80")
  }
}
