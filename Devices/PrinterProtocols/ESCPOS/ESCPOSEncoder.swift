/// Encodes a picture as the ESC/POS bytes of one slip: initialise, raster bands, feed, cut and, where the model
/// supports it, the request for an echo.
///
/// The whole slip is a picture, because the fonts of receipt printers lack hundreds of the characters of 通用规范汉字表. The
/// raster command is `GS v 0`: Epson calls it obsolete, but other makers support it. Source: Epson ESC/POS Application
/// Programming Guide, the commands named below.
package struct ESCPOSEncoder: Hashable, Sendable {
  /// Rows in one `GS v 0`, a multiple of 24.
  ///
  /// Cheap printers garble commands that exceed their receive buffer, so a slip goes out in bands.
  package let bandHeight: Int
  /// Paper fed before the cut, in dots.
  ///
  /// 120 dots are 15 mm at 203 dpi: about the distance from the head to the blade.
  ///
  /// `ESC J` counts in the model's vertical motion unit. Where that is finer than a dot the feed is shorter, but those
  /// models feed to the blade by themselves on `GS V 66`.
  package let feedDots: Int
  /// False for a printer without a cutter: the slip is torn off.
  package let cuts: Bool

  package static let defaultBandHeight = 96
  package static let defaultFeedDots = 120

  /// - Parameters:
  ///   - bandHeight: brought to the nearest multiple of 24 in 24...2304.
  ///   - feedDots: 0...2040.
  package init(bandHeight: Int = defaultBandHeight, feedDots: Int = defaultFeedDots, cuts: Bool = true) {
    self.bandHeight = min(max(bandHeight / 24, 1), 96) * 24
    self.feedDots = min(max(feedDots, 0), 2040)
    self.cuts = cuts
  }

  /// The bytes of one slip.
  ///
  /// - Parameter echo: when given, the printer is asked to send this process id once everything before it is done (`GS
  ///   ( H`, function 48). Only for models that are known to answer.
  package func slip(_ image: DotImage, echo: ProcessID? = nil) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(image.bits.count + 8 * (image.heightDots / bandHeight + 1) + 64)
    bytes += Self.initialize
    var top = 0
    while top < image.heightDots {
      let rows = min(bandHeight, image.heightDots - top)
      bytes += Self.rasterHeader(bytesPerRow: image.bytesPerRow, rows: rows)
      bytes += image.bits[(top * image.bytesPerRow)..<((top + rows) * image.bytesPerRow)]
      top += rows
    }
    bytes += Self.feed(dots: feedDots)
    if cuts { bytes += Self.feedAndCut }
    if let echo { bytes += Self.echoRequest(echo) }
    return bytes
  }

  /// `ESC @`.
  package static let initialize: [UInt8] = [0x1B, 0x40]
  /// `GS V 66 0`: feed to the blade and cut; a partial cut where the model makes one.
  package static let feedAndCut: [UInt8] = [0x1D, 0x56, 66, 0]

  /// `GS v 0 m xL xH yL yH` with m = 0 (normal size); the rows follow.
  static func rasterHeader(bytesPerRow: Int, rows: Int) -> [UInt8] {
    [
      0x1D, 0x76, 0x30, 0, UInt8(truncatingIfNeeded: bytesPerRow), UInt8(truncatingIfNeeded: bytesPerRow >> 8),
      UInt8(truncatingIfNeeded: rows), UInt8(truncatingIfNeeded: rows >> 8),
    ]
  }

  /// As many `ESC J n` as needed: one feeds at most 255 units.
  static func feed(dots: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var left = dots
    while left > 0 {
      bytes += [0x1B, 0x4A, UInt8(min(left, 255))]
      left -= min(left, 255)
    }
    return bytes
  }

  /// `GS ( H pL pH fn m d1 d2 d3 d4` with fn = 48, m = 48.
  package static func echoRequest(_ id: ProcessID) -> [UInt8] { [0x1D, 0x28, 0x48, 6, 0, 48, 48] + id.bytes }
}
