package import Groundwork

/// The state of a ticket; `Queue+Invariants.swift` has the transitions.
package enum TicketState: String, Hashable, Sendable {
  /// 待叫.
  case waiting
  /// 已叫.
  case called
  /// 办理中.
  case serving
  /// 挂起.
  case suspended
  /// 过号.
  case missed
  /// 完成.
  case finished
  /// 弃号.
  case abandoned
  /// 日终.
  case closed

  package var hasEnded: Bool { self == .finished || self == .abandoned || self == .closed }
  package var isAtWindow: Bool { self == .called || self == .serving }
}

/// One place in the queue (排队号).
package struct Ticket: Hashable, Sendable {
  package let code: PublicCode
  package let number: TicketNumber
  package let day: CivilDate
  /// What it was taken for, as a transfer may have corrected it.
  package internal(set) var items: [String]
  /// 优: it may be called before tickets that came earlier, as far as the day's rule lets it.
  package internal(set) var priority: Bool
  package let kiosk: String?
  package let catalogueVersion: String
  package internal(set) var issuedAt: Timestamp
  package let issuedBy: Principal
  /// Tickets ahead at the moment of issue.
  package let aheadAtIssue: Int
  /// The wait in minutes that its holder was told at the moment of issue, as in `TicketIssued.wait`.
  package let waitAtIssue: ClosedRange<Int>?
  /// The sequence of the event that issued it.
  package let issuedSequence: Int64

  /// The lane in which it waits or was called last; at first that of its number.
  package var lane: LaneLetter
  /// The one window that calls it, while it waits for that one; its lane is then where it falls when the window closes.
  package var pool: Int?
  /// The lanes that it visits after this one (一号办多事).
  package var stops: [LaneLetter] = []
  /// Transfers so far.
  package var transfers = 0
  /// The last transfer, until the receiver says 到达.
  package var transfer: TransferNote?
  /// 实际办理, where it differs from `items`.
  package var served: [String]?
  /// Its first call, which a transfer does not change.
  package var firstCall: CallNote?
  /// Its place among those who wait, kept when it moves to another lane.
  package var rank: Rank
  /// What its wait counts from: its issue, or the last check-in.
  package var since: Timestamp
  /// The sequence of the event with which it joined its lane last.
  package var joinedSequence: Int64
  /// How often it was overtaken in its lane, when it left it; the lane counts while it waits.
  package var overtaken = 0
  /// Its last call.
  package var call: CallNote?

  package var state: TicketState = .waiting
  /// Its window, or its last one.
  package var window: Int?
  /// Calls so far, recalls included.
  package var calls = 0
  package var reCheckIns = 0
  /// When it was first called, which ends its wait.
  package var firstCalledAt: Timestamp?
  package var calledAt: Timestamp?
  package var servingAt: Timestamp?
  /// Since when it occupies its window, for the pace of services; nil once it was suspended.
  package var atWindowSince: Timestamp?
  package var endedAt: Timestamp?
  /// 首问: the badge that served it first; nil until the resident came. Later steps do not change it.
  package var firstAsked: String?
  /// Its slip, if one was requested.
  package var slip: SlipID?
  /// 约: the reservation that it was made of; nil for any other ticket.
  package var reservation: TicketReservation?

  package init(
    code: PublicCode, number: TicketNumber, day: CivilDate, items: [String], priority: Bool, kiosk: String?,
    catalogueVersion: String, issuedAt: Timestamp, issuedBy: Principal, aheadAtIssue: Int,
    waitAtIssue: ClosedRange<Int>?, issuedSequence: Int64
  ) {
    self.code = code
    self.number = number
    self.day = day
    self.items = items
    self.priority = priority
    self.kiosk = kiosk
    self.catalogueVersion = catalogueVersion
    self.issuedAt = issuedAt
    self.issuedBy = issuedBy
    self.aheadAtIssue = aheadAtIssue
    self.waitAtIssue = waitAtIssue
    self.issuedSequence = issuedSequence
    lane = number.lane
    rank = Rank(joinedBy: issuedSequence)
    since = issuedAt
    joinedSequence = issuedSequence
  }

  /// Whether it stands among those with priority: 优, or a reserved slot that has begun.
  package var goesFirst: Bool { (priority || reservation?.isHonoured == true) && !rank.isToCome }
}
