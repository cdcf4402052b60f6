package import PrinterProtocols

/// One slip on its way from the backend to paper, apart from everything that touches the world: what happens goes in,
/// what is to be done comes out.
///
/// The printer is asked whether it can print before anything is claimed; the claim stands before the first byte; the
/// bytes of the slip follow one another with nothing in between; and then the printer is waited for. So what is not
/// claimed was not sent, and what is claimed is known only when the printer has answered.
package struct SlipDelivery {
  /// What the machine was set up with.
  package struct Plan: Hashable, Sendable {
    package let address: DeviceAddress
    /// ESC/POS, complete.
    package let document: [UInt8]
    /// What the printer is to send back; never the same in two jobs that follow one another.
    package let mark: ProcessID

    package init(address: DeviceAddress, document: [UInt8], mark: ProcessID) {
      self.address = address
      self.document = document
      self.mark = mark
    }
  }

  package enum Event: Hashable, Sendable {
    case begun
    case connected
    case unreachable(String)
    case received([UInt8])
    /// So many bytes more were taken, in the order in which they were given.
    case wrote(Int)
    /// After the end of our side, everything was taken and the connection stood.
    case flushed
    /// The other side sends no more.
    case ended
    case broken(String)
    case claimed(ClaimAnswer)
    /// SIGTERM: the job was canceled, or cupsd goes down.
    case terminated
    /// The moment of `deadline` has come.
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
    /// Give these bytes to the printer after what it was given before.
    case send([UInt8])
    /// End our side of the connection.
    case endOutput
    case claim
    case abandonClaim
    /// Write down what the printer confirmed, before anything else.
    case done(CompletionMethod)
    /// From now on the printer is to be reported so.
    case report(Set<PrinterReason>)
    case finish(Result)
  }

  /// How it ended.
  package enum Result: Hashable, Sendable {
    case printed(CompletionMethod)
    case notSent(reason: String)
    case unknown(reason: String)
  }

  /// Milliseconds between two tries at a printer that is not ready.
  package static let pause = 200
  /// Milliseconds without a byte after which a printer that said what nobody asked has said it all: a greeting of its
  /// interface board comes in one go.
  package static let quietTime = 300
  /// Milliseconds between two questions while the slip is waited for, and until one is given up for lost.
  package static let askEvery = 400
  package static let questionLife = 2_000
  /// Milliseconds that one try to connect may take.
  package static let connectTime = 1_500

  enum Phase {
    case idle
    case connecting
    /// Not connected; connects again then.
    case pausing(until: Int)
    case asking(StatusInquiry, RealTimeQuestion, answerBy: Int)
    /// Connected to a printer that is not ready; asks again then.
    case resting(until: Int)
    /// Connected to a printer that said what makes no sense; asks anew when it has been quiet for so long.
    case quieting(until: Int)
    case claiming
    case sending(Transfer)
    case confirming(Confirmation)
    case over
  }

  let plan: Plan
  var phase = Phase.idle
  var answers = AnswerDemultiplexer()
  /// Until then the printer is waited for before the first byte.
  var giveUpAt = 0
  /// Whether this connection's greeting was waited for already: what makes no sense afterwards is no greeting.
  var hasQuieted = false
  /// Why it is not printing yet.
  var obstacle = "the printer was not asked yet"
  var reported: Set<PrinterReason> = []

  package init(_ plan: Plan) { self.plan = plan }

  var asks: Bool { plan.address.status == .realtime }

  /// Takes note of what happened and says what is to be done, in this order.
  package mutating func handle(_ event: Event, at now: Int) -> [Action] {
    switch phase {
    case .over: []
    case .sending(let transfer): handle(event, at: now, in: transfer)
    case .confirming(let confirmation): handle(event, at: now, in: confirmation)
    default: handleBeforeClaim(event, at: now)
    }
  }

  /// When it wants to be told of the time, if nothing else happens.
  package var deadline: Int? {
    switch phase {
    case .idle, .over, .claiming: nil
    case .connecting: giveUpAt
    case .pausing(let until), .resting(let until): min(until, giveUpAt)
    case .quieting(let until): until
    // A question that is open is waited for to its end: it is the printer's own pace.
    case .asking(_, _, let answerBy): answerBy
    case .sending(let transfer): transfer.giveUpAt
    case .confirming(let confirmation): confirmation.deadline
    }
  }

  mutating func finish(_ result: Result) -> [Action] {
    phase = .over
    return report([]) + [.finish(result)]
  }

  mutating func report(_ reasons: Set<PrinterReason>) -> [Action] {
    guard reasons != reported else { return [] }
    reported = reasons
    return [.report(reasons)]
  }
}
