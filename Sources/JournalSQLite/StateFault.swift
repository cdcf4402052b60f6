import Glibc

/// The hall's state cannot be opened, read or copied; each with a sentence that says what to do.
package enum StateFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Neither the folder nor its parent exists.
  case missing(String)
  case notAFolder(String)
  /// With the system's error number.
  case notWritable(String, Int32)
  /// Another process works here; its id when it wrote one.
  case held(folder: String, by: Int32?)
  case notAJournal(String)
  /// Written by a newer program; with the format's number and the highest that this program reads.
  case newerFormat(String, found: Int, known: Int)
  /// SQLite finds its own structure broken.
  case damaged(String, detail: String)
  /// A record is missing, changed or out of place; the first such one.
  case badRecord(sequence: Int64, problem: String)
  /// Reading or writing failed; with what was being done.
  case failed(String, during: String, detail: String)
  /// A copy would overwrite something.
  case exists(String)
  /// A restore would replace a journal that has records.
  case journalHasRecords(String, count: Int64)
  /// A restore was given the journal that it would replace.
  case isTheJournal(String)
  /// A restore was given the journal of a hall that is running.
  case inUse(String)
  /// A restore was given a database whose write-ahead log, with its newest records, was not copied along.
  case copiedWithoutLog(String)
  /// What a restore was given changed while it was being copied.
  case changedWhileCopied(String)

  package var description: String {
    switch self {
    case .missing(let path): "there is no state folder \(path) and no folder to make it in: create the parent folder"
    case .notAFolder(let path): "the state folder \(path) is a file: name another folder or move the file aside"
    case .notWritable(let path, let code):
      """
      \(path) cannot be written (\(errorText(code))): give it to the daemon's user, and see that the disk is neither full \
      nor read-only
      """
    case .held(let folder, let pid):
      "another process\(pid.map { " (\($0))" } ?? "") works on the state folder \(folder): stop it first"
    case .notAJournal(let path): "\(path) is not a journal: move it aside and restore a backup (yichuangctl restore)"
    case .newerFormat(let path, let found, let known):
      "\(path) has format \(found), this program knows formats up to \(known): install the newer version again"
    case .damaged(let path, let detail):
      "the journal \(path) is damaged (\(detail)): keep the file and restore a backup (yichuangctl restore)"
    case .badRecord(let sequence, let problem):
      "record \(sequence) of the journal \(problem): keep the file and restore a backup (yichuangctl restore)"
    case .failed(let path, let during, let detail):
      "\(during) \(path) failed (\(detail)): look at the disk and its space"
    case .exists(let path): "\(path) exists already: name another file"
    case .journalHasRecords(let path, let count):
      """
      the journal \(path) has \(count) records, which a restore would replace: use --force to keep it beside the \
      restored one
      """
    case .isTheJournal(let path):
      "\(path) is the journal itself: name a backup (yichuangctl backup) or a journal that was kept (\(path).replaced-N)"
    case .inUse(let path):
      "a hall works on \(path): copy it with yichuangctl backup FILE, which may be done while the hall is open"
    case .copiedWithoutLog(let path):
      """
      \(path) was copied without its log \(path)-wal, which holds the newest records: copy both files while the hall is \
      stopped, or use yichuangctl backup FILE, which makes one file
      """
    case .changedWhileCopied(let path):
      "\(path) was written while it was copied: stop what writes it, or use yichuangctl backup FILE"
    }
  }

  private func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
}
