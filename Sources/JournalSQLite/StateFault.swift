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
    }
  }

  private func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
}
