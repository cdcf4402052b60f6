import Glibc

/// One run of `yichuang-readerd`: its process and the daemon's end of the socket pair.
struct ChildProcess: Sendable {
  struct Failure: Error {
    /// The system's error message, for the log.
    let words: String
  }

  let pid: pid_t
  let socket: Int32

  /// Starts the program with its end of the pair as descriptor 3; the child closes all others itself.
  init(_ program: String) throws(Failure) {
    var ends: [Int32] = [0, 0]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Failure(words: Self.words(errno)) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
    var environment = Self.environment()
    defer { for text in arguments + environment { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, program, &actions, nil, &arguments, &environment)
    guard code == 0 else {
      close(ends[0])
      throw Failure(words: "\(program): \(Self.words(code))")
    }
    self.pid = pid
    socket = ends[0]
  }

  /// The child gets only the variables that it needs, none of the daemon's secrets.
  private static func environment() -> [UnsafeMutablePointer<CChar>?] {
    let kept = ["PATH", "LANG", "LC_ALL", "TZ", "LD_PRELOAD", "LD_LIBRARY_PATH", "UMOCKDEV_DIR", "TSAN_OPTIONS"]
    let named = kept.compactMap { name in getenv(name).map { strdup("\(name)=" + String(cString: $0)) } }
    // The runtime's backtracer would start another program, which the sandbox forbids, and show memory.
    return named + [strdup("SWIFT_BACKTRACE=enable=no"), nil]
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Closes our end and waits until the process has released its devices, at most `patience` milliseconds.
  ///
  /// - Returns: how it ended, for the log.
  func end(patience: Int32) -> String {
    shutdown(socket, Int32(SHUT_WR))
    let deadline = ContinuousClock.now + .milliseconds(patience)
    var room = [UInt8](repeating: 0, count: 4096)
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    // Later messages are dropped; a process that keeps sending is not waited for.
    while let left = (deadline - .now).wholeMilliseconds, poll(&entry, 1, left) > 0,
      recv(socket, &room, room.count, 0) > 0
    {}
    kill(pid, SIGKILL)
    close(socket)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? "status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, so that no loop polls with zero; nil when none are left.
  var wholeMilliseconds: Int32? {
    let (seconds, fraction) = components
    guard self > .zero else { return nil }
    return Int32(clamping: seconds * 1000 + (fraction + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
