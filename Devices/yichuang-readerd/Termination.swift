import Glibc
import ReadersUSB

/// SIGTERM and SIGINT as a function call.
enum Termination {
  /// - Parameter body: called once, on a thread of its own. Call before other threads exist, so that the signals are
  ///   blocked in all.
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
