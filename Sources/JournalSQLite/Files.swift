import Glibc
import Ports

/// File operations that durability needs, with errors that name the operation.
enum Files {
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether both paths are the same file.
  static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
  }

  /// Bytes of a file; nil when there is none.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// The names in a folder; none when there is no such folder.
  static func names(in path: String) throws(StateFault) -> [String] {
    guard let listing = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw .failed(path, during: "reading the folder", detail: text(errno))
    }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Syncs a folder, which makes the creation, renaming or removal of a file in it durable.
  static func syncFolder(_ path: String) throws(StateFault) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .failed(path, during: "opening the folder", detail: text(errno)) }
    defer { close(folder) }
    let error = FileWriting.sync(folder)
    guard error == 0 else { throw .failed(path, during: "syncing the folder", detail: text(error)) }
  }

  static func syncFile(_ path: String) throws(StateFault) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failed(path, during: "opening", detail: text(errno)) }
    defer { close(file) }
    let error = FileWriting.sync(file)
    guard error == 0 else { throw .failed(path, during: "syncing", detail: text(error)) }
  }

  /// Creates an empty file of mode 0600 unless there is one, so that its later content is never open to others.
  static func createPrivate(_ path: String) throws(StateFault) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path, errno) }
    close(file)
  }

  static func move(_ from: String, to: String) throws(StateFault) {
    guard rename(from, to) == 0 else { throw .failed(from, during: "moving", detail: text(errno)) }
  }

  /// Copies a file to a private one and syncs it; an existing one is replaced.
  static func copy(_ from: String, to path: String) throws(StateFault) {
    let source = open(from, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw .failed(from, during: "opening", detail: text(errno)) }
    defer { close(source) }
    let target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw .notWritable(path, errno) }
    defer { close(target) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(source, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .failed(from, during: "reading", detail: text(errno)) }
      if count == 0 { break }
      try write(buffer.prefix(count), to: target, path)
    }
    let error = FileWriting.sync(target)
    guard error == 0 else { throw .failed(path, during: "syncing", detail: text(error)) }
  }

  /// Writes a new private file under a temporary name and syncs it.
  ///
  /// - Returns: the temporary name, for a rename to `path`.
  static func prepare(_ bytes: [UInt8], for path: String) throws(StateFault) -> String {
    try prepare(for: path) { (file, fresh) throws(StateFault) in try write(bytes[...], to: file, fresh) }
  }

  /// - Parameter fill: writes to the file of that name.
  static func prepare(
    for path: String, _ fill: (_ file: Int32, _ name: String) throws(StateFault) -> Void
  ) throws(StateFault) -> String {
    let fresh = path + ".new"
    unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(fresh, errno) }
    do throws(StateFault) {
      defer { close(file) }
      try fill(file, fresh)
      let error = FileWriting.sync(file)
      guard error == 0 else { throw .failed(fresh, during: "syncing", detail: text(error)) }
    } catch {
      unlink(fresh)
      throw error
    }
    return fresh
  }

  /// A file's bytes; nil when there is none.
  static func contents(_ path: String, atMost limit: Int64) throws(StateFault) -> [UInt8]? {
    guard let size = size(path) else { return nil }
    guard size <= limit else { throw .failed(path, during: "reading", detail: "\(size) bytes are too many") }
    return try head(path, count: Int(size))
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32, _ path: String) throws(StateFault) {
    let error = FileWriting.write(bytes, at: 0) { rest, _ in Glibc.write(file, rest.baseAddress, rest.count) }
    guard error == 0 else { throw .notWritable(path, error) }
  }

  /// The first bytes of a file, `count` at most.
  static func head(_ path: String, count: Int) throws(StateFault) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failed(path, during: "opening", detail: text(errno)) }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: count)
    let found = pread(file, &buffer, count, 0)
    guard found >= 0 else { throw .failed(path, during: "reading", detail: text(errno)) }
    // A large file is not copied once more.
    return found == count ? buffer : Array(buffer.prefix(found))
  }

  static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
