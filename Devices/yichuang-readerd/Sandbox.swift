import CSandbox
import Glibc

/// The sandbox that the process enters before it opens a device.
///
/// - No core dump and no access to its memory, which may hold a card's text.
/// - System calls (libseccomp): only those that libusb, libudev and the runtime need. No `execve`, no `fork`, no socket
///   but the kernel's device events; any other call fails.
/// - Files (Landlock, where the kernel has it): the devices' nodes, and what sysfs and udev have about them. Not the
///   journal, although the daemon's user owns it.
///
/// The process does this itself, because the daemon starts it and a systemd unit's filter would apply to the daemon
/// too; and because it then holds in the tests as well.
enum Sandbox {
  enum Fault: Error {
    case filter(String)

    var words: String {
      switch self {
      case .filter(let step): "the system-call filter could not be set (\(step)); nothing is read without it"
      }
    }
  }

  /// Set only for the emulated devices of tests, by whoever started the daemon: devices are then sockets in a folder.
  private static let testbed = getenv("UMOCKDEV_DIR").map { String(cString: $0) }

  /// - Returns: a sentence on what the kernel lacks; nil when every restriction is in force.
  static func enter() throws(Fault) -> String? {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    _ = yichuang_forbid_dumps()
    guard yichuang_gain_nothing() == 0 else { throw .filter("no new privileges") }
    let weakness = fenceFiles()
    try filterCalls()
    return weakness
  }

  private static func fenceFiles() -> String? {
    guard yichuang_landlock_version() >= 1 else {
      return "this kernel has no Landlock: files are fenced by permissions only"
    }
    // All 13 rights of Landlock's first version.
    let all: UInt64 = 1 << 13 - 1
    let read = UInt64(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
    let rules = yichuang_landlock_create(all)
    guard rules >= 0 else { return "Landlock refused: files are fenced by permissions only" }
    defer { close(rules) }
    let folders: [(path: String, rights: UInt64)] = [
      ("/sys", read), ("/run/udev", read), ("/etc/udev", read),
      ("/dev/bus/usb", read | UInt64(LANDLOCK_ACCESS_FS_WRITE_FILE)),
    ]
    let emulated = testbed.map { [(path: $0, rights: all), (path: "/dev/pts", rights: read | 2)] } ?? []
    for folder in folders + emulated where yichuang_landlock_allow(rules, folder.path, folder.rights) != 0 {
      return "Landlock refused \(folder.path): files are fenced by permissions only"
    }
    return yichuang_landlock_restrict(rules) == 0 ? nil : "Landlock refused: files are fenced by permissions only"
  }

  private static func filterCalls() throws(Fault) {
    guard let filter = seccomp_init(yichuang_errno_action()) else { throw .filter("begin") }
    defer { seccomp_release(filter) }
    for name in calls {
      guard yichuang_allow(filter, name) == 0 else { throw .filter(name) }
    }
    guard yichuang_allow_threads(filter) == 0 else { throw .filter("clone") }
    guard yichuang_allow_uevents(filter) == 0 else { throw .filter("socket") }
    if testbed != nil {
      guard yichuang_allow_local_sockets(filter) == 0, yichuang_allow(filter, "connect") == 0 else {
        throw .filter("connect")
      }
    }
    guard seccomp_load(filter) == 0 else { throw .filter("load") }
  }

  private static let calls = [
    // Devices, sysfs, and the socket pair.
    "read", "write", "readv", "writev", "pread64", "lseek", "open", "openat", "close", "ioctl", "fcntl", "dup", "dup3",
    "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "getdents64", "getcwd",
    "bind", "getsockname", "getsockopt", "setsockopt", "recvfrom", "recvmsg", "sendto", "sendmsg",
    // Waiting.
    "poll", "ppoll", "select", "pselect6", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "eventfd2",
    "pipe2", "timerfd_create", "timerfd_settime", "futex", "nanosleep", "clock_nanosleep", "clock_gettime",
    "clock_getres", "gettimeofday", "time", "restart_syscall", "signalfd4",
    // Memory and threads.
    "mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "set_robust_list", "rseq", "sched_yield",
    "sched_getaffinity", "sched_getparam", "sched_getscheduler", "membarrier", "getrandom", "prctl", "sysinfo", "uname",
    // Signals and identity.
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "tgkill", "gettid", "getpid",
    "getppid", "getuid", "geteuid", "getgid", "getegid", "prlimit64", "exit", "exit_group",
  ]
}
