import PrinterProtocols

/// From the claim to the last byte: whatever happens, the bytes go on as long as the printer takes them.
extension SlipDelivery {
  struct Transfer {
    /// Bytes that were not taken yet.
    var left: Int
    let total: Int
    /// When the slip is given up, unless something is taken until then.
    var giveUpAt: Int
    /// Never longer than this, however little is taken at a time.
    let last: Int
    /// The printer said something that makes no sense.
    var isNoisy = false
  }

  /// A slip that a printer takes byte by byte is given up after this, in milliseconds.
  static let longestTransfer = 600_000
  /// `GS a`: the printer reports by itself when it goes offline, has an error or lacks paper. It matters while the
  /// slip is on its way, when a question could not get past the bytes before it.
  static let reportChanges: [UInt8] = [0x1D, 0x61, 0x0E]
  static let reportNothing: [UInt8] = [0x1D, 0x61, 0]

  /// Not where our side of the connection ends with the slip, and the reports could not be switched off again.
  var reportsChanges: Bool { asks && plan.address.completion != .none }

  /// The bytes of the slip and, at their end, the request for the printer's word.
  private var bytes: [UInt8] {
    let request: [UInt8] =
      switch plan.address.completion {
      case .echo: ESCPOSEncoder.echoRequest(plan.mark)
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
        last: now + max(Self.longestTransfer, patience)))
    return [.send(bytes)]
  }

  mutating func handle(_ event: Event, at now: Int, in transfer: Transfer) -> [Action] {
    var transfer = transfer
    switch event {
    case .wrote(let count):
      transfer.left -= count
      transfer.giveUpAt = min(now + plan.address.confirmMilliseconds, transfer.last)
      guard transfer.left <= 0 else {
        phase = .sending(transfer)
        return []
      }
      return confirm(isNoisy: transfer.isNoisy, at: now)
    case .received(let bytes):
      let heard = answers.take(bytes)
      // Nothing of what was asked for is due yet.
      transfer.isNoisy = transfer.isNoisy || heard.contains { $0.isNoise }
      phase = .sending(transfer)
      return pass(on: heard)
    case .broken(let text): return stop(transfer, "the connection broke (\(text))")
    case .ended: return stop(transfer, "the printer closed the connection")
    case .tick:
      guard now >= transfer.giveUpAt else { return [] }
      return stop(transfer, "the printer took no more")
    case .begun, .connected, .unreachable, .claimed, .flushed, .terminated: return []
    }
  }

  /// As long as not a byte was taken, nothing was sent, and that can still be said for good.
  private mutating func stop(_ transfer: Transfer, _ why: String) -> [Action] {
    if transfer.left == transfer.total {
      return [.disconnect, .abandonClaim] + finish(.notSent(reason: "nothing was sent: \(why)"))
    }
    let taken = transfer.total - transfer.left
    return finish(.unknown(reason: "\(why) after \(taken) of \(transfer.total) bytes"))
  }

  /// What the printer reports by itself.
  mutating func pass(on heard: [PrinterAnswer]) -> [Action] {
    heard.flatMap { answer -> [Action] in
      switch answer {
      case .automatic(let status): report(PrinterReason.reasons(status.status))
      case .realTime(_, let status):
        // One question of four says nothing of the near end.
        report(PrinterReason.reasons(status).union(reported.intersection([.mediaLow])))
      default: []
      }
    }
  }
}
