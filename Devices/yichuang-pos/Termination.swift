import Glibc

/// SIGTERM, with which the scheduler ends a job: blocked and polled, so that it does not interrupt a slip.
enum Termination {
  static func hold() {
    var signals = set
    sigprocmask(SIG_BLOCK, &signals, nil)
  }

  static var isAsked: Bool {
    var waiting = sigset_t()
    sigpending(&waiting)
    return sigismember(&waiting, SIGTERM) == 1
  }

  private static var set: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    return signals
  }
}
