import Glibc
import Ports

/// Reads a whole file of bounded size.
package enum BoundedFile {
  /// Bytes; far more than any file of a hall, so a larger one is a mistake (a disk image, a log).
  package static let limit = 4 << 20

  /// The file's text, or nil with a fault in the log.
  package static func text(_ path: String, _ log: FaultLog) -> String? {
    guard let bytes = bytes(path, atMost: limit, log) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      log.fault(
        FileLocation(file: path), "is not UTF-8", "save it as UTF-8 (not GBK)",
        zh: "不是 UTF-8 编码：存成 UTF-8（不是 GBK）")
      return nil
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// The file's bytes, or nil with a fault in the log.
  package static func bytes(_ path: String, atMost limit: Int, _ log: FaultLog) -> [UInt8]? {
    let location = FileLocation(file: path)
    // O_NONBLOCK, so that a pipe without a writer is refused and does not hang the start.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      log.fault(
        location, "cannot be opened: \(SystemError.english(code))",
        "check the path and that the daemon's user may read it",
        zh: "打不开（\(SystemError.chinese(code))）：核对路径，以及服务的用户能不能读")
      return nil
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      log.fault(
        location, "is not a regular file", "name a file",
        zh: "不是普通文件：请指向一个文件")
      return nil
    }
    guard let bytes = bytes(descriptor, atMost: limit) else {
      let code = errno
      log.fault(
        location, "cannot be read: \(SystemError.english(code))", "check the disk",
        zh: "读不出来（\(SystemError.chinese(code))）：检查磁盘")
      return nil
    }
    guard bytes.count <= limit else {
      log.fault(
        location, "is larger than \(limit >> 20) MiB", "check that this is the file you mean",
        zh: "大于 \(limit >> 20) MiB：核对是不是这个文件")
      return nil
    }
    return bytes
  }

  /// At most one byte more than the limit; nil when the system refuses.
  private static func bytes(_ descriptor: Int32, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = read(descriptor, &chunk, min(chunk.count, limit + 1 - bytes.count))
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }
}
