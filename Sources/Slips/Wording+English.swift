import Groundwork
import Hall

extension Wording {
  /// A ticket for a resident who uses the page in English: short sentences, one a line, the hall's name in Chinese.
  enum English {
    /// `7 before you, 15–25 min`, short enough for 58 mm paper in large letters.
    static func ahead(_ count: Int, minutes: ClosedRange<Int>?) -> String {
      let place = count == 0 ? "You are next" : "\(count) before you"
      guard let minutes else { return place }
      if minutes == WaitOutlook.noWait { return "\(place), a window is free" }
      let (from, to) = (minutes.lowerBound, minutes.upperBound)
      return "\(place), \(from == 0 ? "within \(to)" : "\(from)–\(to)") min"
    }

    static let leased = "Emergency number, your place counts"
    static let leasedRule =
      "The network is down. This number is valid; take no other. Stay in the hall: staff may call it by voice."

    static func rest(from: CivilTime, to: CivilTime) -> String { "Closed \(from)–\(to), not counted as waiting" }
    static func promise(minutes: Int) -> String { "This hall promises: \(minutes) min wait at most" }

    static func goTo(windows numbers: [Int]) -> String {
      list(numbers).map { "Window \($0) when called" } ?? "Watch the board for your window"
    }

    static func stops(_ stops: [TicketSlip.Stop]) -> String {
      let lanes = stops.map { stop in
        "lane \(stop.lane)" + (list(stop.windows).map { " (window \($0))" } ?? "")
      }
      return "Then go on to \(lanes.joined(separator: ", then ")) with this same number."
    }

    static func reserved(_ time: CivilTime, isLate: Bool) -> String {
      isLate ? "Reserved for \(time); you came late and wait like everybody" : "Reserved for \(time)（预约）"
    }

    static let whatToDo =
      "Sit down and watch the board. If you miss your call, scan this slip at the kiosk or ask the staff."

    /// The line for the person who helps.
    static func forStaff(_ number: TicketNumber, windows numbers: [Int]) -> String {
      Wording.ticket(number) + (numbers.isEmpty ? "" : "，\(WindowWords.list(numbers)) 号窗口")
    }

    static let scanInHall = "For scanners in this hall"
    static func copy(_ number: Int) -> String { "Copy \(number)（补打）" }

    /// `4`, `1 or 2`, `1–3 or 5`; nil when there is none.
    private static func list(_ numbers: [Int]) -> String? {
      var parts: [ClosedRange<Int>] = []
      for number in Set(numbers).sorted() {
        if let last = parts.last, last.upperBound + 1 == number {
          parts[parts.count - 1] = last.lowerBound...number
        } else {
          parts.append(number...number)
        }
      }
      let words = parts.flatMap { part in
        part.count > 2 ? ["\(part.lowerBound)–\(part.upperBound)"] : part.map(String.init)
      }
      guard let last = words.last else { return nil }
      return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " or " + last
    }
  }
}
