import Dispatch
import Glibc
import Logging
import Ports
import Registrar
import ServiceLifecycle

/// Tells systemd how the daemon is: one datagram to the socket that NOTIFY_SOCKET names.
///
/// Source: sd_notify(3), "Notes" (the protocol is stable and meant to be spoken without the library). Without the
/// variable nothing is sent.
struct Notify: Sendable {
  private let address: [UInt8]?

  init(socket: String? = getenv("NOTIFY_SOCKET").map { String(cString: $0) }) {
    // An abstract socket is written with @ in front, and begins with a zero byte.
    address = socket.flatMap { text in
      guard let first = text.utf8.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else { return nil }
      var bytes = Array(text.utf8)
      if first == UInt8(ascii: "@") { bytes[0] = 0 }
      return bytes.count < 108 ? bytes : nil
    }
  }

  /// Microseconds within which systemd wants to hear from the daemon again; nil when it does not watch.
  static var watchdogMicroseconds: Int64? {
    guard let text = getenv("WATCHDOG_USEC"), let value = Int64(String(cString: text)), value > 0 else { return nil }
    if let pid = getenv("WATCHDOG_PID"), Int32(String(cString: pid)) != getpid() { return nil }
    return value
  }

  func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }
  func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(Self.monotonicMicroseconds)") }
  func watchdog() { send("WATCHDOG=1") }
  func stopping() { send("STOPPING=1\nSTATUS=stopping") }

  private static var monotonicMicroseconds: Int64 {
    // libdispatch's uptime is CLOCK_MONOTONIC on Linux, which is what systemd compares with.
    Int64(DispatchTime.now().uptimeNanoseconds / 1000)
  }

  private func send(_ message: String) {
    guard let address else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var destination = sockaddr_un()
    destination.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &destination.sun_path) { $0.copyBytes(from: address) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
    let bytes = Array(message.utf8)
    // Nothing better can be done when systemd does not listen: its own time-out decides then.
    _ = withUnsafePointer(to: &destination) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), $0, length)
      }
    }
  }
}

/// Feeds systemd's watchdog as long as the commit loop moves.
///
/// The question goes through the registrar itself, so a registrar that hangs feeds nothing; one whose write takes too
/// long does not either. A journal that refuses writes for want of space is no hang: starting again would not help.
struct Watchdog: Service {
  let registrar: Registrar
  let clock: any TimeSource
  let notify: Notify
  /// Microseconds between two signs of life that systemd waits for at most.
  let limit: Int64

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if await registrar.stalledFor() < limit / 2000 { notify.watchdog() }
        try? await clock.sleep(milliseconds: max(100, limit / 3000))
      }
    }
  }
}

/// Reads configuration and catalogue again at SIGHUP.
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

  /// Takes the signal's default away, which would end the process, before anybody can send one.
  static func prepare() { signal(SIGHUP, SIG_IGN) }
}

/// The first to hear that the daemon goes down: tells systemd, and bounds how long the rest may take.
struct ShutdownDeadline: Service {
  /// Seconds from the signal to the end at the latest. What was answered is in the journal by then; nothing else
  /// counts.
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
