import PrinterProtocols

/// From the claim to the last byte: bytes are sent as long as the printer takes them.
extension SlipDelivery {
  struct Transfer {
    /// Bytes not written yet.
    var left: Int
    let total: Int
    /// When the slip is given up; extended by every byte taken.
    var giveUpAt: Int
    /// The limit of that extension.
    let last: Int
    /// When it counts as stalled; nil once that is reported.
    var stallAt: Int?
    /// The printer sent nonsense.
    var isNoisy = false

    var deadline: Int { min(giveUpAt, stallAt ?? giveUpAt) }
  }

  /// Milliseconds after which a slip that the printer takes byte by byte is given up.
  static let longestTransfer = 600_000
  /// `GS a`: the printer reports by itself when it goes offline, has an error or lacks paper. It matters while the slip
  /// is sent, when a query would wait behind its bytes.
  static let reportChanges: [UInt8] = [0x1D, 0x61, 0x0E]
  static let reportNothing: [UInt8] = [0x1D, 0x61, 0]

  /// Not where our end of the connection closes with the slip, because the reports could not be switched off again.
  var reportsChanges: Bool { asks && plan.address.completion != .none }

  /// The bytes of the slip, followed by the request for confirmation.
  private var bytes: [UInt8] {
    let request: [UInt8] =
      switch plan.address.completion {
      case .echo: ESCPOSEncoder.echoRequest(plan.processID)
      case .status: [0x1D, 0x72, 1]
      case .ipp, .none: []
      }
    return (reportsChanges ? Self.reportChanges : []) + plan.document + request
  }

  mutating func begin(at now: Int) -> [Action] {
    answers = AnswerDemultiplexer()
    let bytes = bytes
    let patience = plan.address.confirmMilliseconds
    phase = .sending(
      Transfer(
        left: bytes.count, total: bytes.count, giveUpAt: now + patience,
        last: now + max(Self.longestTransfer, patience), stallAt: now + Self.stallTime))
    return [.send(bytes)]
  }

  mutating func handle(_ event: Event, at now: Int, in transfer: Transfer) -> [Action] {
    var transfer = transfer
    switch event {
    case .wrote(let count):
      transfer.left -= count
      transfer.giveUpAt = min(now + plan.address.confirmMilliseconds, transfer.last)
      transfer.stallAt = now + Self.stallTime
      guard transfer.left <= 0 else {
        phase = .sending(transfer)
        return reportMotion()
      }
      return reportMotion() + confirm(isNoisy: transfer.isNoisy, at: now)
    case .received(let bytes):
      let heard = answers.take(bytes)
      // No requested answer is due yet.
      transfer.isNoisy = transfer.isNoisy || heard.contains { $0.isNoise }
      phase = .sending(transfer)
      return pass(on: heard)
    case .broken(let text): return stop(transfer, "the connection broke (\(text))")
    case .ended: return stop(transfer, "the printer closed the connection")
    case .tick:
      guard now < transfer.giveUpAt else { return stop(transfer, "the printer took no more") }
      guard let stallAt = transfer.stallAt, now >= stallAt else { return [] }
      transfer.stallAt = nil
      phase = .sending(transfer)
      return reportStall()
    case .begun, .connected, .unreachable, .claimed, .flushed, .terminated: return []
    }
  }

  /// While no byte was taken nothing was sent, which is still a final outcome.
  private mutating func stop(_ transfer: Transfer, _ why: String) -> [Action] {
    if transfer.left == transfer.total {
      return [.disconnect, .abandonClaim] + finish(.notSent(reason: "nothing was sent: \(why)"))
    }
    let taken = transfer.total - transfer.left
    return finish(.unknown(reason: "\(why) after \(taken) of \(transfer.total) bytes"))
  }

  /// Handles reports that the printer sends by itself.
  mutating func pass(on heard: [PrinterAnswer]) -> [Action] {
    heard.flatMap { answer -> [Action] in
      switch answer {
      case .automatic(let status): report(PrinterReason.reasons(status.status))
      case .realTime(_, let status):
        // One query of four does not tell the near end.
        report(PrinterReason.reasons(status).union(reported.intersection([.mediaLow])))
      default: []
      }
    }
  }
}
