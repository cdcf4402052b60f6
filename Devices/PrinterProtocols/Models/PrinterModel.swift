/// What one model of slip printer is able to do, as its folder under Devices/models/ tells.
///
/// Nothing here is found out by asking the printer: cheap printers answer questions about themselves wrongly or not at
/// all, so what a model can do is written down once, with the reason, and tried with `yichuangctl printer test`.
package struct PrinterModel: Hashable, Sendable {
  /// The name of its folder: lower-case letters, digits and hyphens, `vendor-model`.
  package let id: String
  /// As the people of the hall would say it.
  package let name: String
  package let language: PrinterLanguage
  /// 80 or 58 on a roll; 210 for sheets of A4.
  package let paperMillimetres: Int
  /// Dots across the paper that the head burns: 576 or 384 at 203 dpi, 512 at 180 dpi.
  package let widthDots: Int
  /// Dots in an inch: 203 or 180.
  package let dpi: Int
  package let cutter: PaperCutter
  package let status: StatusMethod
  package let completion: CompletionMethod
  /// How long it may take to answer one question, in milliseconds; nil: as most do (`DeviceAddress.defaultAnswer`).
  package let answerMilliseconds: Int?
  /// Whether it sees that the roll is near its end; without the sensor the hall counts millimetres.
  package let seesNearEnd: Bool
  /// Paper on a new roll, in millimetres.
  package let rollMillimetres: Int
  /// Rows in one raster command; see `ESCPOSEncoder`.
  package let bandRows: Int
  /// Paper fed before the cut, in dots; see `ESCPOSEncoder`.
  package let feedDots: Int
  /// What to do at this model, by the stable word of the condition (`PrinterConditions.codes`) and by language
  /// (`zh-Hans`, `en`): which door, which lever.
  package let remedies: [String: [String: String]]
  /// Where it differs from what one would expect, for whoever sets it up.
  package let quirks: [PrinterQuirk]
  /// Real devices that `yichuangctl printer test` was passed on: device, firmware, date. Empty says that what stands
  /// here comes from documents only.
  package let triedOn: [String]

  package init(
    id: String, name: String, language: PrinterLanguage, paperMillimetres: Int = 80, widthDots: Int, dpi: Int,
    cutter: PaperCutter, status: StatusMethod, completion: CompletionMethod, answerMilliseconds: Int? = nil,
    seesNearEnd: Bool, rollMillimetres: Int,
    bandRows: Int = ESCPOSEncoder.defaultBandHeight, feedDots: Int = ESCPOSEncoder.defaultFeedDots,
    remedies: [String: [String: String]] = [:], quirks: [PrinterQuirk] = [], triedOn: [String] = []
  ) {
    self.id = id
    self.name = name
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

  /// A4 in sheets, at an office printer.
  package static let sheetMillimetres = 210
  package var isSheet: Bool { paperMillimetres == Self.sheetMillimetres }

  /// How its slips are written, where it speaks ESC/POS.
  package var encoder: ESCPOSEncoder {
    ESCPOSEncoder(bandHeight: bandRows, feedDots: feedDots, cuts: cutter != .none)
  }
}

/// One thing about a model that its maker does differently from what one would expect.
package struct PrinterQuirk: Hashable, Sendable {
  package let what: String
  /// Why it matters here, and what is done about it.
  package let why: String
  /// Where it is written, or who saw it.
  package let source: String

  package init(what: String, why: String, source: String) {
    self.what = what
    self.why = why
    self.source = source
  }
}

/// What a printer is spoken to in.
package enum PrinterLanguage: String, Hashable, Sendable, CaseIterable {
  case escpos
  /// IPP Everywhere, through a driverless queue.
  case ipp
}

/// What parts the slip from the roll.
package enum PaperCutter: String, Hashable, Sendable, CaseIterable {
  case full
  /// A bridge of paper is left.
  case partial
  /// The slip is torn off.
  case none
}

/// How a printer is asked for its state.
package enum StatusMethod: String, Hashable, Sendable, CaseIterable {
  /// `DLE EOT n`, answered out of turn and also while it is offline.
  case realtime
  /// By IPP, from the printer's own attributes.
  case ipp
  /// It never answers.
  case none
}

/// How a printer tells that everything before a mark is on paper.
package enum CompletionMethod: String, Hashable, Sendable, CaseIterable {
  /// `GS ( H` function 48: evidence E3.
  case echo
  /// `GS r 1` after the cut, answered in order: evidence E2.
  case status
  /// The job state of the printer itself: evidence E1.
  case ipp
  /// It never tells: evidence E0.
  case none
}
