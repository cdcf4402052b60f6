import JournalSQLite
import Logging
import Ports

/// The journals that the tool works on. Their adapter is chosen here and nowhere else in the tool.
enum Journals {
  static let storage: any JournalStorage = SQLiteStorage()

  /// Without a word in the log, for a drill's trial hall.
  static var quietStorage: any JournalStorage {
    var log = Logger(label: "yichuang.drill") { _ in SwiftLogNoOpLogHandler() }
    log.logLevel = .critical
    return SQLiteStorage(log: log)
  }
}
