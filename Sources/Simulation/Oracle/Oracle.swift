import Groundwork
import Hall

/// A second implementation of the hall, as simple as possible: one list of visitors, one queue for the whole hall, and
/// linear search for everything else.
///
/// It shares no code with `decide` and `evolve`, and predicts the answer to every command before the hall gives it.
struct Oracle {
  enum Prediction: Equatable {
    case accepted(Outcome)
    /// A refusal, by its stable code.
    case refused(String)
    case keyReused
    /// The journal takes no writes at present.
    case fault
  }

  enum Stand: String { case waiting, called, serving, suspended, missed, finished, abandoned, closed }
  enum Paper { case queued, printing, done, notSent, unknown, expired }
  enum Duty { case closed, open, paused }

  struct Visitor {
    let code: PublicCode
    /// The letter of its number.
    let letter: UInt8
    /// The lane in which it waits.
    var lane: UInt8
    let ordinal: Int
    let day: CivilDate
    var ahead: Int
    var isUrgent = false
    /// Where it stands among all who ever came: the number of the event with which it came; after a return, or with a
    /// reserved slot, between two of them.
    var key: Double
    /// The window for which alone it waits; 0 for none.
    var pool = 0
    var items: [String] = []
    /// The items that are really done for it, where they differ from those asked for.
    var done: [String]?
    /// Lanes still to be visited.
    var stops: [UInt8] = []
    var transfers = 0
    /// It was sent on, and the receiver has not said that it came.
    var isOnItsWay = false
    /// The agent who took its number for somebody; nil for one's own.
    var agent: String?
    /// When it joined its lane last.
    var since: Timestamp
    /// How often somebody behind it was called before it, since then.
    var passed = 0
    var stand = Stand.waiting
    var window = 0
    var calls = 0
    var returns = 0
    var ended: Timestamp?
    /// When it was called last before it left its window; nil once it was suspended.
    var keeps: Timestamp?
    var isForgotten = false
    var paper: Paper?
    var attempt = 0
    var isAcknowledged = false
    /// Index into the hall's kiosks, -1 for none.
    var kiosk: Int
    /// 约, unless too late.
    var isReserved = false
    var issuedAt = Timestamp(milliseconds: 0)
    /// The number of the event that issued it.
    var issue: Int64 = 0

    var number: String {
      "\(Character(UnicodeScalar(letter)))\(ordinal < 10 ? "00" : ordinal < 100 ? "0" : "")\(ordinal)"
    }
  }

  struct Desk {
    var duty = Duty.closed
    /// The number in the badge: 2 for AJ002.
    var badge = 0
    /// Somebody without a number is there.
    var stranger = false
    var strangerSince = Timestamp(milliseconds: 0)
    /// Index of the visitor who came to it last.
    var last: Int?
    /// The step that can be undone: index of the visitor, the state before and after, and when.
    var step: (visitor: Int, was: Stand, became: Stand, at: Timestamp)?
    /// The visitor as it was before that step, where it went to another lane or window.
    var before: Visitor?
    /// When it was paused last; nil before this day.
    var pausedAt: Timestamp?
  }

  struct Sheet {
    let code: PublicCode
    let date: CivilDate
    let at: Timestamp
    var isForgotten = false
  }

  /// Stored answers by key. Shared by the oracle and its copies of earlier moments: each sees as many as it had.
  final class KnownOutcomes {
    struct Stored {
      let digest: [UInt8]
      let outcome: Outcome
      /// Counted in distinct business days.
      let day: Int
      let index: Int
    }

    private var answers: [IdempotencyKey: Stored] = [:]
    private var keys: [IdempotencyKey] = []

    func answer(_ key: IdempotencyKey, among count: Int) -> Stored? {
      guard let stored = answers[key], stored.index < count else { return nil }
      return stored
    }

    /// Appends after the first `count`; later entries were never durable.
    func put(_ key: IdempotencyKey, digest: [UInt8], outcome: Outcome, day: Int, behind count: Int) {
      while keys.count > count { answers[keys.removeLast()] = nil }
      answers[key] = Stored(digest: digest, outcome: outcome, day: day, index: count)
      keys.append(key)
    }
  }

  /// A help ring (请人帮忙) in the oracle.
  struct Ring {
    let id: String
    let kiosk: String
    var isHeard = false
    var isEscalated = false
  }

  var visitors: [Visitor] = []
  var seats: [PublicCode: Int] = [:]
  /// Who is on the way to another window, in the order of being sent.
  var sent: [Int] = []
  /// Indices in `visitors` of all who wait, in queue order.
  var line: [Int] = []
  /// Who came before a reserved slot that has not begun; behind everybody in `line`.
  var early: [Int] = []
  var bookings: [Booking] = []
  /// Numbers that a journal which lost its newest records may have given, of the one day that is simulated with losses.
  var floors: [UInt8: Int] = [:]
  /// The number of the last event, and how many the last command made.
  var sequence: Int64 = 0
  var eventsLast = 1
  /// Of each lane: how many were called in a row before others who stood in front of them.
  var inARow: [UInt8: Int] = [:]
  var desks = [Desk](repeating: Desk(), count: 5)
  var sheets: [Sheet] = []
  var rings: [Ring] = []
  /// The length of each slip printed from the roll, for each kiosk that prints.
  var rolls: [[Int]] = SyntheticHall.kiosks.map { _ in [] }
  /// How often each answer of the idle screen's question was touched.
  var touched = [0, 0, 0]
  /// Each version that was put in force, with the digest of its content.
  var published: [(version: String, content: String)] = []
  /// The latest services of each lane: who, and for how many milliseconds a window was kept.
  var services: [UInt8: [(who: Int, lasted: Int64)]] = [:]
  /// The lanes of which a coordinator lets kiosks give no numbers.
  var paused: Set<UInt8> = []
  /// Since when each lane gives no numbers.
  var stopped: [UInt8: Timestamp] = [:]
  /// The end of the open day's last session.
  var ends: Timestamp?
  var today: CivilDate?
  var lastDay: CivilDate?
  /// When each distinct business day was first opened.
  var mornings: [Timestamp] = []
  let outcomes = KnownOutcomes()
  var answerCount = 0
  var lastAt = Timestamp(milliseconds: 0)

  let officeHours: Bool
  let limits: QueueLimits

  init(officeHours: Bool, limits: QueueLimits = QueueLimits()) {
    self.officeHours = officeHours
    self.limits = limits
  }

  func visitor(_ code: PublicCode) -> Int? {
    guard let seat = seats[code], !visitors[seat].isForgotten else { return nil }
    return seat
  }

  /// Who is at a window: the last to be called there, if still there.
  func at(_ window: Int) -> Int? {
    guard let last = desks[window].last else { return nil }
    let isHere = visitors[last].stand == .called || visitors[last].stand == .serving
    return isHere && visitors[last].window == window ? last : nil
  }

}
