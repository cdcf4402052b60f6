import Control
import Groundwork
import ReaderProtocols

/// One record of a dump: for people and for programs.
struct DecodedRecord {
  let sentence: String
  let details: [String: ControlValue]

  init(_ sentence: String, _ details: [String: ControlValue]) {
    self.sentence = sentence
    self.details = details
  }
}

extension DecodedRecord {
  /// A card's text, bare or inside a module's answer.
  static func cardText(_ bytes: [UInt8], masks: Bool) -> [DecodedRecord] {
    if let card = try? CardText(bytes) { return [DecodedRecord(card, masks: masks)] }
    var reader = SAMFrameParser(.replies)
    return (reader.take(bytes) + reader.silence()).compactMap { outcome -> DecodedRecord? in
      guard case .frame(let frame) = outcome, let text = SAMReply(frame)?.text else { return nil }
      return (try? CardText(text)).map { DecodedRecord($0, masks: masks) }
    }
  }

  init(_ card: CardText, masks: Bool) {
    var details: [String: ControlValue] = ["card": .text(card.kind.rawValue)]
    var lines = ["card: \(card.kind.rawValue)"]
    for field in CardField.allCases {
      guard let value = card[field] else { continue }
      let shown = masks ? Masking.masked(value, field) : card.date(field)?.description ?? value
      details[field.rawValue] = .text(shown)
      lines.append("\(field.rawValue): \(SafeText(shown))")
    }
    details["sex_name"] = card.sex.map { .text($0.chinese) } ?? .null
    if !masks, let nation = card.nation { details["nation_name"] = nation.chinese.map { .text($0) } ?? .null }
    if let sex = card.sex { lines.append("sex_name: \(sex.chinese)") }
    if !masks, let nation = card.nation?.chinese { lines.append("nation_name: \(nation)") }
    details["valid_forever"] = .flag(card.isValidForever)
    let doubts = card.doubts.map(\.rawValue)
    details["doubts"] = .list(doubts.map { .text($0) })
    if !doubts.isEmpty { lines.append("doubts: " + doubts.joined(separator: ", ")) }
    self.init(lines.joined(separator: "\n"), details)
  }

  /// The result of decoding a scanner's bytes.
  init(_ outcome: ScanOutcome, masks: Bool) {
    switch outcome {
    case .tooLong: self.init("too long: more than \(Scan.mostBytes) bytes", ["outcome": "too_long"])
    case .cutOff: self.init("cut off: the rest of the code is missing", ["outcome": "cut_off"])
    case .answer(let bytes):
      let text = ScanText(bytes).text
      self.init("answer of the scanner: \(SafeText(text))", ["outcome": "answer", "text": .text(text)])
    case .code(let scan):
      let shown = masks ? Masking.text(scan.text) : scan.text
      var details: [String: ControlValue] = [
        "outcome": "code", "text": .text(shown), "encoding": .text(scan.encoding.rawValue),
        "byte_count": .number(Int64(scan.bytes.count)),
      ]
      if !masks { details["bytes"] = .text(scan.bytes.hexadecimal) }
      details["aim"] = scan.symbol.map { .text($0.description) } ?? .null
      details["symbology"] = scan.symbol.map { .text($0.symbology) } ?? .null
      let symbol = scan.symbol.map { " (\($0) \($0.symbology))" } ?? ""
      self.init("code\(symbol): \(SafeText(shown, limit: Scan.mostBytes))", details)
    }
  }

  static func posReports(_ reports: [[UInt8]], masks: Bool) -> [DecodedRecord] {
    var decoder = POSDecoder()
    var outcomes = reports.compactMap { decoder.take($0) }
    if let rest = decoder.silence() { outcomes.append(rest) }
    return outcomes.map { DecodedRecord($0, masks: masks) }
  }

  static func keyboardReports(_ reports: [[UInt8]], _ alt: AltReading, masks: Bool) -> [DecodedRecord] {
    var decoder = KeyboardDecoder(.init(alt: alt))
    for report in reports { decoder.take(report) }
    return decoder.silence().map { [DecodedRecord($0, masks: masks)] } ?? []
  }
}

extension CardText {
  fileprivate func date(_ field: CardField) -> CivilDate? {
    switch field {
    case .birth: birth
    case .validFrom: validFrom
    case .validTo: validTo
    default: nil
    }
  }
}
