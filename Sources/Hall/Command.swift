package import Groundwork

/// What somebody asks of the hall. Imperative; each slice of the core has its own.
package enum Command: Sendable, Hashable {
  case openDay(OpenDay)
  case closeDay(CloseDay)
  case takeTicket(TakeTicket)
  case checkIn(PublicCode)
  case abandonTicket(PublicCode)
  case atWindow(Int, WindowCommand)
  case issueNotice(IssueNotice)
  case askForHelp(kiosk: String)
  /// A console shows the ring.
  case hearHelp(String)
  /// The ring has waited too long.
  case escalateHelp(String)
  case answerHelp(String)
  case print(PrintCommand)
  /// 换纸 at this kiosk: its paper is counted from here.
  case changeRoll(kiosk: String)
  /// An answer to the idle screen's question (知晓率).
  case answerAwareness(AwarenessAnswered)
  case acceptJournal(AcceptJournal)
  case publishCatalogue(PublishCatalogue)
}

extension Command {
  /// True for what asks for a number or for paper: it waits while the paper of an earlier run is looked up, so that nothing
  /// new comes between an old slip and what is known of it.
  ///
  /// Calling, serving, answering and everything else about numbers that are out goes on meanwhile.
  package var isIntake: Bool {
    switch self {
    case .takeTicket, .issueNotice, .print(.reprint): true
    case .openDay, .closeDay, .checkIn, .abandonTicket, .atWindow, .askForHelp, .hearHelp, .escalateHelp, .answerHelp,
      .print,
      .changeRoll, .answerAwareness, .acceptJournal, .publishCatalogue:
      false
    }
  }
}

/// Opens a business day (开班).
package struct OpenDay: Sendable, Hashable {
  /// The civil date that the clock shows, in the hall's zone.
  package let date: CivilDate
  /// Staff have looked at a calendar: the date is right although the clock or the journal makes it doubtful.
  package let confirmed: Bool
  /// Another day that is still open is closed first; only with `confirmed`.
  package let closesOther: Bool

  package init(date: CivilDate, confirmed: Bool = false, closesOther: Bool = false) {
    self.date = date
    self.confirmed = confirmed
    self.closesOther = closesOther
  }
}

/// Closes the business day (日终).
package struct CloseDay: Sendable, Hashable {
  /// Also when somebody stands at a window.
  package let force: Bool
  /// The date on which the clock was found to be, after it was put right, while this past day was still open; only the
  /// system says it. Nil when a day ends as usual.
  package let overtakenBy: CivilDate?

  package init(force: Bool = false, overtakenBy: CivilDate? = nil) {
    self.force = force
    self.overtakenBy = overtakenBy
  }
}

/// Takes a number (取号), at a kiosk or by a clerk for a resident (代取号).
package struct TakeTicket: Sendable, Hashable {
  /// Item codes; may be empty where a lane is named or the hall is undifferentiated.
  package let items: [String]
  package let lane: LaneLetter?
  /// The neutral mark 优; ordering by it is not done yet.
  package let priority: Bool
  /// The kiosk at which the slip comes out; nil for a number without paper.
  package let kiosk: String?
  /// 大字: the resident reads the page in its largest letters, so the slip is drawn in large type.
  package let largeType: Bool
  /// What the slip is written in: the language of the page that the resident reads.
  package let language: SlipLanguage
  /// What the resident's card said of who holds the number; nil without a card.
  package let card: PresentedCard?
  /// Why a clerk gives one number more than a person may hold; 1...60 characters.
  package let reason: String?
  /// 仍要取号: the resident was told that the item is done elsewhere and wants a number all the same.
  package let insist: Bool

  package init(
    items: [String] = [], lane: LaneLetter? = nil, priority: Bool = false, kiosk: String? = nil,
    largeType: Bool = false, language: SlipLanguage = .chinese, card: PresentedCard? = nil, reason: String? = nil,
    insist: Bool = false
  ) {
    self.items = items
    self.lane = lane
    self.priority = priority
    self.kiosk = kiosk
    self.largeType = largeType
    self.language = language
    self.card = card
    self.reason = reason
    self.insist = insist
  }
}

/// A clerk's verbs at a window.
package enum WindowCommand: Sendable, Hashable {
  case open
  case pause(reason: String)
  case close
  /// 叫号: the next ticket, or this one.
  case call(PublicCode?)
  /// 重呼.
  case recall
  /// 到达: the resident is at the window.
  case serve
  /// 完成.
  case finish
  /// 完成并叫下一位.
  case finishAndCall
  /// 过号.
  case miss
  /// 挂起.
  case suspend
  /// 回呼.
  case resume(PublicCode)
  /// 弃号.
  case abandon
  /// Takes back the last finish, miss or abandon.
  case undo
}

/// Issues Form A for one item.
package struct IssueNotice: Sendable, Hashable {
  package let item: String
  package let situations: [String]
  package let ticket: PublicCode?
  package let kiosk: String?
  /// As for a ticket.
  package let largeType: Bool
  /// What the resident marked of the list for these situations.
  package let marks: NoticeMarks

  package init(
    item: String, situations: [String] = [], ticket: PublicCode? = nil, kiosk: String? = nil, largeType: Bool = false,
    marks: NoticeMarks = NoticeMarks()
  ) {
    self.item = item
    self.situations = situations
    self.ticket = ticket
    self.kiosk = kiosk
    self.largeType = largeType
    self.marks = marks
  }
}

/// What the print desk notes, and what people ask of a slip.
package enum PrintCommand: Sendable, Hashable {
  /// Written down before the printing system hears of the attempt.
  case start(SlipID, attempt: Int)
  /// The printing system knows the attempt under this name; no byte of the slip was sent yet.
  case prepared(SlipID, attempt: Int, jobUUID: String)
  /// `millimetres`: the paper that it used if its bytes went out; 0 where that is not known.
  case end(SlipID, attempt: Int, AttemptOutcome, millimetres: Int = 0)
  /// Nobody waits for it any more.
  case expire(SlipID)
  /// Another copy, marked 补打, at a kiosk (nil: where it was first asked for).
  case reprint(PublicCode, kiosk: String?)
  /// 已记住: the resident goes on without paper, or says that it came out.
  case acknowledge(PublicCode)
}

/// Staff accept a journal that is shorter than it was: restored, truncated or edited.
package struct AcceptJournal: Sendable, Hashable {
  /// Higher than every epoch before.
  package let epoch: Int64
  /// The last number that may have been given out, per lane, on `day`.
  package let floors: [LaneLetter: Int]
  package let day: CivilDate?

  package init(epoch: Int64, floors: [LaneLetter: Int], day: CivilDate?) {
    self.epoch = epoch
    self.floors = floors
    self.day = day
  }
}
