import CCUPS
import Hall
import Logging
import Ports
import PrinterLink
import PrinterProtocols

/// A slip in the format of a queue.
struct CUPSDocument {
  /// Bypasses the scheduler's filters.
  ///
  /// ESC/POS must not be converted, and PWG raster would arrive as a PDF
  /// (docs/decisions/0003-driverless-queues-get-pwg-raster.md).
  private static let raw = "application/vnd.cups-raw"
  /// Passes through the scheduler's filters, which know the office printer's formats.
  private static let pdf = "application/pdf"
  /// PWG 5101.1.
  static let sheetMedia = "iso_a4_210x297mm"

  let format: String
  let bytes: [UInt8]
  /// The paper size for the printer; nil where the bytes contain it.
  let media: String?

  /// Nil for an invalid picture, and when sheets are sent to a roll or a roll's slip to sheets.
  init?(_ image: SlipImage, for kind: QueueKind, encoder: ESCPOSEncoder) {
    guard let dots = DotImage(widthDots: image.widthDots, heightDots: image.heightDots, bits: image.bits) else {
      return nil
    }
    if case .office = kind {
      guard let sheets = image.sheets else { return nil }
      (format, bytes, media) = (Self.pdf, sheets, Self.sheetMedia)
      return
    }
    guard image.sheets == nil else { return nil }
    format = Self.raw
    switch kind {
    case .office: return nil
    case .raw, .posBackend:
      bytes = encoder.slip(dots)
      media = nil
    case .driverless:
      let media = Self.media(widthDots: image.widthDots, heightDots: image.heightDots)
      bytes = PWGRaster.encode(dots, as: .black1, pageSizeName: media)
      self.media = media
    }
  }

  /// The self-describing name of a size that holds the slip (PWG 5101.1 §5). The width is rounded to the nearest
  /// millimetre, because the head's 576 dots are 72.07 mm. The height is rounded up, with 0.36 mm added, because the
  /// scheduler truncates sizes to whole points.
  static func media(widthDots: Int, heightDots: Int) -> String {
    let width = (widthDots * 254 + 1015) / 2030
    let height = (heightDots * 254 + 731 + 2029) / 2030
    return "custom_slip_\(width)x\(max(height, 1))mm"
  }
}

/// A refused document, kept until the scheduler takes one of the same size again.
///
/// The scheduler shows a full spool only by refusing documents; no attribute of queue or printer tells it.
struct DocumentRefusal {
  let conditions: PrinterConditions
  /// Size and format of the document, for the next test.
  let size: Int
  let format: String
  /// When it was last tested, by `Monotonic`.
  var triedAt: Int

  init(_ document: CUPSDocument, _ failure: CUPSFailure) {
    conditions = if case .documentRefused = failure { .spoolFull } else { .serviceDown }
    size = document.bytes.count
    format = document.format
    triedAt = Monotonic.now()
  }
}

extension CUPSPrinter {
  /// Milliseconds between two tests whether the scheduler takes documents again.
  private static let tryAgainAfter = 2_000

  /// Nothing was sent, and nothing can be until the scheduler takes documents again.
  func refused(_ document: CUPSDocument, _ failure: CUPSFailure) -> AttemptOutcome {
    let refusal = DocumentRefusal(document, failure)
    self.refusal = refusal
    configuration.logger.error("the scheduler does not take documents", metadata: ["error": "\(failure.detail)"])
    return .notSent(reason: refusal.conditions.codes.joined(separator: " "))
  }

  /// The condition that blocks documents; tests periodically with a held job, which cannot print.
  func lookAtRefusal(_ connection: CUPSConnection) throws(CUPSFailure) -> PrinterConditions {
    guard let refusal else { return [] }
    guard underWay == 0, Monotonic.now() - refusal.triedAt >= Self.tryAgainAfter else { return refusal.conditions }
    self.refusal?.triedAt = Monotonic.now()
    let job = try queue.create("slip:probe", held: true, connection)
    defer { try? queue.cancel(job, connection) }
    do throws(CUPSFailure) {
      let document = [UInt8](repeating: 0, count: refusal.size)
      try queue.send(document, format: refusal.format, job: job, connection)
    } catch {
      // The scheduler has closed the connection with its refusal; the job must not stay.
      if let fresh = try? queue.connect() { try? queue.cancel(job, fresh) }
      return refusal.conditions
    }
    self.refusal = nil
    return []
  }
}
