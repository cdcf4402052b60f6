import Glibc
package import Ports

/// How the programs end. Source: sysexits.h of BSD, and systemd.exec(5), "Process exit codes".
package enum ExitStatus: Int32, Hashable, Sendable {
  case done = 0
  /// The hall refused the command.
  case refused = 1
  /// EX_USAGE.
  case usage = 64
  /// EX_DATAERR: the journal is damaged or written by a newer program. A restart does not help.
  case data = 65
  /// EX_UNAVAILABLE: no daemon runs here, or no slip came out.
  case unavailable = 69
  /// EX_SOFTWARE: a bug.
  case bug = 70
  /// EX_OSFILE: the installation is incomplete.
  case installation = 72
  /// EX_CANTCREAT: the state folder cannot be made or written.
  case folder = 73
  /// EX_IOERR: the disk does not read or write.
  case disk = 74
  /// EX_TEMPFAIL: another process holds the state folder or a port.
  case taken = 75
  /// EX_CONFIG: configuration files are faulty; each fault is a line of the output.
  case configuration = 78

  package init(_ fault: StateFault) {
    self =
      switch fault {
      case .missing, .notAFolder, .ofTraining, .ofHall, .ofSeveral, .ofOne: .folder
      case .notWritable(_, let code): code == ENOSPC || code == EROFS ? .disk : .folder
      case .held, .inUse: .taken
      case .notAJournal, .newerFormat, .damaged, .badRecord, .newerRecord, .copiedWithoutLog, .changedWhileCopied,
        .snapshotDiffers:
        .data
      case .failed, .noJournal: .disk
      case .exists, .journalHasRecords, .isTheJournal: .folder
      }
  }
}
