/// How long the print desk waits for what; every bound of it.
package struct PrintPatience: Hashable, Sendable {
  /// Between two looks at the printer's condition.
  package var probeEvery: Int64 = 1_000
  /// For the outcome of a slip that was sent. Within it an attendant can put in paper and the printer goes on by
  /// itself; afterwards the outcome is unknown and a person is asked.
  package var outcome = 30_000
  /// The same for a slip on sheets: an office printer that slept warms up first.
  package var sheetOutcome = 90_000
  /// For what an earlier run left open, slip by slip, whatever the port does: then its outcome is unknown. Numbers wait no
  /// longer than this for each such slip, of which a crash leaves one a kiosk. Above what ports take by themselves.
  package var reconcile: Int64 = 40_000
  /// Tries of one attempt of which nothing was sent, the first one included.
  package var tries = 5
  /// Between two such tries.
  package var retryAfter: Int64 = 1_000
  /// Between two tries to write an outcome down while the journal refuses writes.
  package var recordAfter: Int64 = 500
  /// How long a slip on its way is waited for when the daemon goes down; what is open then is looked up by the next
  /// run.
  package var farewell: Int64 = 4_000

  package init() {}
}
