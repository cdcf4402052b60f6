/// One thing that a receipt printer sent back.
package enum PrinterAnswer: Hashable, Sendable {
  /// The answer to a `DLE EOT` question.
  case realTime(RealTimeQuestion, PrinterStatus)
  /// A `DLE EOT` answer that nobody had asked for.
  case unasked(UInt8)
  /// The printer's own report of a change.
  case automatic(AutomaticStatus)
  /// The echo of `GS ( H` function 48: everything before the mark is printed.
  case echo(ProcessID)
  /// The answer to `GS r`.
  case transmitted(UInt8)
  /// A byte that belongs to nothing known.
  case unrecognised(UInt8)
}
