package import PrinterProtocols

/// What a hand or a script can set at a simulated printer, and what it is in.
package struct SimulatorSettings: Hashable, Sendable {
  /// Which questions it answers; models differ.
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
  /// Rows until the paper ends; nil is a roll that never ends.
  package var rowsLeft: Int?
  /// Speed of the head; nil burns at once. A real head does 1,200 to 2,000 rows a second.
  package var rowsPerSecond: Int?
  package var answers = Answers.all
  /// Answers with bytes that mean nothing.
  package var isGarbling = false
  /// What it says to whoever connects, before anything is asked.
  package var greeting: [UInt8] = []
  /// Milliseconds that every answer takes.
  package var answerDelay = 0
  /// The head stands still after so many rows of a slip, without a word about it.
  package var headStop: Int?
  /// Echoes and answers in order are kept back.
  package var holdsEcho = false
  /// The next cut fails.
  package var breaksCutter = false

  package init() {}
}

/// What a simulated printer tells whoever watches it.
package enum SimulatorEvent: Hashable, Sendable {
  /// The number counts from 1.
  case connected(Int)
  /// Bytes of this connection so far.
  case received(connection: Int, bytes: Int)
  /// The last bytes of a slip, its cut, lie in the buffer.
  case slipReceived(connection: Int, bytes: Int)
  /// The first row of a slip was burnt; counts from 1.
  case begun(slip: Int)
  /// The head stands still here, because it was told to or because it cannot go on.
  case stopped(slip: Int, rows: Int)
  /// Nothing more is read.
  case stalled(connection: Int, bytes: Int)
  case echoHeld
  case echoed([UInt8])
  case cut(PaperStrip.Piece)
  /// A hand took what hung out.
  case torn(PaperStrip.Piece)
  /// `broken` when the printer broke the connection, or the other side did.
  case disconnected(connection: Int, bytes: Int, broken: Bool)
  case status(PrinterStatus)
  /// What `ESCPOSSimulator.note` was given, once everything before it has taken effect.
  case noted(String)
}
