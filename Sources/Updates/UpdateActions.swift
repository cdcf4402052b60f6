/// What an update does to the machine. Each action may be repeated after it was interrupted at any point.
package protocol UpdateActions: Sendable {
  /// Copies the journal to the copy of the folder; an earlier copy is replaced.
  func backUp(_ record: UpdateRecord) async throws
  /// Installs the new package, whose maintainer scripts restart the daemon.
  ///
  /// - Throws: `UpdateFault` with why the package manager refused; the machine may then be between the versions.
  func install(_ record: UpdateRecord) async throws
  /// Whether the hall is well: unit, journal, pages, printing.
  ///
  /// - Parameters:
  ///   - version: the version that must be installed.
  ///   - waits: whether it waits until the hall is well, up to the gate's limit; else it looks once.
  /// - Returns: nil when it is well, else why not.
  func gate(_ record: UpdateRecord, _ version: String, waits: Bool) async throws -> UpdateRecord.Reason?
  /// Puts the files of the previous package back.
  func unpackPrevious(_ record: UpdateRecord) async throws
  /// Runs the maintainer scripts that are outstanding, and restarts the daemon.
  func configureAndStart(_ record: UpdateRecord) async throws
  /// Whether the daemon ended because it cannot read the journal (status 65).
  func refusesJournal() async throws -> Bool
  /// Stops the daemon, replaces the journal by the copy, starts the daemon and accepts the journal. Numbers continue above
  /// the ceilings.
  func restoreCopy(_ record: UpdateRecord) async throws
}
