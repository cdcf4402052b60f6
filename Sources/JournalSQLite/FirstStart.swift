import Glibc
import Ports

/// Tells a new hall from one whose journal and checkpoint were lost.
///
/// A hall that was in use leaves traces: its key, snapshots, exports, its security log. A folder with traces and without
/// a journal is never taken for a new hall, because its numbers would begin again with the first.
///
/// The very first start makes such files too and may be killed between two of them. It therefore writes a marker before
/// the first of them and removes it, durably, before anything can be appended. Beside the marker, files of a first start
/// are no traces: nobody was ever told anything from them.
struct FirstStart: Sendable {
  /// The marker's name in the state folder.
  static let marker = "first-start"
  private static let words =
    "The first start of this hall has not ended; it has issued nothing. The daemon removes this file.\n"

  /// Names that begin so are files of a hall; what the daemon makes for a moment has an ending after them.
  private static let files = [
    "journal.sqlite", "checkpoint", "snapshot", "hall.key", "pages.secrets", "sessions.secrets", "staff.secrets",
  ]
  /// Folders that count when something is in them.
  private static let folders = ["exports", "security", "keys", "catalogues"]
  /// What a start has made by the time it removes the marker.
  private static let early = ["hall.key", "journal.sqlite", "checkpoint"].flatMap { name in
    ["", "-wal", "-shm", "-journal", ".new", ".keyed"].map { name + $0 }
  }

  private let folder: String
  private let hasMarker: Bool
  /// The traces of earlier use, in order.
  let traces: [String]

  /// Looks at a folder before the start makes anything in it.
  init(in folder: String) throws(StateFault) {
    self.folder = folder
    let names = try Files.names(in: folder)
    hasMarker = names.contains(Self.marker)
    var found: [String] = []
    for name in names {
      if Self.folders.contains(name) {
        if try !Files.names(in: folder + "/" + name).isEmpty { found.append(name) }
      } else if Self.files.contains(where: name.hasPrefix) {
        found.append(name)
      }
    }
    traces = found.sorted()
  }

  /// Whether an empty journal here is that of a new hall.
  var isPossible: Bool { traces.isEmpty || hasMarker && traces.allSatisfy(Self.early.contains) }

  /// Traces that a journal without any record contradicts, also where the checkpoint says that it never had one.
  var ofClosedDays: [String] { traces.filter { $0.hasPrefix("snapshot") || $0 == "exports" } }

  /// Writes the marker where this is a first start, and returns when it is durable.
  func begin() throws(StateFault) {
    guard isPossible, !hasMarker else { return }
    let path = folder + "/" + Self.marker
    try Files.move(try Files.prepare(Array(Self.words.utf8), for: path), to: path)
    try Files.syncFolder(folder)
  }

  /// Removes the marker, and returns when that is durable. Nothing may be appended before.
  func end() throws(StateFault) {
    let path = folder + "/" + Self.marker
    guard unlink(path) == 0 else {
      if errno == ENOENT { return }
      throw .notWritable(path, errno)
    }
    try Files.syncFolder(folder)
  }
}
