/// The durations of a lane's latest services, newest last, for the wait estimate.
///
/// A service lasts from the call to the finish, because that is how long it occupies a window. One that was suspended
/// does not count, nor does one that a clerk forgot to finish.
package struct ServicePace: Hashable, Sendable {
  /// Services kept: enough to follow the hour of the day without a jump at each ticket.
  package static let kept = 20
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

  /// The finish was undone.
  mutating func forget(_ code: PublicCode) { services.removeAll { $0.code == code } }
}
