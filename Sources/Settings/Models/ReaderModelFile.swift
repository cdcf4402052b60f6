package import ReaderProtocols
package import YAMLDocuments

/// A reader model's `model.yaml`.
package enum ReaderModelFile {
  /// The schema of a model file; a file with another is refused.
  package static let schema = 1
  /// Conditions for which a model has remedies, including `left` for a device that was unplugged.
  package static let conditions = ["taken", "not_permitted", "silent", "needs_service", "left"]

  package static func read(_ text: String, file: String) -> Loaded<ReaderModel> {
    let log = FaultLog()
    return Loaded(model(text, file: file, log), log, first: file)
  }

  static func model(_ text: String, file: String, _ log: FaultLog) -> ReaderModel? {
    guard let root = YAMLNode.document(text, file: file, log), let top = YAMLTable(root, "the file", log) else {
      return nil
    }
    return ReaderModelParser(top).model()
  }
}

/// Parses a model's file key by key.
struct ReaderModelParser {
  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  func model() -> ReaderModel? {
    defer { top.refuseUnknown() }
    _ = top.integer("schema", in: ReaderModelFile.schema...ReaderModelFile.schema, required: true)
    let id = id()
    let name = top.text("name", atMost: 60)
    let way = top.choice("way", of: ReaderWay.allCases)
    let numbers = numbers(way)
    let keyboard = keyboard(way)
    let mustBegin = way == .pos ? top.flag("must_begin") ?? false : false
    let tried = top.list("tried_on", required: true, atMost: 100) == nil ? [] : top.texts("tried_on", atMost: 200)
    let quirks = top.tables("quirks", atMost: 40).compactMap(quirk)
    let remedies = remedies(way)
    guard log.faults.isEmpty, let id, let name, let way else { return nil }
    return ReaderModel(
      id: id, name: name, way: way, numbers: numbers, keyboard: keyboard, mustBegin: mustBegin, remedies: remedies,
      quirks: quirks, triedOn: tried)
  }

  private func id() -> String? {
    guard let id = top.text("id", atMost: 200) else { return nil }
    guard PrinterModelFile.isID(id) else {
      log.fault(
        top.location(of: "id"), "the id “\(id)”",
        "write 1 to 40 small letters, digits and hyphens, the name of its folder",
        zh: "型号编号“\(id)”不对：写 1 到 40 个小写字母、数字和连字符，与文件夹同名")
      return nil
    }
    return id
  }

  /// A match that could claim foreign devices is refused here, before any device is plugged in.
  private func numbers(_ way: ReaderWay?) -> [ReaderModel.Numbers] {
    guard top.list("usb", required: true, atMost: 100) != nil else { return [] }
    let texts = top.texts("usb", atMost: 9)
    let location = top.location(of: "usb")
    let numbers = texts.compactMap { text -> ReaderModel.Numbers? in
      guard let numbers = ReaderModel.Numbers(text) else {
        log.fault(
          location, "`usb` has “\(text)”", "write vendor and product as lsusb shows them: '0400:c35a', or '0c2e'",
          zh: "usb 里有“\(text)”：照 lsusb 写厂商号和产品号，如 '0400:c35a' 或 '0c2e'")
        return nil
      }
      if way == .keyboard, numbers.product == nil {
        log.fault(
          location, "`usb` has a whole vendor (\(text))", "name the product: a real keyboard must never be taken",
          zh: "usb 写的是整个厂商（\(text)）：写明产品号，不能占用真正的键盘")
      }
      return numbers
    }
    if texts.isEmpty, let way, way != .keyboard {
      log.fault(
        location, "`usb` is empty", "write vendor and product as lsusb shows them",
        zh: "usb 是空的：照 lsusb 写厂商号和产品号")
    }
    return numbers
  }

  private func keyboard(_ way: ReaderWay?) -> KeyboardDecoder.Settings {
    guard way == .keyboard, let table = top.table("keyboard") else { return .init() }
    defer { table.refuseUnknown() }
    let layout = table.choice("layout", of: KeyboardLayout.allCases)
    let alt = table.choice("alt", of: AltReading.allCases)
    return KeyboardDecoder.Settings(
      layout: layout ?? .us, alt: alt ?? .gbk, tellsSymbol: table.flag("tells_symbol") ?? false,
      capsLock: table.flag("caps_lock") ?? false)
  }

  private func quirk(_ table: YAMLTable) -> ReaderModel.Quirk? {
    defer { table.refuseUnknown() }
    let (what, why) = (table.text("what", atMost: 300), table.text("why", atMost: 400))
    let source = table.text("source", atMost: 400)
    guard let what, let why, let source else { return nil }
    return ReaderModel.Quirk(what: what, why: why, source: source)
  }

  private func remedies(_ way: ReaderWay?) -> [String: [String: String]] {
    guard let table = top.table("remedies") else { return [:] }
    defer { table.refuseUnknown() }
    var remedies: [String: [String: String]] = [:]
    for code in ReaderModelFile.conditions {
      // Only a card module reports that it needs service.
      let isNeeded = code != "needs_service" || way?.readsCards ?? false
      guard let words = table.table(code, required: isNeeded) else { continue }
      defer { words.refuseUnknown() }
      for language in ["zh-Hans", "en"] { remedies[code, default: [:]][language] = words.text(language, atMost: 240) }
    }
    return remedies
  }
}
