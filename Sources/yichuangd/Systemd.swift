import Dispatch
import Glibc
import Logging
import Ports
import Registrar
import ServiceLifecycle

/// Reports the daemon's state to systemd: one datagram to the socket in NOTIFY_SOCKET.
///
/// Source: sd_notify(3), "Notes" (the protocol is stable and may be used without the library). Without the variable
/// nothing is sent.
struct Notify: Sendable {
  private let address: [UInt8]?

  init(socket: String? = getenv("NOTIFY_SOCKET").map { String(cString: $0) }) {
    // An abstract socket is written with a leading @, and its address begins with a zero byte.
    address = socket.flatMap { text in
      guard let first = text.utf8.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else { return nil }
      var bytes = Array(text.utf8)
      if first == UInt8(ascii: "@") { bytes[0] = 0 }
      return bytes.count < 108 ? bytes : nil
    }
  }

  /// Microseconds within which systemd expects the next keep-alive; nil without a watchdog.
  static var watchdogMicroseconds: Int64? {
    guard let text = getenv("WATCHDOG_USEC"), let value = Int64(String(cString: text)), value > 0 else { return nil }
    if let pid = getenv("WATCHDOG_PID"), Int32(String(cString: pid)) != getpid() { return nil }
    return value
  }

  func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }
  func extendStart(seconds: Int64) { send("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)") }
  func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(Self.monotonicMicroseconds)") }
  func watchdog() { send("WATCHDOG=1") }
  func stopping() { send("STOPPING=1\nSTATUS=stopping") }

  private static var monotonicMicroseconds: Int64 {
    // libdispatch's uptime is CLOCK_MONOTONIC on Linux, which systemd uses.
    Int64(DispatchTime.now().uptimeNanoseconds / 1000)
  }

  /// Gives systemd a copy of a socket to keep while the daemon restarts.
  func store(_ descriptor: Int32, name: String) { send("FDSTORE=1\nFDPOLL=0\nFDNAME=\(name)", descriptor) }

  /// Lets systemd close what it keeps under a name.
  func removeStored(_ name: String) { send("FDSTOREREMOVE=1\nFDNAME=\(name)") }

  /// - Parameter passed: a descriptor that goes with the message (SCM_RIGHTS, unix(7)).
  private func send(_ message: String, _ passed: Int32? = nil) {
    guard let address else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var destination = sockaddr_un()
    destination.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &destination.sun_path) { $0.copyBytes(from: address) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
    var bytes = Array(message.utf8)
    var control = passed.map(Self.rights) ?? []
    // An error is ignored: if systemd does not receive it, its own timeout decides.
    bytes.withUnsafeMutableBytes { bytes in
      control.withUnsafeMutableBytes { control in
        withUnsafeMutablePointer(to: &destination) { destination in
          var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
          withUnsafeMutablePointer(to: &part) { part in
            var whole = msghdr()
            whole.msg_name = UnsafeMutableRawPointer(destination)
            whole.msg_namelen = length
            whole.msg_iov = part
            whole.msg_iovlen = 1
            if control.count > 0 {
              whole.msg_control = control.baseAddress
              whole.msg_controllen = control.count
            }
            _ = sendmsg(descriptor, &whole, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
          }
        }
      }
    }
  }

  /// A control message with one descriptor: the header, the descriptor, and padding to the header's alignment.
  private static func rights(_ descriptor: Int32) -> [UInt8] {
    let length = MemoryLayout<cmsghdr>.size + MemoryLayout<Int32>.size
    var header = cmsghdr()
    header.cmsg_len = length
    header.cmsg_level = SOL_SOCKET
    header.cmsg_type = Int32(SCM_RIGHTS)
    let alignment = MemoryLayout<Int>.size
    return withUnsafeBytes(of: header) { Array($0) } + withUnsafeBytes(of: descriptor) { Array($0) }
      + [UInt8](repeating: 0, count: (alignment - length % alignment) % alignment)
  }
}

/// Extends the unit's start time-out while the journal is opened, so that no length of a journal reaches it.
///
/// Source: sd_notify(3), EXTEND_TIMEOUT_USEC. An hour at most: a start that takes longer hangs.
final class LongStart {
  /// Seconds between two extensions, and in all.
  private static let interval = 30
  private static let most = 3600.0

  private let timer: any DispatchSourceTimer

  init(_ notify: Notify) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "long-start"))
    let end = DispatchTime.now() + Self.most
    timer.setEventHandler {
      if DispatchTime.now() < end { notify.extendStart(seconds: Int64(3 * Self.interval)) }
    }
    timer.schedule(deadline: .now(), repeating: .seconds(Self.interval))
    timer.activate()
  }

  func end() { timer.cancel() }
}

/// Feeds systemd's watchdog as long as the commit loop makes progress.
///
/// The check goes through the registrar itself, so that the watchdog is not fed where the registrar hangs or its write takes
/// too long. It is fed where the journal refuses writes for lack of space, because a restart would not help. For
/// `longestDelay` it is also fed where the disk does not answer: the kernel cannot end a process that waits for a frozen file
/// system, and the screens would go dark.
struct Watchdog: Service {
  /// Milliseconds for which a disk that does not answer is waited for.
  static let longestDelay: Int64 = 300_000

  let registrar: Registrar
  let clock: any TimeSource
  let notify: Notify
  /// The watchdog's timeout in microseconds.
  let limit: Int64

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let delay = await registrar.delayedFor
        let isAlive = await registrar.stalledFor() < limit / 2000
        if isAlive || delay.map({ $0 < Self.longestDelay }) == true { notify.watchdog() }
        try? await clock.sleep(milliseconds: max(100, limit / 3000))
      }
    }
  }
}

/// Reloads configuration and catalogue at SIGHUP.
struct Reloading: Service {
  let reload: @Sendable () async -> Void

  func run() async throws {
    let (hangups, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "hangup"))
    source.setEventHandler { continuation.yield() }
    source.resume()
    for await _ in hangups.cancelOnGracefulShutdown() { await reload() }
    source.cancel()
  }

  /// Disables the signal's default action, which would end the process, before anybody can send one.
  static func prepare() { signal(SIGHUP, SIG_IGN) }
}

/// The first service to stop at shutdown: tells systemd, and bounds the time of the rest.
struct ShutdownDeadline: Service {
  /// Seconds from the signal to the end at the latest. Everything that was answered is in the journal by then.
  static let longest = 9.0

  let notify: Notify
  let logger: Logger

  func run() async throws {
    try await gracefulShutdown()
    notify.stopping()
    logger.notice("the hall goes down")
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.longest) { _exit(0) }
  }
}
