package import PrinterProtocols

/// The settings and the state of a simulated printer.
package struct SimulatorSettings: Hashable, Sendable {
  /// Which queries it answers; models differ.
  package struct Answers: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// `DLE EOT n`.
    package static let realTime = Answers(rawValue: 1 << 0)
    /// `GS r n`.
    package static let inOrder = Answers(rawValue: 1 << 1)
    /// `GS a n`.
    package static let automatic = Answers(rawValue: 1 << 2)
    /// `GS ( H`.
    package static let echo = Answers(rawValue: 1 << 3)
    package static let all: Answers = [.realTime, .inOrder, .automatic, .echo]
  }

  package var mode = ESCPOSSimulator.Mode.normal
  package var status: PrinterStatus = []
  package var isOn = true
  /// Rows until the paper ends; nil for an endless roll.
  package var rowsLeft: Int?
  /// Speed of the head; nil burns at once. A real head does 1,200 to 2,000 rows a second.
  package var rowsPerSecond: Int?
  package var answers = Answers.all
  /// Answers with garbage.
  package var isGarbling = false
  /// Bytes sent to whoever connects, before any query.
  package var greeting: [UInt8] = []
  /// Milliseconds that every answer takes.
  package var answerDelay = 0
  /// The head stops after this many rows of a slip, without a report.
  package var headStop: Int?
  /// Echoes and answers in order are withheld.
  package var holdsEcho = false
  /// The next cut fails.
  package var breaksCutter = false

  package init() {}
}

/// An event of a simulated printer.
package enum SimulatorEvent: Hashable, Sendable {
  /// The number counts from 1.
  case connected(Int)
  /// Bytes of this connection so far.
  case received(connection: Int, bytes: Int)
  /// The last bytes of a slip, its cut, are in the buffer.
  case slipReceived(connection: Int, bytes: Int)
  /// The first row of a slip was burnt; counts from 1.
  case begun(slip: Int)
  /// The head stopped here, because it was told to or because it cannot go on.
  case stopped(slip: Int, rows: Int)
  /// Reading stopped.
  case stalled(connection: Int, bytes: Int)
  case echoHeld
  case echoed([UInt8])
  case cut(PaperStrip.Piece)
  /// The paper that had come out was torn off.
  case torn(PaperStrip.Piece)
  /// `broken`: the printer or the other end reset the connection.
  case disconnected(connection: Int, bytes: Int, broken: Bool)
  case status(PrinterStatus)
  /// The argument of `ESCPOSSimulator.note`, once everything before it has taken effect.
  case noted(String)
}
