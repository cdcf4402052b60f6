import Foundation
import Glibc

/// Gives the files that root made in a state folder to the folder's owner.
///
/// The daemon runs as a user of its own. A journal, a lock or a catalogue of root would keep it from starting.
struct StateOwner {
  private let folder: String
  private let user: uid_t
  private let group: gid_t

  /// Nil when there is nothing to give: the tool does not run as root, or the folder is root's own.
  ///
  /// - Parameter isNew: the tool made the folder; it then belongs to the daemon's user, where the machine has one.
  init?(_ folder: String, isNew: Bool = false) {
    var status = stat()
    guard geteuid() == 0, lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    self.folder = folder
    if isNew, let daemon = getpwnam("yichuang") {
      (user, group) = (daemon.pointee.pw_uid, daemon.pointee.pw_gid)
    } else {
      guard status.st_uid != 0 else { return nil }
      (user, group) = (status.st_uid, status.st_gid)
    }
  }

  /// Gives the folder and everything of root in it.
  func settle() {
    give(folder)
    guard let inside = FileManager.default.enumerator(atPath: folder) else { return }
    for case let name as String in inside { give(folder + "/" + name) }
  }

  /// The folder is an unprivileged user's, so nothing is given that lies elsewhere too: no link is followed, and a file
  /// with a second name stays as it is.
  func give(_ path: String) {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_uid == 0 else { return }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFDIR || kind == S_IFREG && status.st_nlink == 1 else { return }
    _ = fchown(file, user, group)
  }
}
