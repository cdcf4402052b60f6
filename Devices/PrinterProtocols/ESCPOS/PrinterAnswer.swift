/// One answer of a receipt printer.
package enum PrinterAnswer: Hashable, Sendable {
  /// The answer to a `DLE EOT` question.
  case realTime(RealTimeQuestion, PrinterStatus)
  /// A `DLE EOT` answer without a query.
  case unasked(UInt8)
  /// The printer's own report of a change (ASB).
  case automatic(AutomaticStatus)
  /// The echo of `GS ( H` function 48: everything before it is printed.
  case echo(ProcessID)
  /// The answer to `GS r`.
  case transmitted(UInt8)
  /// A byte that belongs to no known answer.
  case unrecognised(UInt8)
}
