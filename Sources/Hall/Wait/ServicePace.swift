/// The durations of a lane's latest services over days, newest last, for the wait estimate.
///
/// A service lasts from the call until the ticket leaves the window (finished, missed, suspended or abandoned), because
/// that is how long the window is kept. What follows a suspension does not count, nor does a service that a clerk forgot
/// to finish.
package struct ServicePace: Hashable, Sendable {
  /// Services kept: enough for a steady mean, few enough to follow a change within a day or two.
  package static let kept = 60
  /// Plausible milliseconds of a service: a shorter one was a wrong press, a longer one was forgotten.
  package static let plausible: ClosedRange<Int64> = 20_000...7_200_000

  /// Newest last.
  package private(set) var services: [Service] = []

  /// One service of the lane.
  package struct Service: Hashable, Sendable {
    package let code: PublicCode
    package let milliseconds: Int64

    package init(code: PublicCode, milliseconds: Int64) {
      self.code = code
      self.milliseconds = milliseconds
    }
  }

  package init(_ services: [Service] = []) { self.services = services }

  package var count: Int { services.count }

  /// The mean duration in milliseconds; nil when there is none.
  package var mean: Int64? {
    services.isEmpty ? nil : services.reduce(0) { $0 + $1.milliseconds } / Int64(services.count)
  }

  mutating func note(_ code: PublicCode, took milliseconds: Int64) {
    guard Self.plausible.contains(milliseconds) else { return }
    services.append(Service(code: code, milliseconds: milliseconds))
    if services.count > Self.kept { services.removeFirst() }
  }

  /// The step by which the ticket left the window was undone.
  mutating func forget(_ code: PublicCode) {
    if let index = services.lastIndex(where: { $0.code == code }) { services.remove(at: index) }
  }
}
