import Glibc

/// The few operations on files that durability needs and that name their errors.
enum Files {
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Bytes of a file; nil when there is none.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// Makes a folder's entries durable: a file that was created, renamed or removed in it.
  static func syncFolder(_ path: String) throws(StateFault) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .failed(path, during: "opening the folder", detail: text(errno)) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw .failed(path, during: "syncing the folder", detail: text(errno)) }
  }

  static func syncFile(_ path: String) throws(StateFault) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failed(path, during: "opening", detail: text(errno)) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .failed(path, during: "syncing", detail: text(errno)) }
  }

  /// Makes an empty file of mode 0600 unless there is one, so that what is written into it later was never open to others.
  static func createPrivate(_ path: String) throws(StateFault) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path, errno) }
    close(file)
  }

  static func move(_ from: String, to: String) throws(StateFault) {
    guard rename(from, to) == 0 else { throw .failed(from, during: "moving", detail: text(errno)) }
  }

  static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
