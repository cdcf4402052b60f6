import Glibc
import Synchronization

/// A named point at which a test lets the process kill itself: in debug builds only, a release passes every point.
///
/// `YICHUANG_FAILPOINT` names the point, `YICHUANG_FAILPOINT_AFTER` says at which visit (1 is the first).
package enum Failpoint: String, Sendable {
  case beforeAppend = "journal-before-append"
  /// The records are durable, nobody has been told, and the checkpoint does not know them yet.
  case afterAppend = "journal-after-append"
  /// Old segments are exported, and the journal still begins before them.
  case beforeBase = "journal-before-base"
  /// The journal begins after them, and their records are still in the file.
  case afterBase = "journal-after-base"
  /// Some of their records are removed.
  case betweenRemovals = "journal-between-removals"
  /// The journal has the records, and whoever waits for the answer has not been told.
  case beforeAnswer = "before-answer"
  /// A lease is in the outbox, and none of its numbers was given.
  case leaseStored = "outbox-lease-stored"
  /// A number is chosen while the machine is cut off, and not stored.
  case beforeNumber = "outbox-before-number"
  /// It is stored, and nobody has seen it.
  case numberStored = "outbox-number-stored"
  /// The journal has it, and the outbox does not know that.
  case numberAdopted = "outbox-number-adopted"

  /// The one that this process was started with; nil for none, and always in a release build.
  package static let chosen: Failpoint? = {
    #if DEBUG
      variable("YICHUANG_FAILPOINT").flatMap(Failpoint.init)
    #else
      nil
    #endif
  }()

  /// Whether the process was started with the planted mistake of answering before it appends (`YICHUANG_TEST_ANSWER_FIRST`), which
  /// the durability test has to see. False in a release build.
  package static let answersFirst: Bool = {
    #if DEBUG
      variable("YICHUANG_TEST_ANSWER_FIRST") != nil
    #else
      false
    #endif
  }()

  private static let visit = variable("YICHUANG_FAILPOINT_AFTER").flatMap(Int.init) ?? 1
  private static let visits = Atomic<Int>(0)

  /// Kills the process if this is the chosen point and this is the visit.
  package func reach() {
    guard self == Self.chosen, Self.visits.add(1, ordering: .relaxed).newValue >= Self.visit else { return }
    kill(getpid(), SIGKILL)
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
