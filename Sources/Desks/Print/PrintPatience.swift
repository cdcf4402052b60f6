/// The timeouts of the print desk, in milliseconds.
package struct PrintPatience: Hashable, Sendable {
  /// Between two probes of the printer.
  package var probeEvery: Int64 = 1_000
  /// For the outcome of a slip that was sent. It is long enough for an attendant to put in paper, after which the printer
  /// continues by itself. After the timeout the outcome is unknown and a person is asked.
  package var outcome = 30_000
  /// The same for a slip on sheets: an office printer that slept warms up first.
  package var sheetOutcome = 90_000
  /// For each attempt that an earlier run left open; then its outcome is unknown. Intake waits at most this long for
  /// each such slip, of which a crash leaves one per kiosk. It is longer than the ports' own timeouts.
  package var reconcile: Int64 = 40_000
  /// Tries of one attempt of which nothing was sent, the first one included.
  package var tries = 5
  /// Between two such tries.
  package var retryAfter: Int64 = 1_000
  /// Between two tries to record an outcome while the journal refuses writes.
  package var recordAfter: Int64 = 500
  /// How long a slip in progress is waited for at shutdown; the next run reconciles what is still open.
  package var shutdown: Int64 = 4_000

  package init() {}
}
