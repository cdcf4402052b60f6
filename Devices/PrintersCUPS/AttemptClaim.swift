import Hall
import PrinterLink
import PrinterProtocols

/// What the claims folder says about one attempt, in the words of the port.
struct AttemptClaim {
  let folder: ClaimsFolder
  let uuid: JobUUID
  let jobName: String

  /// How the attempt ended; nil while it is open: nobody has claimed it, or a backend is at work on it.
  func outcome() throws(ClaimsFault) -> AttemptOutcome? {
    Self.outcome(of: try folder.standing(of: uuid))
  }

  static func outcome(of standing: ClaimStanding) -> AttemptOutcome? {
    switch standing {
    case .free, .sending(isAlive: true): nil
    case .withdrawn: .notSent(reason: "the slip was withdrawn before anything was sent")
    case .sending(isAlive: false): .unknown(reason: "the backend ended without the printer's word")
    case .done(let method):
      switch method {
      case .echo: .printed(.echo)
      case .status: .printed(.statusAfterCut)
      case .ipp: .printed(.ippCompleted)
      case .none: .printed(.accepted)
      }
    }
  }

  /// Sees to it that nothing is ever sent, if nothing has been claimed; otherwise as `outcome`.
  func takeBack(_ reason: String) throws(ClaimsFault) -> AttemptOutcome? {
    guard try folder.withdraw(uuid, jobName: jobName) else { return try outcome() }
    return .notSent(reason: reason)
  }
}
