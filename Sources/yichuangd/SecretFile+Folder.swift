import HallHTTP
import JournalSQLite
import Logging

extension SecretFile {
  /// A file of the state folder: `pages.secrets`, `sessions.secrets`.
  convenience init(_ hall: OpenedHall, _ name: String) {
    self.init(path: "\(hall.folder.path)/\(name).secrets", logger: Logger(label: "yichuang.http"))
  }
}
