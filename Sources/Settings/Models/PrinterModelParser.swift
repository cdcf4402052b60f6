import Ports
import PrinterProtocols
import YAMLDocuments

/// Parses a model's file key by key, and checks it for contradictions.
struct PrinterModelParser {
  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  func model() -> PrinterModel? {
    defer { top.refuseUnknown() }
    schema()
    let id = id()
    let name = top.text("name", atMost: 60)
    let deviceIDs = deviceIDs()
    let language = top.choice("language", of: PrinterLanguage.allCases)
    let paper = top.table("paper").flatMap { self.paper($0, language) }
    let cutter = top.choice("cutter", of: PaperCutter.allCases)
    let (band, feed) = encoding(language)
    let status = top.choice("status", of: StatusMethod.allCases)
    let completion = top.choice("completion", of: CompletionMethod.allCases)
    fits(language, status, completion)
    let answer = answer(status)
    let seesNearEnd = seesNearEnd(status)
    let tried = tried()
    let quirks = top.tables("quirks", atMost: 40).compactMap(quirk)
    let remedies = remedies(status, cutter)
    guard log.faults.isEmpty, let id, let name, let language, let paper, let cutter, let status, let completion,
      let seesNearEnd
    else { return nil }
    return PrinterModel(
      id: id, name: name, deviceIDs: deviceIDs, language: language, paperMillimetres: paper.millimetres,
      widthDots: paper.dots,
      dpi: paper.dpi, cutter: cutter, status: status, completion: completion, answerMilliseconds: answer,
      seesNearEnd: seesNearEnd,
      rollMillimetres: paper.roll, bandRows: band, feedDots: feed, remedies: remedies, quirks: quirks, triedOn: tried)
  }

  /// Refuses a pattern of stars alone, which would match every printer.
  private func deviceIDs() -> [String] {
    guard top.list("device_ids", atMost: 40) != nil else { return [] }
    let patterns = top.texts("device_ids", atMost: 60)
    for pattern in patterns where pattern.count(where: { $0 != "*" && $0 != " " }) < 3 {
      log.fault(
        top.location(of: "device_ids"), "`device_ids` has “\(pattern)”",
        "write maker and model as the printer names them, such as 'EPSON TM-T88*'",
        zh: "device_ids 里的“\(pattern)”太短：写打印机自报的厂商和型号，如 'EPSON TM-T88*'")
    }
    return patterns
  }

  private func schema() {
    let range = PrinterModelFile.schema...PrinterModelFile.schema
    _ = top.integer("schema", in: range, required: true)
  }

  private func id() -> String? {
    guard let id = top.text("id", atMost: 200) else { return nil }
    guard PrinterModelFile.isID(id) else {
      log.fault(
        top.location(of: "id"), "the id “\(id)”",
        "write 1 to 40 small letters, digits and hyphens, the name of its folder: vendor-model",
        zh: "型号编号“\(id)”不对：写 1 到 40 个小写字母、数字和连字符，与文件夹同名，如 厂商-型号 的拼音或英文")
      return nil
    }
    return id
  }

  private typealias Paper = (millimetres: Int, dots: Int, dpi: Int, roll: Int)

  private func paper(_ table: YAMLTable, _ language: PrinterLanguage?) -> Paper? {
    defer { table.refuseUnknown() }
    if table.node("sheet") != nil { return sheet(table, language) }
    let millimetres = table.integer("width_mm", in: 58...80, required: true)
    let dots = table.integer("width_dots", in: 360...640, required: true)
    let dpi = table.integer("dpi", in: 180...203, required: true)
    let roll = table.integer("roll_mm", in: 1_000...400_000, required: true)
    if let millimetres, millimetres != 58, millimetres != 80 {
      log.fault(
        table.location(of: "width_mm"), "`width_mm` is \(millimetres)", "write 80 or 58",
        zh: "纸宽（width_mm）是 \(millimetres)：写 80 或 58")
    }
    if let dpi, dpi != 180, dpi != 203 {
      log.fault(
        table.location(of: "dpi"), "`dpi` is \(dpi)", "write 203 or 180",
        zh: "点密度（dpi）是 \(dpi)：写 203 或 180")
    } else if dpi == 180, language == .ipp {
      log.fault(
        table.location(of: "dpi"), "slips for an IPP printer are drawn at 203 dpi", "a head of 180 dpi needs ESC/POS",
        zh: "IPP 打印机的小票按 203 dpi 画：180 dpi 的打印头要用 ESC/POS")
    }
    if let dots, dots % 8 != 0 {
      log.fault(
        table.location(of: "width_dots"), "`width_dots` is \(dots)", "write a multiple of 8",
        zh: "点数（width_dots）是 \(dots)：写 8 的倍数")
    }
    guard let millimetres, let dots, let dpi, let roll else { return nil }
    // One dot is 25.4 mm / dpi; in tenths of a millimetre, for integer arithmetic.
    if dots * 254 > millimetres * dpi * 10 {
      log.fault(
        table.location(of: "width_dots"), "\(dots) dots at \(dpi) dpi are wider than \(millimetres) mm",
        "write the dots that the head burns: 576 (203 dpi) or 512 (180 dpi) on 80 mm, 384 on 58 mm",
        zh: "\(dots) 点按 \(dpi) dpi 比 \(millimetres) 毫米纸还宽：写打印头实际的点数，80 毫米纸 576（203 dpi）或 512（180 dpi），58 毫米纸 384")
    }
    return (millimetres: millimetres, dots: dots, dpi: dpi, roll: roll)
  }

