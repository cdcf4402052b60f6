package import Groundwork

/// Leased numbers, and what came of tickets that were given from them.
package struct LeaseState: Sendable, Equatable {
  /// The first number of a lane that is leased; ordinary numbers end before it in a hall that leases any.
  package static let firstOrdinal = 9_001
  /// Numbers leased at a time.
  package static let block = 50
  /// A holder with fewer numbers asks for others.
  package static let low = 30
  /// Business days whose leased numbers are remembered.
  private static let daysKept = 4

  /// A ticket that was adopted, as long as it is known.
  package struct Adopted: Hashable, Sendable {
    package let ended: AdoptedEnd?
    package let insteadOf: TicketNumber?

    package init(ended: AdoptedEnd?, insteadOf: TicketNumber?) {
      self.ended = ended
      self.insteadOf = insteadOf
    }
  }

  /// The leases that nobody has returned, oldest first.
  package var out: [NumbersLeased] = []
  /// The highest number that was leased, or returned, on each of the latest business days: none up to it is leased again
  /// on that day.
  package var highest: [CivilDate: [LaneLetter: Int]] = [:]
  package var adopted: [PublicCode: Adopted] = [:]
  /// Refused adoptions since the business day that was opened last.
  package var incidents: [AdoptionRefused] = []

  package init() {}

  /// Whether numbers above the ordinary ones are leased or were.
  var isUsed: Bool { !out.isEmpty || !highest.isEmpty }

  /// The lease in which a number lies.
  func lease(of number: TicketNumber, at kiosk: String?) -> NumbersLeased? {
    out.first { $0.kiosk == kiosk && $0.contains(number) }
  }

  /// The next free numbers of a lane on a day; nil when none are left.
  package func next(_ lane: LaneLetter, on day: CivilDate) -> ClosedRange<Int>? {
    var from = max(highest[day]?[lane] ?? 0, Self.firstOrdinal - 1) + 1
    while from <= TicketNumber.highestOrdinal {
      let through = min(from + Self.block - 1, TicketNumber.highestOrdinal)
      let clash = out.filter { $0.lane == lane && $0.from <= through && $0.through >= from }.map(\.through).max()
      guard let clash else { return from...through }
      from = clash + 1
    }
    return nil
  }

  mutating func lease(_ e: NumbersLeased) {
    // The holder gives numbers of its earlier lease until it has stored this one.
    for returned in out.filter(e.replaces).dropLast() {
      raise(returned, on: e.day)
      out.removeAll { $0 == returned }
    }
    out.append(e)
    raise(e, on: e.day)
    let latest = highest.keys.sorted().suffix(Self.daysKept)
    highest = highest.filter { latest.contains($0.key) }
  }

  /// The journal lost its newest records, which may contain leases: the numbers that those may have are skipped.
  mutating func passOver(on day: CivilDate) {
    for lane in Set(highest.values.flatMap(\.keys)) {
      let last = highest[day]?[lane] ?? Self.firstOrdinal - 1
      highest[day, default: [:]][lane] = min(last + 2 * Self.block, TicketNumber.highestOrdinal)
    }
  }

  private mutating func raise(_ lease: NumbersLeased, on day: CivilDate) {
    highest[day, default: [:]][lease.lane] = max(highest[day]?[lease.lane] ?? 0, lease.through)
  }
}
