/// The capabilities of one model of slip printer, from its folder under Devices/models/.
///
/// None of them is queried from the printer: cheap printers answer such queries wrongly or not at all. They are written
/// down once, with their source, and tried with `yichuangctl printer test`.
package struct PrinterModel: Hashable, Sendable {
  /// The name of its folder: lower-case letters, digits and hyphens, `vendor-model`.
  package let id: String
  /// The name for people.
  package let name: String
  /// What such printers call themselves over USB, maker and model in one line, with `*` for any characters.
  package let deviceIDs: [String]
  package let language: PrinterLanguage
  /// 80 or 58 on a roll; 210 for sheets of A4.
  package let paperMillimetres: Int
  /// Dots of the head across the paper: 576 or 384 at 203 dpi, 512 at 180 dpi.
  package let widthDots: Int
  /// Dots per inch: 203 or 180.
  package let dpi: Int
  package let cutter: PaperCutter
  package let status: StatusMethod
  package let completion: CompletionMethod
  /// Milliseconds that it may take to answer one query; nil: the default (`DeviceAddress.defaultAnswer`).
  package let answerMilliseconds: Int?
  /// Whether it has a near-end sensor; without one the hall counts millimetres.
  package let seesNearEnd: Bool
  /// Paper on a new roll, in millimetres.
  package let rollMillimetres: Int
  /// Rows in one raster command; see `ESCPOSEncoder`.
  package let bandRows: Int
  /// Paper fed before the cut, in dots; see `ESCPOSEncoder`.
  package let feedDots: Int
  /// What to do at this model, by the code of the condition (`PrinterConditions.codes`) and by language (`zh-Hans`,
  /// `en`): which door, which lever.
  package let remedies: [String: [String: String]]
  /// Unexpected behaviour, for whoever sets it up.
  package let quirks: [PrinterQuirk]
  /// Real devices on which `yichuangctl printer test` passed: device, firmware, date. Empty: everything here comes from
  /// documents only.
  package let triedOn: [String]

  package init(
    id: String, name: String, deviceIDs: [String] = [], language: PrinterLanguage, paperMillimetres: Int = 80,
    widthDots: Int, dpi: Int,
    cutter: PaperCutter, status: StatusMethod, completion: CompletionMethod, answerMilliseconds: Int? = nil,
    seesNearEnd: Bool, rollMillimetres: Int,
    bandRows: Int = ESCPOSEncoder.defaultBandHeight, feedDots: Int = ESCPOSEncoder.defaultFeedDots,
    remedies: [String: [String: String]] = [:], quirks: [PrinterQuirk] = [], triedOn: [String] = []
  ) {
    self.id = id
    self.name = name
    self.deviceIDs = deviceIDs
    self.language = language
    self.paperMillimetres = paperMillimetres
    self.widthDots = widthDots
    self.dpi = dpi
    self.cutter = cutter
    self.status = status
    self.completion = completion
    self.answerMilliseconds = answerMilliseconds
    self.seesNearEnd = seesNearEnd
    self.rollMillimetres = rollMillimetres
    self.bandRows = bandRows
    self.feedDots = feedDots
    self.remedies = remedies
    self.quirks = quirks
    self.triedOn = triedOn
  }

  /// A4 sheets, for an office printer.
  package static let sheetMillimetres = 210
  package var isSheet: Bool { paperMillimetres == Self.sheetMillimetres }

  /// The encoder for its slips, where it speaks ESC/POS.
  package var encoder: ESCPOSEncoder {
    ESCPOSEncoder(bandHeight: bandRows, feedDots: feedDots, cuts: cutter != .none)
  }
}

/// One unexpected behaviour of a model.
package struct PrinterQuirk: Hashable, Sendable {
  package let what: String
  /// Why it matters, and what is done about it.
  package let why: String
  /// The document or the person that reports it.
  package let source: String

  package init(what: String, why: String, source: String) {
    self.what = what
    self.why = why
    self.source = source
  }
}

/// A printer's language.
package enum PrinterLanguage: String, Hashable, Sendable, CaseIterable {
  case escpos
  /// IPP Everywhere, through a driverless queue.
  case ipp
}

/// How the slip is separated from the roll.
package enum PaperCutter: String, Hashable, Sendable, CaseIterable {
  case full
  /// A bridge of paper is left.
  case partial
  /// The slip is torn off.
  case none
}

/// How a printer's status is queried.
package enum StatusMethod: String, Hashable, Sendable, CaseIterable {
  /// `DLE EOT n`, answered out of order and also while it is offline.
  case realtime
  /// By IPP, from the printer's own attributes.
  case ipp
  /// It never answers.
  case none
}

/// How a printer confirms that everything so far is on paper.
package enum CompletionMethod: String, Hashable, Sendable, CaseIterable {
  /// `GS ( H` function 48: evidence E3.
  case echo
  /// `GS r 1` after the cut, answered in order: evidence E2.
  case status
  /// The IPP job state: evidence E1.
  case ipp
  /// It never confirms: evidence E0.
  case none
}
