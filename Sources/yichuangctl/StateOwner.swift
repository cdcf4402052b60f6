import Foundation
import Glibc

/// Gives the files that root made in a state folder to the folder's owner.
///
/// The daemon runs as a user of its own. It could not start with a journal, a lock or a catalogue that root owns.
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

  /// Gives the folder and everything in it that root owns.
  func settle() {
    give(folder)
    guard let inside = FileManager.default.enumerator(atPath: folder) else { return }
    for case let name as String in inside { give(folder + "/" + name) }
  }

  /// An unprivileged user can write in the folder. So no link is followed, and a file with a second hard link is not given:
  /// either could be a file elsewhere.
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