  /// An office printer: it gets a PDF, and counts its paper itself.
  private func sheet(_ table: YAMLTable, _ language: PrinterLanguage?) -> Paper? {
    guard table.text("sheet", atMost: 10) == "a4" else {
      log.fault(
        table.location(of: "sheet"), "`sheet` is of an unknown size", "write `sheet: a4`, or the roll's width",
        zh: "纸张（sheet）的尺寸不认得：写 sheet: a4，或写纸卷的宽度")
      return nil
    }
    if language != .ipp {
      log.fault(
        table.location(of: "sheet"), "sheets are printed through the print service only", "write `language: ipp`",
        zh: "A4 纸只能经打印服务打印：写 language: ipp")
    }
    return (
      millimetres: PrinterModel.sheetMillimetres, dots: SlipImage.sheetWidthDots, dpi: 203, roll: 0
    )
  }

  /// An IPP printer gets a picture and cuts by itself, so these keys are unknown there.
  private func encoding(_ language: PrinterLanguage?) -> (band: Int, feed: Int) {
    let byDefault = (band: ESCPOSEncoder.defaultBandHeight, feed: ESCPOSEncoder.defaultFeedDots)
    guard language != .ipp else { return byDefault }
    let band = top.integer("band_rows", in: 24...2304) ?? byDefault.band
    if band % 24 != 0 {
      log.fault(
        top.location(of: "band_rows"), "`band_rows` is \(band)", "write a multiple of 24",
        zh: "带高（band_rows）是 \(band)：写 24 的倍数")
    }
    return (band: band, feed: top.integer("feed_dots", in: 0...2040) ?? byDefault.feed)
  }

  private func fits(_ language: PrinterLanguage?, _ status: StatusMethod?, _ completion: CompletionMethod?) {
    guard let language, let status, let completion else { return }
    let speaksIPP = language == .ipp
    if speaksIPP != (status == .ipp) {
      let words = speaksIPP ? "ipp" : "realtime or none"
      log.fault(
        top.location(of: "status"), "`status: \(status.rawValue)` with \(language.rawValue)", "write \(words)",
        zh: "\(language.rawValue) 不能配 status: \(status.rawValue)：写 \(speaksIPP ? "ipp" : "realtime 或 none")")
    }
    if speaksIPP != (completion == .ipp) {
      let words = speaksIPP ? "ipp" : "echo, status or none"
      log.fault(
        top.location(of: "completion"), "`completion: \(completion.rawValue)` with \(language.rawValue)",
        "write \(words)",
        zh: "\(language.rawValue) 不能配 completion: \(completion.rawValue)：写 \(speaksIPP ? "ipp" : "echo、status 或 none")")
    }
  }

  /// The timeout of an answer, for slow interface boards. Only a model that is queried has this key.
  private func answer(_ status: StatusMethod?) -> Int? {
    guard status == .realtime else { return nil }
    return top.integer("answer_ms", in: 100...20_000)
  }

  private func seesNearEnd(_ status: StatusMethod?) -> Bool? {
    guard let sees = top.flag("near_end_sensor") else {
      if top.node("near_end_sensor") == nil {
        log.fault(
          top.location(of: "near_end_sensor"), "`near_end_sensor` is missing", "write true or false",
          zh: "没有写有无纸将尽传感器（near_end_sensor）：写 true 或 false")
      }
      return nil
    }
    if sees, status == StatusMethod.none {
      log.fault(
        top.location(of: "near_end_sensor"), "a sensor that is never asked",
        "write false: with `status: none` the hall counts millimetres",
        zh: "写了有纸将尽传感器，却从不询问：写 false；status: none 时大厅按毫米数算用纸")
    }
    return sees
  }

  /// Required: an empty list means that nobody has tried the model with a real device.
  private func tried() -> [String] {
    guard top.list("tried_on", required: true, atMost: 100) != nil else { return [] }
    return top.texts("tried_on", atMost: 200)
  }

  private func quirk(_ table: YAMLTable) -> PrinterQuirk? {
    defer { table.refuseUnknown() }
    let (what, why) = (table.text("what", atMost: 300), table.text("why", atMost: 400))
    let source = table.text("source", atMost: 400)
    guard let what, let why, let source else { return nil }
    return PrinterQuirk(what: what, why: why, source: source)
  }

  /// Every condition that the model can report needs a remedy, in both languages.
  private func remedies(_ status: StatusMethod?, _ cutter: PaperCutter?) -> [String: [String: String]] {
    guard let table = top.table("remedies") else { return [:] }
    defer { table.refuseUnknown() }
    let needed = PrinterModel.conditions(status: status ?? .none, cutter: cutter ?? .none).codes
    var remedies: [String: [String: String]] = [:]
    for code in PrinterConditions.every.codes {
      guard let words = table.table(code, required: needed.contains(code)) else { continue }
      defer { words.refuseUnknown() }
      for language in PrinterModel.languages {
        remedies[code, default: [:]][language] = words.text(language, atMost: 240)
      }
    }
    return remedies
  }
}
