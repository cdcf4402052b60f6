/// One command of an ESC/POS byte stream.
package enum ESCPOSCommand: Hashable, Sendable {
  /// The two forms of `GS V`.
  package enum Cut: Hashable, Sendable {
    /// Function A: cut where the paper stands.
    case plain
    /// Function B: feed to the blade and `dots` motion units more, then cut.
    case afterFeed(dots: Int)
  }

  /// `ESC @`.
  case initialize
  /// `GS v 0`: `rows` rows of `bytesPerRow` bytes. The mode (double width, double height) is ignored; slips use 0.
  case raster(bytesPerRow: Int, rows: Int, bits: [UInt8])
  /// `ESC J`: feed by n motion units, taken as dots.
  case feed(dots: Int)
  /// `ESC d`: feed by n lines.
  case feedLines(Int)
  /// `GS V`.
  case cut(Cut)
  /// `DLE EOT n`: answered at once, even while the printer is offline.
  case realTimeStatus(UInt8)
  /// `GS r n`: answered in order with the other commands.
  case transmitStatus(UInt8)
  /// `GS a n`: from now on report changes by itself; 0 switches that off.
  case automaticStatus(UInt8)
  /// `GS ( H` function 48: echo these four bytes when everything before is printed.
  case echo([UInt8])
  /// A byte that begins no command above: text, a line feed, or something of another dialect.
  case other(UInt8)
}
