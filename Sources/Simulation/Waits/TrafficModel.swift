/// How residents come and clerks work, as random draws: a model of days for measuring what was said about waits.
///
/// Times are minutes of the day. Sessions are 9:00 to 12:00 and 14:00 to 17:30, as in `SyntheticHall`.
package struct TrafficModel: Sendable {
  package var name: String
  /// The lanes that each window serves, from window 1 on.
  package var lanesOfWindows: [String]
  /// What residents come for, each with its share of the arrivals.
  package var errands: [Errand]
  /// Residents of one day on average, in turn: a hall with a market on every fifth day has five.
  package var residents: [Double]
  /// Residents that come together; one for arrivals on their own.
  package var groups: ClosedRange<Int> = 1...1
  /// When arrivals come, with the weight of each part of the day.
  package var profile: [(from: Double, to: Double, weight: Double)] = TrafficModel.morningPeak
  /// Minutes from the call to the resident at the window.
  package var walk: ClosedRange<Double> = 0.3...1.1
  /// Share of calls in vain; they take a minute and a half.
  package var inVain = 0.03
  /// Share of services after which the clerk is away, and for how long.
  package var away = 0.06
  package var awayMinutes: ClosedRange<Double> = 3...12
  /// Breaks of each window in a day, in which it is paused, and how long they are.
  package var breaks = 0
  package var breakMinutes: ClosedRange<Double> = 15...25
  /// Whether the windows call nobody at lunch; else they serve those who wait.
  package var restsAtLunch = false
  /// Minutes after 9:00 at which the last window opens.
  package var lateWindow = 0.0
  /// The factor by which services are longer, and the day from which on.
  package var slower: (from: Int, by: Double)?

  /// A kind of visit.
  package struct Errand: Sendable {
    package let lane: String
    package let share: Double
    /// Minutes of a service, log-normal.
    package let mean: Double
    /// The coefficient of variation of its length.
    package let variation: Double

    package init(lane: String = "A", share: Double = 1, mean: Double, variation: Double) {
      self.lane = lane
      self.share = share
      self.mean = mean
      self.variation = variation
    }
  }

  package init(name: String, lanesOfWindows: [String], errands: [Errand], residents: [Double]) {
    self.name = name
    self.lanesOfWindows = lanesOfWindows
    self.errands = errands
    self.residents = residents
  }

  package static let morningPeak: [(from: Double, to: Double, weight: Double)] = [
    (540, 600, 1.7), (600, 660, 1.4), (660, 720, 0.9), (840, 900, 1.1), (900, 960, 0.9), (960, 1035, 0.6),
  ]
}

extension TrafficModel {
  /// One lane, log-normal services of eight minutes, a morning peak.
  package static func plain(_ residents: Double, windows: Int, variation: Double = 0.8) -> TrafficModel {
    TrafficModel(
      name: "\(Int(residents)) tickets, \(windows) windows, variation \(variation)",
      lanesOfWindows: Array(repeating: "A", count: windows), errands: [Errand(mean: 8, variation: variation)],
      residents: [residents])
  }

  /// A town's ordinary day.
  package static var town: TrafficModel {
    var model = plain(75, windows: 2)
    model.name = "a town's day"
    return model
  }

  /// A small hall: one window, long and short errands mixed, a clerk with other duties, a lunch at which nobody is called.
  package static var village: TrafficModel {
    var model = TrafficModel(
      name: "a quiet village day", lanesOfWindows: ["A"],
      errands: [Errand(share: 0.45, mean: 3, variation: 0.5), Errand(share: 0.55, mean: 15, variation: 0.9)],
      residents: [22])
    model.profile = [(540, 630, 2), (630, 720, 1.2), (840, 960, 0.9), (960, 1035, 0.4)]
    model.away = 0.1
    model.awayMinutes = 5...20
    model.breaks = 2
    model.breakMinutes = 10...30
    model.restsAtLunch = true
    return model
  }

  /// Residents come by the bus, every fifth day three times as many; two lanes, breaks, a window that opens late.
  package static var market: TrafficModel {
    var model = TrafficModel(
      name: "market days with bursts and breaks", lanesOfWindows: ["A", "A", "EA"],
      errands: [
        Errand(share: 0.8, mean: 7, variation: 1.1), Errand(lane: "E", share: 0.2, mean: 2, variation: 0.6),
      ],
      residents: [50, 60, 55, 60, 150])
    model.groups = 3...12
    model.profile = [(540, 620, 3), (620, 700, 1.5), (700, 720, 0.3), (840, 900, 1.2), (900, 1035, 0.5)]
    model.inVain = 0.08
    model.breaks = 2
    model.restsAtLunch = true
    model.lateWindow = 25
    return model
  }
}
