import Groundwork
import Hall

/// The cut-off by remaining capacity, computed from plain lists and in fractions of services.
extension Oracle {
  func closingTime(of date: CivilDate) -> Timestamp? {
    guard !date.weekday.isWeekend else { return nil }
    return Timestamp(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000 + (17 * 60 + 30 - 8 * 60) * 60_000)
  }

  mutating func noteService(_ who: Int, _ at: Timestamp) {
    guard let since = visitors[who].keeps, (20_000...7_200_000).contains(at.since(since)) else { return }
    services[visitors[who].lane, default: []].append((who, at.since(since)))
  }

  /// - Parameter lane: in which it was served.
  mutating func forgetService(_ who: Int, _ lane: UInt8) {
    guard visitors[who].keeps != nil else { return }
    // Only the sixty latest are known.
    let known = services[lane]?.suffix(60) ?? []
    if let index = known.lastIndex(where: { $0.who == who }) {
      services[lane] = Array(known[..<index] + known[(index + 1)...])
    } else {
      services[lane] = Array(known)
    }
  }

  mutating func weigh(_ actor: Principal, _ at: Timestamp) throws -> (Outcome, Bool) {
    guard actor == .system else { throw No("coordinator_only") }
    guard today != nil, let ends else { return (.done, false) }
    let left = ends.since(at)
    var changes = 0
    for lane in Array("AHE".utf8) {
      if left > 90 * 60_000 {
        if stopped.removeValue(forKey: lane) != nil { changes += 1 }
        continue
      }
      guard let capacity = capacity(lane, ends, at) else { continue }
      let suspended = visitors.count { $0.stand == .suspended && $0.lane == lane && $0.day == today }
      let coming = bookings.count { $0.lane == lane && $0.date == today && $0.state == "booked" }
      let need = inLine(lane).count + suspended + coming + 1
      if let since = stopped[lane] {
        if at.since(since) < 600_000 || need * 1_000_000 > 600 * capacity { continue }
        stopped[lane] = nil
        changes += 1
      } else if left > 15 * 60_000, need * 1_000_000 > 850 * capacity {
        let isQuiet = [true, false].allSatisfy { urgent in
          line.last { visitors[$0].lane == lane && visitors[$0].pool == 0 && goesFirst($0) == urgent }
            .map { at.since(visitors[$0].issuedAt) >= 20_000 } ?? true
        }
        guard isQuiet || need * 1_000 > capacity else { continue }
        stopped[lane] = at
        changes += 1
      }
    }
    eventsLast = changes
    return (.done, changes > 0)
  }

  /// Services that the lane's open windows can still do, in thousandths; nil without a basis.
  private func capacity(_ lane: UInt8, _ ends: Timestamp, _ at: Timestamp) -> Int? {
    let known = services[lane]?.suffix(60).map(\.lasted) ?? []
    let open = SyntheticHall.windows.filter { $0.lanes.utf8.contains(lane) && desks[$0.number].duty == .open }
    guard known.count >= 5, !open.isEmpty else { return nil }
    let usual = known.reduce(0, +) / Int64(known.count)
    return open.reduce(0) { sum, window in
      var free = at
      if let here = self.at(window.number), let since = visitors[here].keeps {
        free = max(at, Timestamp(milliseconds: since.milliseconds + usual))
      }
      if desks[window.number].stranger {
        free = max(at, Timestamp(milliseconds: desks[window.number].strangerSince.milliseconds + usual))
      }
      // The break from 12:00 to 14:00 is longer ago than ninety minutes before the end.
      let shares = window.lanes.utf8.count { $0 == lane || !inLine($0).isEmpty }
      return sum + Int(max(0, ends.since(free)) * 1000 / (usual * Int64(shares)))
    }
  }
}
