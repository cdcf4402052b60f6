package import Groundwork

/// What was practised in trainings (演练), by session and person: folded from a training's journal, record by record.
package struct TrainingLog: Sendable, Equatable {
  /// What a member of the staff practised, in the order of a visit. Silent calls are not counted.
  package enum Deed: String, CaseIterable, Sendable {
    case taken, priority, checkedIn = "checked_in", called, recalled, served, missed, suspended, resumed
    case transferred, finished, abandoned, undone, notices, paused
  }

  package struct Session: Sendable, Equatable {
    package let day: CivilDate
    package let begunAt: Timestamp
    /// Nil while it lasts, and where it was cut off.
    package var endedAt: Timestamp?
    /// All numbers, whoever took them.
    package var issued = 0
    /// By badge; a deed that nobody did is missing.
    package var people: [String: [Deed: Int]] = [:]
  }

  /// The sessions, the oldest first.
  package private(set) var sessions: [Session] = []

  package init() {}

  package mutating func take(_ recorded: RecordedEvent) {
    switch recorded.event {
    case .day(.dayOpened(let opened)): sessions.append(Session(day: opened.day, begunAt: recorded.at))
    case .day(.dayClosed): end(at: recorded.at)
    default:
      guard !sessions.isEmpty else { return }
      let last = sessions.count - 1
      if case .queue(.ticketIssued) = recorded.event { sessions[last].issued += 1 }
      guard let badge = recorded.actor.badge, let deed = Deed(recorded.event) else { return }
      sessions[last].people[badge, default: [:]][deed, default: 0] += 1
    }
  }

  private mutating func end(at moment: Timestamp) {
    guard let last = sessions.indices.last, sessions[last].endedAt == nil else { return }
    sessions[last].endedAt = moment
  }
}

extension TrainingLog.Deed {
  /// Nil for what is not counted.
  init?(_ event: Event) {
    switch event {
    case .window(let event):
      guard let deed = Self.atWindow(event) else { return nil }
      self = deed
    case .queue(.ticketIssued): self = .taken
    case .queue(.ticketCheckedIn): self = .checkedIn
    case .queue(.ticketAbandoned): self = .abandoned
    case .queue(.priorityChanged): self = .priority
    case .notice(.noticeIssued): self = .notices
    default: return nil
    }
  }

  private static func atWindow(_ event: WindowEvent) -> Self? {
    switch event {
    case .ticketCalled: .called
    case .ticketRecalled: .recalled
    case .serviceStarted: .served
    case .ticketFinished: .finished
    case .ticketMissed: .missed
    case .ticketSuspended: .suspended
    case .ticketResumed: .resumed
    case .ticketTransferred: .transferred
    case .stepUndone: .undone
    case .windowPaused: .paused
    default: nil
    }
  }
}
