package import Groundwork

/// Everything the hall remembers, as the journal's events made it.
package struct HallState: Sendable, Equatable {
  /// The sequence of the newest event; 0 before the first.
  package private(set) var sequence: Int64 = 0
  /// The time of the newest event.
  package private(set) var lastAt = Timestamp(milliseconds: 0)
  package var epoch: Int64 = 1
  /// False while the journal is shorter than the checkpoint says and staff have not accepted it.
  package var isAccepted = true

  /// The open business day.
  package var day: BusinessDay?
  /// The business day opened last: what a clock's date is held against. Earlier than one before it when staff confirmed so.
  package var lastDay: CivilDate?
  /// When that day was opened first.
  package var lastOpenedAt: Timestamp?
  /// The day that was closed because the clock had been put right; forgotten when another one is closed.
  package var overtaken: OvertakenDay?
  /// The last ordinal given in each lane on each business day, so that no day's numbers are ever given again.
  package var ordinals: [CivilDate: [LaneLetter: Int]] = [:]
  package var noticeOrdinals: [CivilDate: Int] = [:]

  /// Answers to each awareness question by their places, counted since the journal began.
  package var awareness: [String: [Int: Int]] = [:]

  package var tickets: [PublicCode: Ticket] = [:]
  /// The tickets of the day of each person who has shown a card, the oldest first; forgotten when the day is closed.
  package var holders: [HolderPseudonym: [PublicCode]] = [:]
  /// The tickets of the day that each agent took for others, by badge, the oldest first; forgotten likewise.
  package var agents: [String: [PublicCode]] = [:]
  /// Waiting tickets of each lane in the order in which they will be called.
  package var waiting: [LaneLetter: [PublicCode]] = [:]
  /// Missed tickets of the day, the oldest first.
  package var missed: [PublicCode] = []
  package var suspended: [PublicCode] = []
  package var windows: [Int: WindowState] = [:]
  /// How long the last services of each lane took, over the days.
  package var paces: [LaneLetter: ServicePace] = [:]
  package var notices: [PublicCode: Notice] = [:]
  /// Notices of earlier days, of which only the code is asked for any more: a resident comes back with the slip.
  package var oldNotices: [PublicCode: Notice] = [:]
  /// Every publication, the newest last.
  package var catalogues: [PublishedCatalogue] = []
  package var slips: [SlipID: SlipInHand] = [:]
  /// The paper of each kiosk that has printed or got a new roll.
  package var rolls: [String: PaperRoll] = [:]
  package var help: [HelpRing] = []
  /// The last calls, the newest last: what a board shows.
  package var recentCalls: [RecentCall] = []
  package var answers = IdempotencyTable()

  package init() {}

  /// The number of waiting tickets of a lane.
  package func waitingCount(_ lane: LaneLetter) -> Int { waiting[lane]?.count ?? 0 }

  mutating func note(sequence: Int64, at: Timestamp) {
    self.sequence = sequence
    lastAt = max(lastAt, at)
  }
}

/// A business day (营业日): it has the date at which it was opened, whatever the clock says later.
package struct BusinessDay: Hashable, Sendable {
  package let date: CivilDate
  package let openedAt: Timestamp
  package let catalogueVersion: String
  /// The sequence of its opening; totals count from there, so a day opened again has an account for each opening.
  package let openedSequence: Int64
  package var totals = DayTotals()
}

/// A past day that a clock put right had left open, and when that was found.
package struct OvertakenDay: Hashable, Sendable {
  package let event: DayOvertaken
  package let at: Timestamp
}

/// Somebody at a kiosk asks for help (请人帮忙) and nobody has come yet.
package struct HelpRing: Hashable, Sendable {
  package let id: String
  package let kiosk: String
  package let askedAt: Timestamp
  /// Who was signed in at the console that heard it first; nil while none has.
  package var heardBy: String?
  /// Nobody came for too long.
  package var isEscalated = false
}

/// A call as a board remembers it.
package struct RecentCall: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let window: Int
  package let at: Timestamp

  /// More than a board lists: it leaves out calls that concern nobody any more.
  package static let kept = 24
}
