package import PrinterProtocols

/// The state machine that sends one slip from the backend to the printer. Events go in, actions come out; it does no
/// I/O.
///
/// It asks the printer whether it can print before it claims. The claim is durable before the first byte. The bytes of
/// the slip are sent without anything in between, and then the confirmation is awaited. So an attempt without a claim
/// was not sent, and the outcome of one with a claim is known only from the printer.
package struct SlipDelivery {
  /// The input of the state machine.
  package struct Plan: Hashable, Sendable {
    package let address: DeviceAddress
    /// ESC/POS, complete.
    package let document: [UInt8]
    /// The process id that the printer is to echo; different in consecutive jobs.
    package let processID: ProcessID

    package init(address: DeviceAddress, document: [UInt8], processID: ProcessID) {
      self.address = address
      self.document = document
      self.processID = processID
    }
  }

  package enum Event: Hashable, Sendable {
    case begun
    case connected
    case unreachable(String)
    case received([UInt8])
    /// This many more bytes were taken, in order.
    case wrote(Int)
    /// After our end was closed, all bytes were taken and the connection held.
    case flushed
    /// The other end closed its side.
    case ended
    case broken(String)
    case claimed(ClaimAnswer)
    /// SIGTERM: the job was canceled, or cupsd shuts down.
    case terminated
    /// `deadline` has come.
    case tick
  }

  package enum ClaimAnswer: Hashable, Sendable {
    case taken
    case heldBy(ClaimStanding)
    case impossible(String)
  }

  package enum Action: Hashable, Sendable {
    case connect(milliseconds: Int)
    case disconnect
    /// Write these bytes after the earlier ones.
    case send([UInt8])
    /// Close our end of the connection.
    case endOutput
    case claim
    case abandonClaim
    /// Record the printer's confirmation, before anything else.
    case done(CompletionMethod)
    /// Report these printer-state-reasons from now on.
    case report(Set<PrinterReason>)
    case finish(Ending)
  }

  /// The result of the job.
  package enum Ending: Hashable, Sendable {
    case printed(CompletionMethod)
    case notSent(reason: String)
    case unknown(reason: String)
  }

  /// Milliseconds between two tries at a printer that is not ready.
  package static let pause = 200
  /// Milliseconds of silence after which a greeting of an interface board is over: it comes in one piece.
  package static let quietTime = 300
  /// Milliseconds between two queries while the slip is awaited, and until one counts as lost.
  package static let askEvery = 400
  package static let questionLife = 2_000
  /// Milliseconds in mid-slip in which a printer neither takes a byte nor answers, after which it counts as stalled. A
  /// printer whose buffer is full takes bytes again with every line that it burns.
  package static let stallTime = 5_000
  /// Milliseconds that one try to connect may take.
  package static let connectTime = 1_500

  enum Phase {
    case idle
    case connecting
    /// Not connected; connects again at this time.
    case pausing(until: Int)
    case asking(StatusInquiry, RealTimeQuestion, answerBy: Int)
    /// Connected to a printer that is not ready; queries again at this time.
    case resting(until: Int)
    /// Connected to a printer that sent nonsense; queries again once it has been quiet until this time.
    case quieting(until: Int)
    case claiming
    case sending(Transfer)
    case confirming(Confirmation)
    case over
  }

  let plan: Plan
  var phase = Phase.idle
  var answers = AnswerDemultiplexer()
  /// Until then a printer that is not ready is waited for.
  var giveUpAt = 0
  /// Whether this connection's greeting has been read already: later nonsense is an error.
  var hasQuieted = false
  /// Why printing has not started.
  var obstacle = "the printer was not asked yet"
  var reported: Set<PrinterReason> = []

  package init(_ plan: Plan) { self.plan = plan }

  var asks: Bool { plan.address.status == .realtime }

  /// Handles an event and returns the actions to perform, in this order.
  package mutating func handle(_ event: Event, at now: Int) -> [Action] {
    switch phase {
    case .over: []
    case .sending(let transfer): handle(event, at: now, in: transfer)
    case .confirming(let confirmation): handle(event, at: now, in: confirmation)
    default: handleBeforeClaim(event, at: now)
    }
  }

  /// When it needs a tick, if nothing else happens.
  package var deadline: Int? {
    switch phase {
    case .idle, .over, .claiming: nil
    case .connecting: giveUpAt
    case .pausing(let until), .resting(let until): min(until, giveUpAt)
    case .quieting(let until): until
    // An open query has the printer's own timeout.
    case .asking(_, _, let answerBy): answerBy
    case .sending(let transfer): transfer.deadline
    case .confirming(let confirmation): confirmation.deadline
    }
  }

  mutating func finish(_ result: Ending) -> [Action] {
    phase = .over
    return report([]) + [.finish(result)]
  }

  /// Reports a printer that has stalled, unless it has said itself why it waits.
  mutating func reportStall() -> [Action] {
    reported.isSubset(of: [.mediaLow]) ? report(reported.union([.timedOut])) : []
  }

  /// The printer took bytes or answered.
  mutating func reportMotion() -> [Action] { report(reported.subtracting([.timedOut])) }

  mutating func report(_ reasons: Set<PrinterReason>) -> [Action] {
    guard reasons != reported else { return [] }
    reported = reasons
    return [.report(reasons)]
  }
}
