#if DEBUG
  import Glibc
  import Synchronization

  /// Named points at which a test lets the process die, in debug builds only.
  ///
  /// `YICHUANG_FAILPOINT` names the point, `YICHUANG_FAILPOINT_AFTER` the visit (1 is the first).
  enum Failpoint {
    private static let name = getenv("YICHUANG_FAILPOINT").map { String(cString: $0) }
    private static let visit = getenv("YICHUANG_FAILPOINT_AFTER").flatMap { Int(String(cString: $0)) } ?? 1
    private static let answersFirst = getenv("YICHUANG_TEST_ANSWER_FIRST") != nil
    private static let visits = Atomic<Int>(0)

    static func reach(_ point: String) {
      guard point == name else { return }
      if visits.add(1, ordering: .relaxed).newValue >= visit { kill(getpid(), SIGKILL) }
    }

    /// Runs `body` when the environment plants the mistake of answering before appending.
    static func answerFirst(_ body: () -> Void) {
      if answersFirst { body() }
    }
  }
#endif
