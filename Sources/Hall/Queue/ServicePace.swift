/// How long the last services of a lane took, the newest last: what estimates of a wait go by.
///
/// A service counts from the call to the finish, because that is how long it keeps a window. One that was suspended in
/// between does not count, and neither does one that a clerk forgot to finish.
package struct ServicePace: Hashable, Sendable {
  /// Services remembered; some tens follow the hour of the day without jumping at each ticket.
  package static let kept = 20
  /// Milliseconds that a service may have taken to count: a shorter one was a wrong press, a longer one was forgotten.
  package static let plausible: ClosedRange<Int64> = 20_000...7_200_000

  private var services: [Service] = []

  private struct Service: Hashable, Sendable {
    let code: PublicCode
    let milliseconds: Int64
  }

  package init() {}

  package var count: Int { services.count }

  /// Milliseconds that a service took on average; nil when there is none.
  package var mean: Int64? {
    services.isEmpty ? nil : services.reduce(0) { $0 + $1.milliseconds } / Int64(services.count)
  }

  mutating func note(_ code: PublicCode, took milliseconds: Int64) {
    guard Self.plausible.contains(milliseconds) else { return }
    services.append(Service(code: code, milliseconds: milliseconds))
    if services.count > Self.kept { services.removeFirst() }
  }

  /// The finish was taken back.
  mutating func forget(_ code: PublicCode) { services.removeAll { $0.code == code } }
}
