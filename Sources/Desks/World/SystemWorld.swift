import Glibc
package import Groundwork
import Ports

/// The machine's clocks.
package struct SystemClock: TimeSource {
  package init() {}

  package func now() -> Timestamp { Timestamp(milliseconds: Self.read(CLOCK_REALTIME) + WrongClock.ahead) }

  /// CLOCK_BOOTTIME counts while the machine is suspended too, so that a wait includes the time people really waited.
  package func monotonic() -> Int64 { Self.read(CLOCK_BOOTTIME) }

  package func sleep(milliseconds: Int64) async throws {
    try await Task.sleep(for: .milliseconds(milliseconds))
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// The system's random number generator.
package struct SystemEntropy: Entropy {
  package init() {}

  package func bits() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}
