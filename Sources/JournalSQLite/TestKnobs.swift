import Glibc
import Synchronization

/// Settings of the journal from the environment, for tests and measurements.
///
/// Each one that is set is logged as a warning when the journal opens.
struct TestKnobs: Sendable {
  /// `YICHUANG_SYNC_DELAY_MS`: in every build, because measurements use release builds.
  let syncDelay: SyncDelay
  /// `YICHUANG_TEST_SYNCHRONOUS=NORMAL`, in debug builds only: the control of the durability tests, which must lose
  /// tickets in a power cut.
  let synchronousIsNormal: Bool
  let failpoint: Failpoint?

  /// Nothing is set.
  static let none = TestKnobs(syncDelay: .none, synchronousIsNormal: false, failpoint: nil)

  static func fromEnvironment() -> TestKnobs {
    let delay = variable("YICHUANG_SYNC_DELAY_MS").flatMap(UInt32.init) ?? 0
    #if DEBUG
      let normal = variable("YICHUANG_TEST_SYNCHRONOUS") == "NORMAL"
      let failpoint = Failpoint.fromEnvironment()
    #else
      let normal = false
      let failpoint: Failpoint? = nil
    #endif
    return TestKnobs(
      syncDelay: SyncDelay(milliseconds: min(delay, 1000)), synchronousIsNormal: normal, failpoint: failpoint)
  }

  /// A sentence for each setting that is present.
  var warnings: [String] {
    var found: [String] = []
    if syncDelay.milliseconds > 0 {
      found.append(
        "YICHUANG_SYNC_DELAY_MS: every sync is made \(syncDelay.milliseconds) ms slower, for measurement only")
    }
    if synchronousIsNormal {
      found.append("YICHUANG_TEST_SYNCHRONOUS=NORMAL: A POWER CUT LOSES TICKETS; this is a test's control")
    }
    if let failpoint {
      found.append("YICHUANG_FAILPOINT: this process will kill itself at \(failpoint.place.rawValue)")
    }
    return found
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// A named point at which the process kills itself when it reaches it for the n-th time.
final class Failpoint: Sendable {
  enum Place: String, Sendable {
    case beforeAppend = "journal-before-append"
    /// The records are durable; nobody has been told, and the checkpoint is not updated yet.
    case afterAppend = "journal-after-append"
  }

  let place: Place
  private let left: Atomic<Int>

  init(_ place: Place, after count: Int) {
    self.place = place
    left = Atomic(count)
  }

  /// `YICHUANG_FAILPOINT` and `YICHUANG_FAILPOINT_AFTER`; nil for failpoints that are not the journal's.
  static func fromEnvironment() -> Failpoint? {
    guard let place = TestKnobs.variable("YICHUANG_FAILPOINT").flatMap(Place.init(rawValue:)) else { return nil }
    return Failpoint(place, after: TestKnobs.variable("YICHUANG_FAILPOINT_AFTER").flatMap(Int.init) ?? 1)
  }

  func reach(_ place: Place) {
    guard place == self.place, left.subtract(1, ordering: .relaxed).newValue == 0 else { return }
    kill(getpid(), SIGKILL)
  }
}
