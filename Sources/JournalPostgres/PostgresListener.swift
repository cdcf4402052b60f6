import Dispatch
import Glibc
import Groundwork
import Logging
import Ports
import Synchronization

/// Listens for what other machines append, and notifies them of what this one appended (LISTEN and NOTIFY).
///
/// A notification is a hint and may be lost, so the newest sequence is looked up every second too. It is sent after the
/// commit, by this connection: inside the transaction it would hold a lock of the whole cluster through the sync.
final class PostgresListener: Sendable {
  let news: AsyncStream<JournalNews>
  private let continuation: AsyncStream<JournalNews>.Continuation
  private let server: PostgresServer
  private let log: Logger
  /// Its thread blocks in `poll`.
  private let queue = DispatchQueue(label: "journal-postgres-news")
  private let state = Mutex(State())
  /// Bytes in it wake the thread: its reading and its writing end, -1 where the process has no more files.
  private let pipe: (read: Int32, write: Int32)

  private struct State {
    var host: PostgresServer.Node?
    var isRunning = false
    var isStopped = false
    /// Raised when the connection has to be made anew.
    var generation = 0
    /// The newest sequence that this machine has.
    var known: Int64 = 0
    /// The sequence of which the others have to be notified; 0 for none.
    var announced: Int64 = 0
    /// The digest of the configuration that this machine works by.
    var configuration = ""
    /// There is a connection that takes errands.
    var isConnected = false
    var announcesKept = false
  }

  /// The machines of the hall, as the server reported them last.
  let peers = Mutex<SharedPeers?>(nil)
  /// The offset of the server's clock from the monotonic one.
  let clock = Mutex(ClockOffset())
  /// Statements of others on this connection, each done once: with its answer, or with nil where the connection broke.
  private let errands = Mutex<[Errand]>([])

  private struct Errand: Sendable {
    let sql: String
    let parameters: [PostgresParameter]
    let done: @Sendable (Exchange?) -> Void
  }

