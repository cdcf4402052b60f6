package import Hall

/// A drawn slip: one bit a dot, rows padded to whole bytes, most significant bit leftmost, 1 is black.
package struct SlipImage: Hashable, Sendable {
  /// 576 on 80 mm paper, 384 on 58 mm paper, at 203 dpi; 512 on 80 mm paper at 180 dpi.
  package let widthDots: Int
  package let heightDots: Int
  /// `heightDots` rows of `bytesPerRow` bytes.
  package let bits: [UInt8]
  /// The same slip as a PDF of A4 pages, for cut paper; the dots are then its pages, one below the other. Nil on a
  /// roll.
  package let sheets: [UInt8]?

  /// `widthDots` of cut paper: 210 mm at 203.2 dots to the inch. A printer port with this width takes slips with `sheets`.
  package static let sheetWidthDots = 1680

  package var bytesPerRow: Int { (widthDots + 7) / 8 }

  /// - Precondition: `bits` has exactly the rows of the picture.
  package init(widthDots: Int, heightDots: Int, bits: [UInt8], sheets: [UInt8]? = nil) {
    precondition(bits.count == (widthDots + 7) / 8 * heightDots, "the rows fill the picture")
    self.widthDots = widthDots
    self.heightDots = heightDots
    self.bits = bits
    self.sheets = sheets
  }
}

/// One try to print one slip. The number is 1 for the first copy; a 补打 is the next number of the same slip.
package struct Attempt: Hashable, Sendable {
  package let slip: SlipID
  package let number: Int

  package init(slip: SlipID, number: Int) {
    self.slip = slip
    self.number = number
  }

  /// The name of the job in CUPS: an identity without personal data. Job numbers are no identity, because cupsd reuses
  /// them after a crash.
  package var jobName: String { "slip:\(slip):\(number)" }
}

/// An attempt that the printing system has recorded, before any byte of the slip was sent to it.
package struct PreparedAttempt: Hashable, Sendable {
  package let attempt: Attempt
  /// The printing system's own name for the job; for CUPS its job-uuid.
  package let jobUUID: String
  /// The printing system's number for the job, valid in this run only.
  package let jobNumber: Int

  package init(attempt: Attempt, jobUUID: String, jobNumber: Int) {
    self.attempt = attempt
    self.jobUUID = jobUUID
    self.jobNumber = jobNumber
  }
}

/// Conditions of a printer, in the words of the hall's people.
package struct PrinterConditions: OptionSet, Hashable, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// 纸将尽.
  package static let paperLow = PrinterConditions(rawValue: 1 << 0)
  /// 缺纸.
  package static let paperOut = PrinterConditions(rawValue: 1 << 1)
  /// 机盖打开.
  package static let coverOpen = PrinterConditions(rawValue: 1 << 2)
  /// 切刀故障.
  package static let cutterFault = PrinterConditions(rawValue: 1 << 3)
  /// 打印机不通.
  package static let offline = PrinterConditions(rawValue: 1 << 4)
  /// 打印服务不通: cupsd is down, frozen or does not know the queue.
  package static let serviceDown = PrinterConditions(rawValue: 1 << 5)
  /// Another error that the printer reports.
  package static let fault = PrinterConditions(rawValue: 1 << 6)
  /// 打印服务存不下文件: cupsd refuses documents, as it does when its spool has no space.
  package static let spoolFull = PrinterConditions(rawValue: 1 << 7)

  /// Conditions under which no slip can come out.
  package static let blocking: PrinterConditions = [
    .paperOut, .coverOpen, .cutterFault, .offline, .serviceDown, .fault, .spoolFull,
  ]
  package var canPrint: Bool { isDisjoint(with: .blocking) }

  /// The code of each condition that is set, in a fixed order: `paper_low`, `paper_out` …
  package var codes: [String] {
    let all: [(PrinterConditions, String)] = [
      (.paperLow, "paper_low"), (.paperOut, "paper_out"), (.coverOpen, "cover_open"),
      (.cutterFault, "cutter_fault"), (.offline, "offline"), (.serviceDown, "print_service_down"),
      (.spoolFull, "print_spool_full"), (.fault, "printer_fault"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

/// Why an attempt could not be prepared. Nothing was sent, so it may be retried.
package struct PrinterFault: Error, Hashable, Sendable {
  package let conditions: PrinterConditions
  /// What failed, during what, for the operator; no slip text.
  package let detail: String

  package init(conditions: PrinterConditions, detail: String) {
    self.conditions = conditions
    self.detail = detail
  }
}

/// The kind of queue behind a printer port, as found at the last query.
package enum PrinterPath: Hashable, Sendable {
  /// Through CUPS and `yichuang-pos`: outcomes are confirmed by the printer.
  case posBackend
  /// Through CUPS to an IPP Everywhere printer.
  case driverless
  /// Through CUPS and its filters to an office printer on A4.
  case office
  /// Through CUPS and a stock backend that only passes bytes.
  case raw
  /// An emulated printer.
  case emulated
  /// The print service could not be queried, or the queue takes no slips.
  case undetermined

  /// The code for health, pages and the operator's tool.
  package var word: String {
    switch self {
    case .posBackend: "yichuang_pos"
    case .driverless: "driverless"
    case .office: "office"
    case .raw: "raw"
    case .emulated: "emulated"
    case .undetermined: "undetermined"
    }
  }
}

/// The hall's view of one printer: printing in two steps, with known outcomes.
///
/// `prepare` registers the attempt with the printing system without a byte of the slip. The hall records that durably,
/// and only then `commit` sends the slip. After a crash at any moment the hall therefore knows which attempts may have
/// reached paper. Implementations never retry by themselves.
package protocol PrinterPort: Sendable {
  /// Paper width in dots: 576 or 384 at 203 dpi, 512 at 180 dpi, `SlipImage.sheetWidthDots` on A4.
  var paperWidthDots: Int { get }
  /// The kind of queue, as known so far.
  var path: PrinterPath { get async }
  /// The printer's present conditions. Returns within a few seconds, whatever the printing system does.
  func probe() async -> PrinterConditions
  /// Registers an attempt. Nothing may come out of the printer yet.
  func prepare(_ attempt: Attempt) async throws(PrinterFault) -> PreparedAttempt
  /// Sends the slip and waits until its outcome is known or `patience` milliseconds have passed.
  func commit(_ prepared: PreparedAttempt, _ image: SlipImage, patience: Int) async -> AttemptOutcome
  /// Withdraws a prepared attempt of which nothing was sent.
  func withdraw(_ prepared: PreparedAttempt) async
  /// The outcome of an attempt that an earlier run left open. Never prints, resumes or releases anything.
  func reconcile(_ attempt: Attempt, jobUUID: String?) async -> AttemptOutcome
  /// The outcomes of these attempts are in the journal: the printing system may drop everything about them.
  ///
  /// - Parameter jobUUIDs: as `prepare` returned them.
  func forget(_ jobUUIDs: [String]) async
}
