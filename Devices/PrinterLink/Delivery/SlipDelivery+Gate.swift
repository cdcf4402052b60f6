import PrinterProtocols

/// Before the claim: only queries are sent, and the job can end at any moment without effect.
extension SlipDelivery {
  mutating func handleBeforeClaim(_ event: Event, at now: Int) -> [Action] {
    switch event {
    case .begun:
      giveUpAt = now + plan.address.waitMilliseconds
      return connect(at: now)
    case .terminated: return finish(.notSent(reason: "the job was canceled before anything was sent"))
    case .claimed(let answer): return handle(answer, at: now)
    case .connected:
      answers = AnswerDemultiplexer()
      hasQuieted = false
      return asks ? ask(StatusInquiry(), StatusInquiry.first, at: now) : claim()
    case .unreachable(let text): return retry("the printer \(text)", at: now)
    case .broken(let text): return retry("the connection broke: \(text)", at: now)
    case .ended: return retry("the printer closed the connection", at: now)
    case .received(let bytes): return handle(answers.take(bytes), at: now)
    case .tick: return tick(at: now)
    case .wrote, .flushed: return []
    }
  }

  private mutating func connect(at now: Int) -> [Action] {
    phase = .connecting
    // At least one try, however short the wait.
    return [.connect(milliseconds: min(max(giveUpAt - now, Self.pause), Self.connectTime))]
  }

  private mutating func retry(_ why: String, at now: Int) -> [Action] {
    obstacle = why
    guard now < giveUpAt else { return [.disconnect] + giveUp() }
    phase = .pausing(until: now + Self.pause)
    return [.disconnect] + report([.offline])
  }

  private mutating func giveUp() -> [Action] {
    finish(.notSent(reason: "nothing was sent, because \(obstacle)"))
  }

  private mutating func tick(at now: Int) -> [Action] {
    switch phase {
    case .asking(_, _, let answerBy) where now >= answerBy:
      // A new connection, so that a late answer is not taken for one to the next question.
      return retry("the printer does not answer", at: now)
    case .connecting where now >= giveUpAt: return [.disconnect] + giveUp()
    case .pausing(let until), .resting(let until):
      guard now < giveUpAt else { return giveUp() }
      guard now >= until else { return [] }
      if case .pausing = phase { return connect(at: now) }
      return ask(StatusInquiry(), StatusInquiry.first, at: now)
    case .quieting(let until) where now >= until:
      answers = AnswerDemultiplexer()
      hasQuieted = true
      return ask(StatusInquiry(), StatusInquiry.first, at: now)
    default: return []
    }
  }

  private mutating func ask(_ inquiry: StatusInquiry, _ question: RealTimeQuestion, at now: Int) -> [Action] {
    answers.asked(question)
    phase = .asking(inquiry, question, answerBy: now + plan.address.answerMilliseconds)
    return [.send(question.bytes)]
  }

  /// A printer that sends nonsense is not trusted when it reports ready. Many interface boards send a greeting to
  /// whoever connects, so the printer is first read until it is quiet and then queried again.
  private mutating func handle(_ heard: [PrinterAnswer], at now: Int) -> [Action] {
    if case .quieting = phase { return quiet(at: now) }
    guard heard.allSatisfy({ !$0.isNoise }) else { return quiet(at: now) }
    for answer in heard {
      guard case .asking(var inquiry, let asked, _) = phase, case .realTime(asked, let status) = answer else {
        continue
      }
      switch inquiry.take(asked, status) {
      case .ask(let question): return ask(inquiry, question, at: now)
      case .over(let status): return decide(status, at: now)
      }
    }
    return []
  }

  private mutating func quiet(at now: Int) -> [Action] {
    guard !hasQuieted, now < giveUpAt else { return retry("the printer's answers make no sense", at: now) }
    phase = .quieting(until: now + Self.quietTime)
    return []
  }

  private mutating func decide(_ status: PrinterStatus, at now: Int) -> [Action] {
    let reporting = report(PrinterReason.reasons(status))
    guard !status.isReady else { return reporting + claim() }
    let words = reported.map(\.rawValue).sorted().joined(separator: ", ")
    obstacle = "the printer reports \(words.isEmpty ? "that it is not ready" : words)"
    guard now < giveUpAt else { return giveUp() }
    phase = .resting(until: now + Self.pause)
    return reporting
  }

  private mutating func claim() -> [Action] {
    phase = .claiming
    return [.claim]
  }

  private mutating func handle(_ answer: ClaimAnswer, at now: Int) -> [Action] {
    switch answer {
    case .taken: return begin(at: now)
    case .heldBy(let standing): return finish(Self.result(of: standing))
    case .impossible(let text): return finish(.notSent(reason: "nothing was sent, because of the claim: \(text)"))
    }
  }

  /// How a job ends whose claim already existed: nothing is sent in any case.
  package static func result(of standing: ClaimStanding) -> Ending {
    switch standing {
    case .free: .notSent(reason: "nothing was sent, because the claim could not be made")
    case .withdrawn: .notSent(reason: "the hall has withdrawn this slip")
    case .done(let method): .printed(method)
    case .sending: .unknown(reason: "this slip was sent before; it is never sent again")
    }
  }
}

extension PrinterAnswer {
  /// Answers that no printer of this protocol sends.
  var isNoise: Bool {
    switch self {
    case .realTime, .automatic, .echo: false
    case .unasked, .transmitted, .unrecognised: true
    }
  }
}
