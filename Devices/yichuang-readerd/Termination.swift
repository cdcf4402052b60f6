import Glibc
import ReadersUSB

/// SIGTERM and SIGINT as a call.
enum Termination {
  /// - Parameter body: called once, by a thread of its own. Call before other threads are there: they must not hear the signals.
  static func end(_ body: @escaping @Sendable () -> Void) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    DeviceThread.start { [signals] in
      var (wanted, number) = (signals, Int32(0))
      while sigwait(&wanted, &number) != 0 {}
      body()
    }
  }
}
