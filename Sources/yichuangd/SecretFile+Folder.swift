import Logging
import Seal

extension SecretFile {
  /// A file of the state folder: `pages.secrets`, `sessions.secrets`.
  convenience init(_ hall: OpenedHall, _ name: String) {
    let logger = Logger(label: "yichuang.http")
    self.init(path: "\(hall.path)/\(name).secrets") { what, path in
      logger.warning("\(what)", metadata: ["path": "\(path)"])
    }
  }
}
