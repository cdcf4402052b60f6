import Glibc
import Ports

/// Settings of the journal from the environment, for tests and measurements.
///
/// Each one that is set is logged as a warning when the journal opens.
struct TestKnobs: Sendable {
  /// `YICHUANG_SYNC_DELAY_MS`: in every build, because measurements use release builds.
  let syncDelay: SyncDelay
  /// `YICHUANG_TEST_SYNCHRONOUS=NORMAL`, in debug builds only: the control of the durability tests, which must lose
  /// tickets in a power cut.
  let synchronousIsNormal: Bool
  /// Of unit tests only: the file system refuses every position of the checkpoint that is not a whole one.
  var refusesPositions = false

  /// Nothing is set.
  static let none = TestKnobs(syncDelay: .none, synchronousIsNormal: false)

  static func fromEnvironment() -> TestKnobs {
    let delay = variable("YICHUANG_SYNC_DELAY_MS").flatMap(UInt32.init) ?? 0
    #if DEBUG
      let normal = variable("YICHUANG_TEST_SYNCHRONOUS") == "NORMAL"
    #else
      let normal = false
    #endif
    return TestKnobs(syncDelay: SyncDelay(milliseconds: min(delay, 1000)), synchronousIsNormal: normal)
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
    if let failpoint = Failpoint.chosen {
      found.append("YICHUANG_FAILPOINT: this process will kill itself at \(failpoint.rawValue)")
    }
    return found
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
