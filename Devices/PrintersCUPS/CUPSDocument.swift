import CCUPS
import Hall
import Logging
import Ports
import PrinterLink
import PrinterProtocols

/// A slip in the form that a queue takes.
struct CUPSDocument {
  /// Keeps every filter of the scheduler away from the slip.
  ///
  /// ESC/POS must not be converted, and PWG raster would arrive as a PDF
  /// (docs/decisions/0003-driverless-queues-get-pwg-raster.md).
  private static let raw = "application/vnd.cups-raw"
  /// Goes through the scheduler's filters, which know what the office printer takes.
  private static let pdf = "application/pdf"
  /// PWG 5101.1.
  static let sheetMedia = "iso_a4_210x297mm"

  let format: String
  let bytes: [UInt8]
  /// The paper size that the printer is told, nil where the bytes say everything.
  let media: String?

  /// Nil when the picture is none, and when sheets meet a roll or a roll's slip meets sheets.
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

  /// The self-describing name of a size that holds the slip (PWG 5101.1 §5): the width to the nearest millimetre, as
  /// the head's 576 dots are 72.07 mm, and the height up to the next, with 0.36 mm for the scheduler, which cuts sizes
  /// down to whole points.
  static func media(widthDots: Int, heightDots: Int) -> String {
    let width = (widthDots * 254 + 1015) / 2030
    let height = (heightDots * 254 + 731 + 2029) / 2030
    return "custom_slip_\(width)x\(max(height, 1))mm"
  }
}

/// A document that the scheduler did not take, kept until it takes one of the same size again.
///
/// The scheduler tells of a full spool only by refusing documents; nothing in the attributes of queue or printer shows it.
struct DocumentRefusal {
  let conditions: PrinterConditions
  /// Bytes of the document, and its format: what is tried again.
  let size: Int
  let format: String
  /// When it was tried last, by `Monotonic`.
  var triedAt: Int

  init(_ document: CUPSDocument, _ failure: CUPSFailure) {
    conditions = if case .documentRefused = failure { .spoolFull } else { .serviceDown }
    size = document.bytes.count
    format = document.format
    triedAt = Monotonic.now()
  }
}

extension CUPSPrinter {
  /// Milliseconds between two looks whether the scheduler takes documents again.
  private static let tryAgainAfter = 2_000

  /// Nothing was sent, and until the scheduler takes documents again nothing can be.
  func refused(_ document: CUPSDocument, _ failure: CUPSFailure) -> AttemptOutcome {
    let refusal = DocumentRefusal(document, failure)
    self.refusal = refusal
    configuration.logger.error("the scheduler does not take documents", metadata: ["error": "\(failure.detail)"])
    return .notSent(reason: refusal.conditions.codes.joined(separator: " "))
  }

  /// What stands in the way of documents; asks again now and then with a job that is held and cannot print.
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
