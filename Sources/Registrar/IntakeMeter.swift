import Hall

/// How fast kiosks ask, by a clock that never steps.
///
/// It is asked about decisions, so an answer that is given again and a refusal cost nothing. Kiosks and lanes are those of the rules, so there are
/// never many meters.
struct IntakeMeter: Sendable {
  private enum Subject: Hashable {
    case kiosk(String, Kind)
    case lane(LaneLetter)
  }

  private enum Kind { case numbers, notices, reprints, help, others }

  private var meters: [Subject: RateMeter] = [:]

  /// Counts what a kiosk asked for.
  ///
  /// - Returns: milliseconds until it may ask for this; nil when it was admitted.
  mutating func admit(_ envelope: Envelope, _ decision: Decision, _ rates: KioskRates, now: Int64) -> Int64? {
    guard case .kiosk(let kiosk) = envelope.actor else { return nil }
    let (kind, limits): (Kind, [RateLimit]) =
      switch envelope.command {
      case .queue(.takeTicket): (.numbers, rates.numbers)
      case .notice(.issueNotice): (.notices, rates.notices)
      case .print(.reprint): (.reprints, rates.reprints)
      case .help(.askForHelp): (.help, rates.help)
      default: (.others, rates.others)
      }
    var subjects: [(Subject, [RateLimit])] = [(.kiosk(kiosk, kind), limits)]
    for case .queue(.ticketIssued(let issued)) in decision.events {
      subjects.append((.lane(issued.number.lane), rates.lane))
    }
    let waits = subjects.compactMap { subject, limits in (meters[subject] ?? RateMeter()).wait(limits, now: now) }
    if let wait = waits.max() { return wait }
    for (subject, limits) in subjects { meters[subject, default: RateMeter()].note(limits, now: now) }
    return nil
  }
}
