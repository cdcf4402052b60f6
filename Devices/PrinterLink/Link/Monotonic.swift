import Glibc

/// Monotonic time, for deadlines.
package enum Monotonic {
  /// Milliseconds since some moment before the process began.
  package static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }
}
