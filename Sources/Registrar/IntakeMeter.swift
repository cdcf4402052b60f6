import Hall

/// Rate limits of kiosks' commands, by the monotonic clock.
///
/// Decisions are counted, so repeated answers and refusals are free. Kiosks and lanes are those of the rules, so the
/// number of meters is bounded.
struct IntakeMeter: Sendable {
  private enum Subject: Hashable {
    case kiosk(String, Kind)
    case lane(LaneLetter)
  }

  private enum Kind { case numbers, notices, reprints, reservations, help, others }

  private var meters: [Subject: RateMeter] = [:]

  /// Counts a kiosk's command.
  ///
  /// - Returns: milliseconds until it may be repeated; nil when it was admitted.
  mutating func admit(_ envelope: Envelope, _ decision: Decision, _ rates: KioskRates, now: Int64) -> Int64? {
    guard case .kiosk(let kiosk) = envelope.actor else { return nil }
    let (kind, limits): (Kind, [RateLimit]) =
      switch envelope.command {
      case .queue(.takeTicket): (.numbers, rates.numbers)
      case .notice(.issueNotice): (.notices, rates.notices)
      case .print(.reprint): (.reprints, rates.reprints)
      case .reservation(.make): (.reservations, rates.reservations)
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
