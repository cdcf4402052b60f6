import Groundwork
package import Hall
package import Logging
package import Ports
import JournalCodec
import Synchronization

/// The journal of a hall with several machines, on PostgreSQL.
///
/// One connection appends and reads, on a thread of its own; another listens for what others append. The server's functions
/// compare and append (`packaging/shared/schema-1.sql`). What a server says counts only after `PostgresFences` has shown
/// that it is the right one, and a write counts only when the server is ready for the next statement; see `Exchange`.
package actor PostgresJournal: JournalPort {
  /// libpq blocks its thread, so it has one outside the cooperative pool.
  private let executor = QueueExecutor(label: "journal-postgres")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package nonisolated var isShared: Bool { true }
  package nonisolated let news: AsyncStream<JournalNews>

  /// Milliseconds after which an answer is not waited for any more.
  static let patience = 4_000
  /// Records in one answer; the functions' limit.
  static let page = 2_000

  let server: PostgresServer
  let sealing: any Sealing
  let log: Logger
  let knobs: PostgresKnobs
  private let keep: @Sendable (ClusterFence) throws -> Void
  let listener: PostgresListener
  /// The newest record that this journal has reported to its caller.
  var head: ChainPosition
  /// The cluster as it was seen last; nil before the first connection of a machine that has just joined.
  package private(set) var fence: ClusterFence?
  var session: Session?
  /// Records that this machine's copy has not taken yet; kept only where there is a copy.
  var untaken: [StoredRecord] = []
  /// Whether `untaken` is kept.
  var hasReplica = false
  /// Why a host could not be reached last.
  private var unreached: [PostgresServer.Node: String] = [:]
  /// The record of a newer program at which this machine stopped.
  private var tooNew: JournalFault?
  /// Where the last connection went; the next attempt begins there.
  private var preferred = 0
  /// Whether another process has taken this machine's session since the last one began.
  private var hasLostSession = false
  private let refused = Mutex<RefusedServer?>(nil)
  /// The digest of the hall's first record.
  private let firstDigest: @Sendable () -> [UInt8]?

  /// A connection whose server was found to be the right one.
  struct Session {
    let connection: PostgresConnection
    /// The session's number; the server counts the sessions of each machine.
    let number: Int64
  }

  /// Connects to nothing yet: `probe` does.
  ///
  /// - Parameters:
  ///   - head: the newest record of this machine's own copy; `.origin` for a machine that has none.
  ///   - fence: the cluster as this machine knows it from its last run, or from joining; nil where it knows none yet.
  ///   - firstDigest: looks up the digest of the hall's first record in this machine's copy; asked only of another cluster.
  ///   - keep: stores durably which cluster was seen, before anything of it is used.
  package init(
    _ server: PostgresServer, head: ChainPosition, fence: ClusterFence?, sealing: any Sealing, log: Logger,
    firstDigest: @escaping @Sendable () -> [UInt8]? = { nil },
    keep: @escaping @Sendable (ClusterFence) throws -> Void
  ) {
    self.init(
      server, head: head, fence: fence, sealing: sealing, log: log, knobs: .fromEnvironment(log),
      firstDigest: firstDigest, keep: keep)
  }

  init(
    _ server: PostgresServer, head: ChainPosition, fence: ClusterFence?, sealing: any Sealing, log: Logger,
    knobs: PostgresKnobs, firstDigest: @escaping @Sendable () -> [UInt8]? = { nil },
    keep: @escaping @Sendable (ClusterFence) throws -> Void
  ) {
    self.firstDigest = firstDigest
    self.server = server
    self.head = head
    self.fence = fence
    self.sealing = sealing
    self.log = log
    self.knobs = knobs
    self.keep = keep
    listener = PostgresListener(server, log: log)
    news = listener.news
  }

  deinit { listener.stop() }

  /// The newest record that this journal has reported to its caller.
  package var position: ChainPosition { head }

  /// The server that the last attempt to connect found and refused; nil once one is used.
  package nonisolated var refusedServer: RefusedServer? { refused.withLock { $0 } }

  /// Ends both connections; nothing is appended afterwards until `probe`.
  package func close() async {
    session = nil
    await listener.end()
  }

  @discardableResult
  package func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
    guard sequence == head.sequence, zip(events, (sequence + 1)...).allSatisfy({ $0.sequence == $1 }) else {
      throw .conflict(expected: sequence, found: head.sequence)
    }
    guard let session else { throw .cutOff }
    let hasTurn = session.connection.isInTransaction
    if events.isEmpty {
      if hasTurn { _ = try commit(session) }
      return .written
    }
    var chain = HashChain(after: head, sealing: sealing)
    let bodies = events.map { RecordCodec.encode($0) }
    let digests = bodies.map { chain.take($0) }
    let rows = try rows(
      of: session.connection.run(
        "SELECT o_seq, o_body, o_digest FROM yc.append_1($1, $2, $3, $4, $5, $6)",
        [
          .int4(server.hall), .int8(session.number), .int8(head.sequence), .bytes(head.digest), .byteArrays(bodies),
          .byteArrays(digests),
        ], within: knobs.patience))
    if hasTurn { try commit(session) }
    // The first row is the server's time.
    guard rows.count > 1 else {
      head = chain.position
      if hasReplica {
        for ((event, body), digest) in zip(zip(events, bodies), digests) {
          untaken.append(StoredRecord(event: event, body: body, digest: digest))
        }
      }
      listener.announce(head.sequence)
      return .written
    }
    return .overtaken(try readOn(from: Array(rows.dropFirst())))
  }

  package func takeTurn(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    let session = try told(sequence)
    _ = try rows(of: session.connection.run("BEGIN", within: knobs.patience))
    let rows = try rows(
      of: session.connection.run(
        "SELECT o_seq, o_body, o_digest FROM yc.take_1($1, $2, $3, $4)",
        [.int4(server.hall), .int8(session.number), .int8(head.sequence), .bytes(head.digest)], within: knobs.patience))
    return try readOn(from: Array(rows.dropFirst()))
  }

  package func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    _ = try told(sequence)
    return try readOn(from: try newer())
  }

  /// Connects anew, to the first host that is the right server.
  package func probe() async throws(JournalFault) -> JournalRoom {
    session = nil
    // Only another program can go on.
    if let tooNew { throw tooNew }
    var behind: JournalFault?
    for offset in server.hosts.indices {
      let index = (preferred + offset) % server.hosts.count
      let host = server.hosts[index]
      do throws(JournalFault) {
        session = try begin(at: host)
        refused.withLock { $0 = nil }
        preferred = index
        listener.follow(host, after: head.sequence)
        log.notice("the shared journal is reached", metadata: ["server": "\(host)"])
        return .ample
      } catch {
        if error.isFatal { throw error }
        // A server that must not be used is reported, even where another one is only off.
        if case .behind = error { behind = error }
      }
    }
    if behind == nil { refused.withLock { $0 = nil } }
    throw behind ?? .cutOff
  }

  // MARK: Answers

  /// The session, for a caller whose newest sequence is the one that was reported last.
  private func told(_ sequence: Int64) throws(JournalFault) -> Session {
    guard sequence == head.sequence else { throw .conflict(expected: sequence, found: head.sequence) }
    guard let session else { throw .cutOff }
    return session
  }

  func newer() throws(JournalFault) -> [[[UInt8]?]] {
    guard let session else { throw .cutOff }
    return try rows(
      of: session.connection.run(
        "SELECT o_seq, o_body, o_digest FROM yc.newer_1($1, $2, $3)",
        [.int4(server.hall), .int8(head.sequence), .bytes(head.digest)], within: knobs.patience))
  }

  /// Ends a turn; what was appended in it is written only now.
  @discardableResult
  private func commit(_ session: Session) throws(JournalFault) -> [[[UInt8]?]] {
    let exchange = session.connection.run("COMMIT", within: knobs.patience)
    if case .done(_, let command) = exchange, command != "COMMIT" {
      // A transaction that had failed is rolled back by COMMIT, without an error.
      return try rows(of: .unknown("the turn was over"))
    }
    return try rows(of: exchange)
  }

  /// Rows of what was done. Everything else ends the session, because only a new one shows what has become of it.
  func rows(of exchange: Exchange) throws(JournalFault) -> [[[UInt8]?]] {
    switch exchange {
    case .done(let rows, _): return rows
    case .refused("53100", let message):
      log.error("the server's disk is full", metadata: ["server": "\(message)"])
      session = nil
      throw .full
    case .refused("YC004", _):
      // This process began no other session: somebody else did under its name. It sends no more beats.
      log.error("another machine works under this one's name (a copy of its disk?)")
      hasLostSession = true
      listener.rest()
    case .refused(let code, let message):
      log.error("the server refused", metadata: ["code": "\(code)", "server": "\(message)"])
    case .unknown(let message):
      log.warning("the shared journal is cut off", metadata: ["why": "\(message)"])
    }
    session = nil
    throw .cutOff
  }

  /// Verifies and decodes records that follow the head, and reads on where there are more than one answer holds.
  private func readOn(from first: [[[UInt8]?]]) throws(JournalFault) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    var rows = first
    while true {
      let records = try verified(rows)
      events += records.map(\.event)
      if hasReplica { untaken += records }
      // What a newer program wrote ends the page.
      guard rows.count >= Self.page, records.count == rows.count else { return events }
      rows = try newer()
    }
  }

  /// The records of one answer, which follow the head, up to one of a newer program; the head moves to the last of them.
  func verified(_ rows: [[[UInt8]?]]) throws(JournalFault) -> [StoredRecord] {
    var records: [StoredRecord] = []
    records.reserveCapacity(rows.count)
    var chain = HashChain(after: head, sealing: sealing)
    var decoder = RecordDecoder()
    for row in rows {
      guard row.count == 3, let sequence = row[0]?.int8, let body = row[1], let digest = row[2] else {
        throw .broken(detail: "the server's answer has another form")
      }
      guard sequence == chain.position.sequence + 1, chain.take(body) == digest else {
        throw .broken(detail: "record \(sequence) of the shared journal is not in the hash chain")
      }
      do throws(RecordCodec.Fault) {
        let event = try body.withUnsafeBufferPointer { (bytes) throws(RecordCodec.Fault) in
          try OlderProgram.check(bytes)
          let event = try decoder.decode(UnsafeRawBufferPointer(bytes), sequence: sequence)
          if case .day(.formatRaised(let raised)) = event.event, raised.format > server.reads {
            throw .unknownEvent(name: event.event.name, version: raised.format)
          }
          return event
        }
        records.append(StoredRecord(event: event, body: body, digest: digest))
        head = chain.position
      } catch .unknownEvent(let name, let version) {
        // Never skipped: a machine that does not know a shape neither follows nor decides. What comes before it counts.
        guard records.isEmpty else { return records }
        let fault = JournalFault.ofNewerProgram(sequence, event: name, version: version)
        (tooNew, session) = (fault, nil)
        throw fault
      } catch {
        throw .broken(detail: "record \(sequence) of the shared journal: \(error)")
      }
    }
    return records
  }

  // MARK: Connecting

  private func begin(at host: PostgresServer.Node) throws(JournalFault) -> Session {
    let connection: PostgresConnection
    do throws(PostgresConnection.Unreached) {
      connection = try .open(
        server.parameters(for: host, application: "yichuangd"), within: knobs.patience,
        answersAtFirstResult: knobs.answersAtFirstResult)
    } catch {
      // Said once for as long as it stays the same: attempts go on twice a second.
      if unreached.updateValue(error.message, forKey: host) != error.message {
        log.warning("no connection", metadata: ["server": "\(host)", "why": "\(error.message)"])
      }
      guard let problem = ServerProblem.ofConnecting(code: error.code, error.message) else { throw .cutOff }
      note(problem, of: host)
      throw .behind(server: "\(host)", problem: problem.english)
    }
    unreached[host] = nil
    let fences = PostgresFences(
      connection: connection, server: server, host: host, known: fence, head: head,
      ignoresTimeline: knobs.ignoresTimeline, ignoresSettings: knobs.ignoresSettings, firstDigest: firstDigest,
      note: { self.note($0, of: host) })
    let seen = try fences.check()
    if hasLostSession { try fences.checkName() }
    if seen != fence {
      do { try keep(seen) } catch { throw .broken(detail: "the cluster's marks cannot be stored: \(error)") }
      fence = seen
    }
    guard !knobs.skipsBarrier else { return Session(connection: connection, number: try fences.currentSession()) }
    // A synced write before anything that was read is used: what was visible and not replicated is replicated then. It
    // also ends every earlier session of this machine.
    switch connection.run(
      "SELECT o_session FROM yc.begin_1($1, $2, $3)",
      [.int4(server.hall), .int4(Int32(clamping: server.reads)), .text(server.release)], within: knobs.patience)
    {
    case .done(let rows, _):
      guard let number = rows.first?.first??.int8 else { throw .broken(detail: "the server's answer has another form") }
      hasLostSession = false
      return Session(connection: connection, number: number)
    case .refused(_, let message), .unknown(let message):
      log.warning("no session", metadata: ["server": "\(host)", "why": "\(message)"])
      throw .cutOff
    }
  }

  private func note(_ problem: ServerProblem, of host: PostgresServer.Node) {
    let next = RefusedServer(host: "\(host)", problem: problem)
    let isNew = refused.withLock { refused in
      defer { refused = next }
      return refused != next
    }
    if isNew { log.error("a server must not be used", metadata: ["server": "\(host)", "why": "\(problem.english)"]) }
  }
}
