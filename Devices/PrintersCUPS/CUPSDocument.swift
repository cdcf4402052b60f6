import Ports
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
