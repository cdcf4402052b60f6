import Glibc
package import Groundwork

/// The clock of a hall with several machines: that of the shared journal's server, counted on by this machine's monotonic clock.
///
/// So the moments of records follow one clock, whichever machine wrote them. Nobody's wait or right to undo depends on a
/// machine whose own clock is wrong. A machine that is cut off continues with the offset that it had last. Before the first
/// answer it uses its own clock.
package struct HallClock: TimeSource {
  private let machine: any TimeSource
  private let server: @Sendable () -> ClockOffset

  /// - Parameters:
  ///   - machine: this machine's own clocks.
  ///   - server: the offset of the server's clock from the monotonic one of `machine`.
  package init(_ machine: any TimeSource, server: @escaping @Sendable () -> ClockOffset) {
    self.machine = machine
    self.server = server
  }

  package func now() -> Timestamp { server().time(at: machine.monotonic()) ?? machine.now() }
  package func monotonic() -> Int64 { machine.monotonic() }
  package func sleep(milliseconds: Int64) async throws { try await machine.sleep(milliseconds: milliseconds) }
}

/// A machine whose civil clock is wrong, for tests: in debug builds only.
package enum WrongClock {
  /// Milliseconds from `YICHUANG_TEST_CLOCK_AHEAD`; 0 without it, and always in a release build.
  package static let ahead: Int64 = {
    #if DEBUG
      getenv("YICHUANG_TEST_CLOCK_AHEAD").flatMap { Int64(String(cString: $0)) } ?? 0
    #else
      0
    #endif
  }()
}