  init(_ server: PostgresServer, log: Logger) {
    self.server = server
    self.log = log
    var ends: [Int32] = [-1, -1]
    if Glibc.pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    pipe = (ends[0], ends[1])
    (news, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
  }

  deinit {
    close(pipe.read)
    close(pipe.write)
  }

  /// Follows the server of a host from now on.
  func follow(_ host: PostgresServer.Node, after sequence: Int64) {
    let starts = state.withLock { state in
      state.host = host
      state.generation += 1
      state.known = sequence
      defer { state.isRunning = true }
      return !state.isRunning && !state.isStopped
    }
    if starts { queue.async { [self] in run() } } else { wakeUp() }
  }

  /// Neither listens nor says that this machine is there, until `follow`.
  func rest() {
    state.withLock { state in
      state.host = nil
      state.generation += 1
    }
    wakeUp()
  }

  /// Reports this machine's configuration to the others from the next beat on.
  func work(by configuration: String) { state.withLock { $0.configuration = configuration } }

  /// Others are told that the journal has grown; returns at once.
  func announce(_ sequence: Int64) {
    state.withLock { state in
      state.announced = max(state.announced, sequence)
      state.known = max(state.known, sequence)
    }
    wakeUp()
  }

  /// Runs a statement on this connection, behind what it does now.
  ///
  /// - Returns: nil where there is no connection; then it may have been done or not.
  func run(_ sql: String, _ parameters: [PostgresParameter]) async -> Exchange? {
    await withCheckedContinuation { continuation in
      let isStopped = state.withLock { state in
        let isOff = state.isStopped || !state.isConnected
        if !isOff {
          let errand = Errand(sql: sql, parameters: parameters) { continuation.resume(returning: $0) }
          errands.withLock { $0.append(errand) }
        }
        return isOff
      }
      if isStopped { continuation.resume(returning: nil) } else { wakeUp() }
    }
  }

  /// Others look at once at what the machines keep together.
  func announceKept() {
    state.withLock { $0.announcesKept = true }
    wakeUp()
  }

  func stop() {
    state.withLock { $0.isStopped = true }
    wakeUp()
    continuation.finish()
  }

  /// Returns once the thread has ended.
  ///
  /// A process that exits before would free the encryption library's memory while the thread uses it.
  func end() async {
    stop()
    await withCheckedContinuation { ended in queue.async { ended.resume() } }
  }

  private func wakeUp() {
    var one: UInt8 = 1
    _ = write(pipe.write, &one, 1)
  }

  /// Until it is stopped: connects, listens, connects again.
  private func run() {
    while true {
      let (host, generation, isStopped) = state.withLock { ($0.host, $0.generation, $0.isStopped) }
      if isStopped { return }
      guard let host, let connection = connect(host) else {
        pause(milliseconds: 500)
        continue
      }
      state.withLock { $0.isConnected = true }
      listen(connection, generation)
      let left = state.withLock { state in
        state.isConnected = false
        return errands.withLock { errands in
          defer { errands = [] }
          return errands
        }
      }
      for errand in left { errand.done(nil) }
      let isCurrent = state.withLock { !$0.isStopped && $0.generation == generation }
      if isCurrent {
        // A machine that only follows has no other way to notice it.
        continuation.yield(.cutOff)
        pause(milliseconds: 500)
      }
    }
  }

  private func connect(_ host: PostgresServer.Node) -> PostgresConnection? {
    do throws(PostgresConnection.Unreached) {
      let connection = try PostgresConnection.open(
        server.parameters(for: host, application: "yichuangd-news"), within: PostgresJournal.patience)
      guard case .done = connection.run("LISTEN yc_\(server.hall)", within: PostgresJournal.patience) else {
        return nil
      }
      return connection
    } catch {
      log.debug("no connection for news", metadata: ["server": "\(host)", "why": "\(error.message)"])
      return nil
    }
  }

  /// Returns when the connection is broken, or another one is wanted.
  private func listen(_ connection: PostgresConnection, _ generation: Int) {
    var looked = ContinuousClock.now - .seconds(2)
    var beaten = ContinuousClock.now - .seconds(60)
    while state.withLock({ !$0.isStopped && $0.generation == generation }) {
      let announced = state.withLock { state in
        defer { state.announced = 0 }
        return state.announced
      }
      if announced > 0 {
        let notify = "SELECT pg_notify('yc_\(server.hall)', '\(announced)')"
        guard case .done = connection.run(notify, within: PostgresJournal.patience) else { return }
      }
      guard runErrands(connection) else { return }
      if looked.duration(to: .now) >= .seconds(1) {
        looked = .now
        let exchange = connection.run(
          "SELECT max(seq) FROM yc.records WHERE hall = $1", [.int4(server.hall)], within: PostgresJournal.patience)
        guard case .done(let rows, _) = exchange else { return }
        if let newest = rows.first?.first??.int8 { tell(newest) }
      }
      if beaten.duration(to: .now) >= .seconds(SharedPeers.beatSeconds) {
        beaten = .now
        guard beat(connection) else { return }
      }
      for payload in connection.notifications() {
        if let sequence = Int64(payload) { tell(sequence) }
        // What the machines keep together has changed: the next beat says so, and it is now.
        if payload == Self.keptHint { beaten = .now - .seconds(60) }
      }
      guard connection.waitForNotifications(milliseconds: 1_000, or: pipe.read) else { return }
      drainWake()
    }
  }

  /// The payload of a notification that is no sequence.
  private static let keptHint = "kept"

  /// - Returns: false once the connection is broken.
  private func runErrands(_ connection: PostgresConnection) -> Bool {
    let announcesKept = state.withLock { state in
      defer { state.announcesKept = false }
      return state.announcesKept
    }
    if announcesKept {
      let notify = "SELECT pg_notify('yc_\(server.hall)', '\(Self.keptHint)')"
      guard case .done = connection.run(notify, within: PostgresJournal.patience) else { return false }
    }
    while let errand = errands.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      let exchange = connection.run(errand.sql, errand.parameters, within: PostgresJournal.patience)
      if case .unknown = exchange {
        errand.done(nil)
        return false
      }
      errand.done(exchange)
    }
    return true
  }

  /// Sends this machine's beat, and reads those of the others.
  private func beat(_ connection: PostgresConnection) -> Bool {
    let (head, configuration) = state.withLock { ($0.known, $0.configuration) }
    let ahead = peers.withLock { $0?.clockAhead } ?? 0
    let sent = SharedPeers.monotonic()
    let exchange = connection.run(
      """
      SELECT o_at, o_machine, o_silent, o_head, o_configuration, o_release, o_adopted, o_reads, o_ahead, o_kept
      FROM yc.beat_1($1, $2, $3, $4)
      """,
      [.int4(server.hall), .int8(head), .text(configuration), .int8(ahead)], within: PostgresJournal.patience)
    guard case .done(let rows, _) = exchange else { return false }
    let heard = clock.withLock { SharedPeers(rows, own: server.role, sent: sent, clock: &$0) }
    peers.withLock { $0 = heard ?? $0 }
    return true
  }

  private func tell(_ sequence: Int64) {
    let isNew = state.withLock { state in
      defer { state.known = max(state.known, sequence) }
      return sequence > state.known
    }
    if isNew { continuation.yield(.grew(to: sequence)) }
  }

  private func pause(milliseconds: Int32) {
    var one = pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)
    poll(&one, 1, milliseconds)
    drainWake()
  }

  private func drainWake() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(pipe.read, &bytes, bytes.count) == bytes.count {}
  }
}
