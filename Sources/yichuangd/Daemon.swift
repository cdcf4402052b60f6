import Control
import Glibc
import Logging
import Ports
import Seal
import Settings
import Synchronization

/// The daemon from its plan to the end of the process.
struct Daemon: Sendable {
  let plan: Plan
  let share: ShareFolder

  /// - Throws: `Exit` when the hall cannot open, or a service ends.
  func run() async throws(Exit) {
    let logger = Logger(label: "yichuang")
    // Files before state: a mistake in them is found without touching the journal.
    let settings = try HallFiles(
      configuration: plan.configuration, models: share.models, sealing: HallSeal(key: .ofNobody), logger: logger
    ).load()
    let (kioskHost, hallHost) = (settings.kioskListener.host, settings.hallListener.host)
    try LoopbackPort.probe(kioskHost, plan.kioskPort ?? settings.kioskListener.port, "kiosk")
    try LoopbackPort.probe(hallHost, plan.hallPort ?? settings.hallListener.port, "hall")
    let notify = Notify()
    let longStart = LongStart(notify)
    defer { longStart.end() }
    let hall = try await OpenedHall.open(plan.stateFolder, logger: logger)
    longStart.end()
    let addresses = Addresses { [plan] kiosk, hall in
      if plan.demo {
        let kiosks = settings.kiosks.map(\.id)
        let token = settings.boardToken
        for line in Demo.addresses(plan, kiosks: kiosks, boardToken: token, kiosk: kiosk, hall: hall) {
          writeOutput(line)
        }
        writeOutput("ready")
      }
      notify.ready("open")
      logger.notice(
        "ready",
        metadata: [
          "kiosk": "\(Endpoint(host: kioskHost, port: kiosk))", "hall": "\(Endpoint(host: hallHost, port: hall))",
        ])
    }
    let composition = try await Composition.make(
      plan, settings, hall, share: share, notify: notify, logger: logger
    ) { addresses.bound($0, $1) }
    try await composition.run()
  }
}

/// Waits until both listeners are bound, then prints their addresses and that the hall is ready.
final class Addresses: Sendable {
  private let ports = Mutex<[String: Int]>([:])
  private let onReady: @Sendable (_ kiosk: Int, _ hall: Int) -> Void

  init(onReady: @escaping @Sendable (_ kiosk: Int, _ hall: Int) -> Void) { self.onReady = onReady }

  func bound(_ listener: String, _ port: Int) {
    let both: (Int, Int)? = ports.withLock { ports in
      ports[listener] = port
      guard let kiosk = ports["kiosk"], let hall = ports["hall"] else { return nil }
      return (kiosk, hall)
    }
    if let both { onReady(both.0, both.1) }
  }
}

/// Tests whether a port can be bound before anything is opened, because the server's own error is not a sentence for an
/// operator.
enum LoopbackPort {
  /// - Parameter host: an address of 127.0.0.0/8, or `::1`.
  /// - Throws: `Exit` when the port is in use, the machine has no such address, or the port needs privileges.
  static func probe(_ host: String, _ port: Int, _ name: String) throws(Exit) {
    guard port != 0, let code = obstacle(host, port) else { return }
    let (remedy, chinese) =
      switch code {
      case EADDRINUSE:
        ("another program uses it: stop that one or choose another port", "被别的程序占用：停掉那个程序，或换一个端口")
      case EADDRNOTAVAIL, EAFNOSUPPORT:
        ("this machine has no address \(host): write 127.0.0.1", "本机没有地址 \(host)：写 127.0.0.1")
      default: (SystemError.english(code), "\(SystemError.chinese(code))：换一个端口（1024 以下要有权限）")
      }
    throw Exit(
      .taken, "port \(port) of the \(name) listener cannot be had: \(remedy)",
      zh: "监听地址 \(name) 的端口 \(port) 用不了，\(chinese)")
  }

  /// The error of binding there; nil when it works.
  private static func obstacle(_ host: String, _ port: Int) -> Int32? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    if inet_pton(AF_INET, host, &address.sin_addr) == 1 { return failure(AF_INET, address) }
    var address6 = sockaddr_in6()
    address6.sin6_family = sa_family_t(AF_INET6)
    address6.sin6_port = UInt16(port).bigEndian
    guard inet_pton(AF_INET6, host, &address6.sin6_addr) == 1 else { return EADDRNOTAVAIL }
    return failure(AF_INET6, address6)
  }

  private static func failure<Address>(_ family: Int32, _ address: Address) -> Int32? {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    let bound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    return bound == 0 ? nil : errno
  }
}
