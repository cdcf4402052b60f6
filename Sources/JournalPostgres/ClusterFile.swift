package import Glibc
package import Ports

/// What a machine remembers of the shared journal's cluster, in the file `cluster` of its state folder.
///
/// It is written durably before anything of a cluster is used that it does not name yet. It is a file beside the checkpoint,
/// so that the checkpoint of a hall with one machine has the bytes that it always had. A machine without this file has not
/// joined.
package struct ClusterFile: Sendable {
  package static let name = "cluster"

  /// Records that this machine had and the shared journal has lost, until staff have accepted that.
  package struct Loss: Hashable, Sendable {
    /// The newest record that this machine had.
    package let sequence: Int64
    /// The journal's epoch then; an acceptance has a higher one.
    package let epoch: Int64

    package init(sequence: Int64, epoch: Int64) {
      self.sequence = sequence
      self.epoch = epoch
    }
  }

  package struct Content: Hashable, Sendable {
    package var fence: ClusterFence
    package var loss: Loss?

    package init(fence: ClusterFence, loss: Loss? = nil) {
      self.fence = fence
      self.loss = loss
    }
  }

  private let path: String

  package init(stateFolder: String) { path = stateFolder + "/" + Self.name }

  /// nil where there is no file.
  ///
  /// - Throws: `StateFault` for a file that cannot be read or is not what was written.
  package func read() throws(StateFault) -> Content? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .failed(path, during: "opening", detail: SystemError.english(errno))
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = pread(file, &bytes, bytes.count, 0)
    guard count >= 0 else { throw .failed(path, during: "reading", detail: SystemError.english(errno)) }
    guard let content = Self.content(String(decoding: bytes.prefix(count), as: UTF8.self)) else {
      throw .failed(path, during: "reading", detail: "it is not what was written: join again (yichuangctl shared join)")
    }
    return content
  }

  /// Returns when it is durable.
  package func keep(_ content: Content) throws(StateFault) {
    var lines = ["system \(content.fence.system)", "timeline \(content.fence.timeline)"]
    if let loss = content.loss { lines.append("lost \(loss.sequence) \(loss.epoch)") }
    try DurableText.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  private static func content(_ text: String) -> Content? {
    var system: String?
    var timeline: Int64?
    var loss: Loss?
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch (words.first, words.count) {
      case ("system", 2): system = String(words[1])
      case ("timeline", 2): timeline = Int64(words[1])
      case ("lost", 3):
        guard let sequence = Int64(words[1]), let epoch = Int64(words[2]) else { return nil }
        loss = Loss(sequence: sequence, epoch: epoch)
      default: return nil
      }
    }
    guard let system, let timeline else { return nil }
    return Content(fence: ClusterFence(system: system, timeline: timeline), loss: loss)
  }
}

/// Small files that are durable when the call returns; the old one or the new one is there at any time.
package enum DurableText {
  /// - Parameter mode: nobody but the owner reads it, unless it says so.
  package static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws(StateFault) {
    let fresh = path + ".new"
    unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path, errno) }
    var error = FileWriting.write(Array(text.utf8), to: file, at: 0)
    if error == 0, fchmod(file, mode) != 0 { error = errno }
    if error == 0 { error = FileWriting.sync(file) }
    close(file)
    guard error == 0, rename(fresh, to: path) == 0 else {
      let code = error == 0 ? errno : error
      unlink(fresh)
      throw .notWritable(path, code)
    }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .failed(parent, during: "opening the folder", detail: SystemError.english(errno)) }
    defer { close(folder) }
    let synced = FileWriting.sync(folder)
    guard synced == 0 else { throw .failed(parent, during: "syncing the folder", detail: SystemError.english(synced)) }
  }

  private static func rename(_ from: String, to: String) -> Int32 { Glibc.rename(from, to) }
}

/// The password of a machine's role, in a file of its own.
package enum SharedSecret {
  /// The first line; nil where there is no file, as on a machine that connects through a Unix socket that trusts it.
  package static func read(_ path: String) throws(StateFault) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .failed(path, during: "opening", detail: SystemError.english(errno))
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = pread(file, &bytes, bytes.count, 0)
    guard count >= 0 else { throw .failed(path, during: "reading", detail: SystemError.english(errno)) }
    return String(decoding: bytes.prefix(count), as: UTF8.self).split(whereSeparator: \.isNewline).first.map(
      String.init)
  }
}
