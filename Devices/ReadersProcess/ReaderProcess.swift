import Dispatch
import Foundation
package import Logging
package import Ports
import ReaderLink
package import ReaderProtocols
import Synchronization

/// The daemon's side of `yichuang-readerd`: starts it, reads its reports, and restarts it when it dies, hangs or sends
/// invalid data.
///
/// Its messages are treated as hostile: frames are bounded, words checked, text made safe, and a process that floods is
/// ended. The rest of the daemon is not affected.
// Proof: what changes is behind the mutex; the thread of `start` alone has the child.
package final class ReaderProcess: @unchecked Sendable {
  package struct Configuration: Sendable {
    /// The path of `yichuang-readerd`.
    package var program: String
    package var matches: [ReaderMatch]
    /// Milliseconds between two pings; twice this without an answer ends the process.
    package var heartbeat: Int
    /// Milliseconds before a restart: at first, and at most.
    package var firstPause: Int
    package var longestPause: Int

    package init(
      program: String, matches: [ReaderMatch], heartbeat: Int = 5000, firstPause: Int = 250, longestPause: Int = 30_000
    ) {
      self.program = program
      self.matches = matches
      self.heartbeat = heartbeat
      self.firstPause = firstPause
      self.longestPause = longestPause
    }
  }

  struct Shared: ~Copyable {
    var shares: [ReaderShare.Part] = []
    var isStopping = false
    /// The socket of the running child, for orders.
    var socket: Int32?
    var starts = 0
    var pid: pid_t?
  }

  /// The rate limit of messages; no hall's devices need as many.
  static let mostMessagesASecond = 1000

  let configuration: Configuration
  let shared = Mutex(Shared())
  private let logger: Logger
  private let bell = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  package init(_ configuration: Configuration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// How often the process was started.
  package var starts: Int { shared.withLock { $0.starts } }
  /// The id of the running process.
  package var pid: Int32? { shared.withLock { $0.pid } }

  /// The readers of one kiosk.
  ///
  /// - Parameters:
  ///   - portPaths: the port paths of its devices (`1-2`); nil for all. With `serials` at most eight. Call before `start`,
  ///     once per kiosk.
  ///   - serials: numbers of devices that belong to it wherever they are plugged in, except at `elsewhere`.
  ///   - elsewhere: port paths that are configured for other kiosks.
  package func port(
    portPaths: Set<String>? = nil, serials: Set<String> = [], elsewhere: Set<String> = []
  ) -> any ReaderPort {
    shared.withLock { shared in
      shared.shares.append(ReaderShare.Part(portPaths: portPaths, serials: serials, elsewhere: elsewhere))
      return ReaderShare(process: self, index: shared.shares.count - 1)
    }
  }

  package func start() {
    // A thread of its own, because the work blocks for the life of the daemon.
    Thread.detachNewThread { [self] in
      var pauses = 0
      while !isStopping {
        let began = ContinuousClock.now
        live()
        tell(.service(isRunning: false))
        if began.duration(to: .now) >= .seconds(60) { pauses = 0 }
        let pause = min(configuration.longestPause, configuration.firstPause << min(pauses, 16))
        pauses += 1
        if !isStopping { _ = bell.wait(timeout: .now() + .milliseconds(pause)) }
      }
      shared.withLock { shared in
        for index in shared.shares.indices { shared.shares[index].audience.close() }
      }
      ended.signal()
    }
  }

  /// Lets the process release its devices, and ends it. Returns when it is gone; within a few seconds.
  package func stop() {
    shared.withLock { shared in
      shared.isStopping = true
      // The child reads the end of its orders and closes its side, which ends our reading.
      if let socket = shared.socket { shutdown(socket, Int32(SHUT_WR)) }
    }
    bell.signal()
    ended.wait()
  }

  private var isStopping: Bool { shared.withLock { $0.isStopping } }

  /// One run of the child.
  private func live() {
    let child: ChildProcess
    do throws(ChildProcess.Failure) {
      child = try ChildProcess(configuration.program)
    } catch {
      logger.error("the reader process cannot be started", metadata: ["cause": "\(error.words)"])
      return
    }
    let socket = child.socket
    shared.withLock { shared in
      shared.starts += 1
      shared.pid = child.pid
      shared.socket = socket
    }
    let reason = converse(socket)
    shared.withLock { ($0.socket, $0.pid) = (nil, nil) }
    let how = child.end(patience: isStopping ? 3000 : 0)
    if !isStopping {
      logger.warning("the reader process ended", metadata: ["cause": "\(reason)", "how": "\(how)"])
    }
  }

  /// Reads the child's reports until it ends or must be ended; returns the reason.
  private func converse(_ socket: Int32) -> String {
    for match in configuration.matches { order(.match(match)) }
    order(.begin)
    order(.read(shared.withLock { $0.shares.contains { $0.reads } || $0.shares.isEmpty }))
    for allowed in shared.withLock({ shared in shared.shares.filter(\.readsCards).compactMap(\.cardOrder) }) {
      order(allowed)
    }
    var decoder = LinkDecoder()
    var room = [UInt8](repeating: 0, count: 16_384)
    var asked: UInt32 = 0
    var answered: UInt32 = 0
    var next = ContinuousClock.now + .milliseconds(configuration.heartbeat)
    var second = ContinuousClock.now
    var messages = 0
    while true {
      var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      let patience = (next - .now).wholeMilliseconds ?? 0
      let ready = poll(&entry, 1, patience)
      if ready < 0, errno != EINTR { return "poll failed" }
      if ContinuousClock.now >= next {
        guard asked == answered else { return "it does not answer" }
        asked += 1
        order(.ping(asked))
        next = .now + .milliseconds(configuration.heartbeat)
      }
      guard ready > 0 else { continue }
      let count = recv(socket, &room, room.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return "it ended" }
      do throws(LinkFrame.Fault) {
        let frames = try decoder.take(room.prefix(count))
        for index in 0..<count { room[index] = 0 }
        if second.duration(to: .now) >= .seconds(1) { (second, messages) = (.now, 0) }
        messages += frames.count
        guard messages <= Self.mostMessagesASecond else { return "it says too much" }
        for frame in frames {
          let report = try LinkReport(frame)
          if case .pong(let number) = report { answered = number } else { hear(report) }
        }
      } catch {
        return "it talks nonsense: \(error)"
      }
    }
  }

  private func hear(_ report: LinkReport) {
    switch report {
    case .hello: tell(.service(isRunning: true))
    case .note(let words): logger.info("reader", metadata: ["note": "\(words)"])
    case .pong, .transcript: break
    default: if let event = ReaderEvent(report) { tell(event) }
    }
  }

  func order(_ order: LinkOrder) {
    guard let bytes = order.frame.bytes else { return }
    shared.withLock { shared in
      guard let socket = shared.socket else { return }
      // A child whose socket stays full does not read; it will not answer the next ping either.
      _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
  }

  private func tell(_ event: ReaderEvent) {
    let (orders, isNobodys) = shared.withLock { shared in
      let orders = shared.shares.indices.compactMap { shared.shares[$0].tell(event) }
      guard case .condition(let id, .ready) = event else { return (orders, false) }
      return (orders, !shared.shares.contains { $0.has(id) })
    }
    for order in orders { self.order(order) }
    if isNobodys, case .condition(let id, _) = event {
      logger.notice("a device belongs to no kiosk; `yichuangctl devices` says what to do", metadata: ["place": "\(id)"])
    }
  }
}
