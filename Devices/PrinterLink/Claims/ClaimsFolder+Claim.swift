import Glibc
package import PrinterProtocols

/// A backend's claim, locked as long as this exists, so that a slow backend is not taken for a dead one.
package final class HeldClaim: Sendable {
  package let uuid: JobUUID
  private let descriptor: Int32

  init(uuid: JobUUID, descriptor: Int32) {
    self.uuid = uuid
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}

extension ClaimsFolder {
  /// The backend's claim; durable when this returns. Nil when somebody else was first.
  package func claim(_ uuid: JobUUID, jobName: String) throws(ClaimsFault) -> HeldClaim? {
    guard let file = try make(uuid, .sending, jobName) else { return nil }
    return HeldClaim(uuid: uuid, descriptor: file)
  }

  /// The hall's claim: true when nothing can be sent from now on, false when somebody else was first.
  package func withdraw(_ uuid: JobUUID, jobName: String) throws(ClaimsFault) -> Bool {
    guard let file = try make(uuid, .withdrawn, jobName) else { return false }
    close(file)
    return true
  }

  /// Turns the backend's own claim into a withdrawn one, because the printer took no byte of the slip.
  package func abandon(_ claim: HeldClaim, jobName: String) throws(ClaimsFault) {
    let fresh = freshPath(claim.uuid)
    let file = try write(fresh, Self.line(ClaimWord.withdrawn.rawValue, jobName))
    defer { close(file) }
    guard rename(fresh, claimPath(claim.uuid)) == 0 else {
      defer { unlink(fresh) }
      throw .last("rename \(fresh)")
    }
    try synchronise()
  }

  /// Records the printer's confirmation; durable when this returns.
  package func finish(_ claim: HeldClaim, _ method: CompletionMethod) throws(ClaimsFault) {
    let fresh = freshPath(claim.uuid)
    let file = try write(fresh, "\(method.doneWord) \(Self.wallClock())\n")
    defer { close(file) }
    guard rename(fresh, donePath(claim.uuid)) == 0 else {
      defer { unlink(fresh) }
      throw .last("rename \(fresh)")
    }
    try synchronise()
  }

  /// The claim is written under a temporary name and then hard-linked to its own, which fails when that exists. So
  /// nobody reads half a claim, or finds a backend's claim without its lock.
  private func make(_ uuid: JobUUID, _ word: ClaimWord, _ jobName: String) throws(ClaimsFault) -> Int32? {
    let fresh = freshPath(uuid)
    let file = try write(fresh, Self.line(word.rawValue, jobName))
    defer { unlink(fresh) }
    do throws(ClaimsFault) {
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else { throw ClaimsFault.last("lock \(fresh)") }
      guard link(fresh, claimPath(uuid)) == 0 else {
        guard errno == EEXIST else { throw ClaimsFault.last("link \(fresh)") }
        close(file)
        return nil
      }
    } catch {
      close(file)
      throw error
    }
    do throws(ClaimsFault) {
      try synchronise()
    } catch {
      // Possibly not durable, so nobody may rely on it.
      unlink(claimPath(uuid))
      close(file)
      throw error
    }
    return file
  }

  /// Unique: process ids repeat, and two threads may claim at once.
  private func freshPath(_ uuid: JobUUID) -> String { "\(path)/\(uuid.text).\(UInt64.random(in: 0...(.max))).new" }

  /// Creates a file with this content, durable when this returns; the caller closes the descriptor.
  private func write(_ path: String, _ text: String) throws(ClaimsFault) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, Self.mode)
    guard file >= 0 else { throw .last("create \(path)") }
    do throws(ClaimsFault) {
      // cupsd gives its backends a umask without group access.
      guard fchmod(file, Self.mode) == 0 else { throw ClaimsFault.last("chmod \(path)") }
      let bytes = Array(text.utf8)
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        // Interrupted by a signal, or taken in part (write(2)).
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw ClaimsFault.last("write \(path)") }
        written += count
      }
      guard Self.sync(file) else { throw ClaimsFault.last("fsync \(path)") }
      return file
    } catch {
      close(file)
      unlink(path)
      throw error
    }
  }

  /// A name is durable only after a sync of its folder.
  private func synchronise() throws(ClaimsFault) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .last("open \(path)") }
    defer { close(folder) }
    guard Self.sync(folder) else { throw .last("fsync \(path)") }
  }

  /// Goes on after a signal; any other error is final.
  private static func sync(_ file: Int32) -> Bool {
    while fsync(file) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  /// Job names that are not the hall's may contain anything, so they are left out.
  static func line(_ word: String, _ jobName: String) -> String {
    let isPlain = jobName.utf8.allSatisfy { (0x21...0x7E).contains($0) } && jobName.utf8.count <= 128
    return "\(word) \(isPlain && jobName.hasPrefix("slip:") ? jobName : "-") \(wallClock())\n"
  }

  /// Milliseconds since 1970.
  private static func wallClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
