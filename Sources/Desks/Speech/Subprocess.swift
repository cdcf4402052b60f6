import Dispatch
import Glibc

/// Runs a small program to its end and returns its output.
///
/// One at a time, on a queue of its own: no thread of the cooperative pool waits for a program, and a flood of requests
/// cannot start a flood of programs.
struct Subprocess: Sendable {
  /// Why a program gave no output.
  enum Fault: Error, Hashable, Sendable {
    /// `errno` of starting it.
    case notStarted(Int32)
    /// It wrote more than the limit, or ran for too long, and was killed.
    case tooMuch, tooLong
    case exited(Int32)
  }

  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  /// - Parameters:
  ///   - arguments: the program's path first.
  ///   - limit: bytes of output at most.
  ///   - milliseconds: how long it may run.
  func output(of arguments: [String], limit: Int, within milliseconds: Int64) async -> Result<[UInt8], Fault> {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Self.run(arguments, limit, milliseconds)) }
    }
  }

  private static func run(_ arguments: [String], _ limit: Int, _ milliseconds: Int64) -> Result<[UInt8], Fault> {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return .failure(.notStarted(errno)) }
    let (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(readEnd) }
    let started = spawn(arguments, output: writeEnd)
    close(writeEnd)
    guard case .success(let child) = started else {
      guard case .failure(let fault) = started else { return .failure(.notStarted(0)) }
      return .failure(fault)
    }
    let read = drain(readEnd, limit, milliseconds)
    if case .failure = read { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard case .success = read, status != 0 else { return read }
    return .failure(.exited(status))
  }

  /// Only the output is shared with the child: every other descriptor closes on exec.
  private static func spawn(_ arguments: [String], output: Int32) -> Result<pid_t, Fault> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words = strings(arguments)
    let surroundings = strings(["LANG=C.UTF-8", "PATH=/usr/bin:/bin"])
    defer { for text in words + surroundings { free(text) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, arguments.first ?? "", &actions, &attributes, words, surroundings)
    return code == 0 ? .success(child) : .failure(.notStarted(code))
  }

  /// C strings, terminated by nil; the caller frees them.
  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }

  private static func drain(_ descriptor: Int32, _ limit: Int, _ milliseconds: Int64) -> Result<[UInt8], Fault> {
    let clock = SystemClock()
    let end = clock.monotonic() + milliseconds
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let left = end - clock.monotonic()
      guard left > 0 else { return .failure(.tooLong) }
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, Int32(clamping: left)) > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return .success(output) }
      if count < 0 { continue }
      guard output.count + count <= limit else { return .failure(.tooMuch) }
      output += buffer[..<count]
    }
  }
}
