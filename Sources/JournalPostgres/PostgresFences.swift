import Ports

/// Whether a server is the one that has the hall's journal: checked after each connection, before anything is read or
/// written.
///
/// A server of a lower timeline than was ever seen is an old primary: it would take writes that the others never see. So is
/// one that does not have this machine's newest record, unless its timeline is higher. Then the cluster itself has lost
/// records, and this machine rolls back with it.
struct PostgresFences {
  let connection: PostgresConnection
  let server: PostgresServer
  let host: PostgresServer.Node
  let known: ClusterFence?
  let head: ChainPosition
  var ignoresTimeline = false
  var ignoresSettings = false
  /// The digest of the hall's first record, looked up in this machine's copy; nil where that has none.
  var firstDigest: () -> [UInt8]? = { nil }
  /// Called with the reason why the server must not be used.
  var note: (ServerProblem) -> Void = { _ in }

  /// The values that a primary's settings must have: any other loses what was acknowledged, or breaks the order of appends.
  private static let settings = [
    "fsync": ["on"], "full_page_writes": ["on"], "synchronous_commit": ["on", "remote_apply"],
    "default_transaction_isolation": ["read committed"], "idle_in_transaction_session_timeout": ["1000"],
    "statement_timeout": ["0"],
  ]

  /// - Returns: the cluster as it is now.
  /// - Throws: `.behind` for a server that must not be used, `.cutOff` for one that does not answer, `.rolledBack`.
  func check() throws(JournalFault) -> ClusterFence {
    let row = try ask("SELECT o_system, o_timeline, o_standby, o_version FROM yc.server_1()").first
    guard let row, row.count == 4, let system = row[0]?.text, let timeline = row[1]?.int8, let standby = row[2]?.boolean
    else { throw behind(.noJournal) }
    // A standby is no fault; the primary is another host.
    guard !standby else { throw .cutOff }
    let version = row[3]?.int4
    guard version == Self.schema else { throw behind(.schema(found: version ?? 0, known: Self.schema)) }
    if let known {
      guard known.system == system else { throw behind(try otherCluster()) }
      guard timeline >= known.timeline || ignoresTimeline else {
        throw behind(.oldPrimary(timeline: timeline, seen: known.timeline))
      }
    }
    if !ignoresSettings { try checkSettings() }
    try checkHead(isNewer: known.map { timeline > $0.timeline } ?? false)
    return ClusterFence(system: system, timeline: timeline)
  }

  /// The version of the schema that this release works with.
  private static let schema: Int32 = 1

  /// Which problem another cluster is, by the first record, which a hall keeps for ever.
  private func otherCluster() throws(JournalFault) -> ServerProblem {
    switch try isOfThisHall() {
    case nil: .otherCluster
    case true?: .foundedAnew
    case false?: .otherHall
    }
  }

  /// Whether the journal begins with this machine's first record; nil where one of them has none.
  private func isOfThisHall() throws(JournalFault) -> Bool? {
    guard let own = firstDigest() else { return nil }
    let rows = try ask("SELECT digest FROM yc.records WHERE hall = $1 AND seq = 1", [.int4(server.hall)])
    return rows.first?.first.map { $0 == own }
  }

  private func checkSettings() throws(JournalFault) {
    let rows = try ask("SELECT name, setting FROM pg_settings WHERE name IN (\(Self.names))")
    for row in rows {
      guard let name = row[0]?.text, let value = row[1]?.text, let allowed = Self.settings[name] else { continue }
      let right = allowed.joined(separator: " or ")
      guard allowed.contains(value) else { throw behind(.setting(name: name, value: value, right: right)) }
    }
    guard rows.count == Self.settings.count else { throw behind(.settingsUntold) }
  }

  private static let names = settings.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")

  private func checkHead(isNewer: Bool) throws(JournalFault) {
    guard head.sequence > 0 else { return }
    let rows = try ask(
      "SELECT digest FROM yc.records WHERE hall = $1 AND seq = $2", [.int4(server.hall), .int8(head.sequence)])
    if rows.first?.first == head.digest || ignoresTimeline { return }
    guard isNewer else {
      // One cluster may have the databases of several halls.
      if try isOfThisHall() == false { throw behind(.otherHall) }
      throw behind(rows.isEmpty ? .endsBefore(head.sequence) : .fork(at: head.sequence))
    }
    let last = try ask(
      "SELECT coalesce(max(seq), 0) FROM yc.records WHERE hall = $1 AND seq < $2",
      [.int4(server.hall), .int8(head.sequence)]
    ).first?.first??.int8
    throw .rolledBack(to: last ?? 0)
  }

  /// The session that the server counts now.
  func currentSession() throws(JournalFault) -> Int64 {
    try ask(
      "SELECT session FROM yc.machines WHERE hall = $1 AND machine = session_user", [.int4(server.hall)]
    ).first?.first??.int8 ?? 0
  }

  /// Refuses to begin a session while another process, to which this one has lost its session, works under this machine's
  /// name. That is for as long as it says that it is there.
  ///
  /// Otherwise the two processes would end each other's sessions in turn.
  ///
  /// - Throws: `.behind`.
  func checkName() throws(JournalFault) {
    let row = try ask(
      """
      SELECT (extract(epoch FROM clock_timestamp() - m.seen) * 1000)::bigint,
        (SELECT host(client_addr) FROM pg_stat_activity WHERE usename = session_user AND application_name = 'yichuangd'
          AND pid <> pg_backend_pid() ORDER BY backend_start DESC LIMIT 1)
      FROM yc.machines m WHERE m.hall = $1 AND m.machine = session_user
      """, [.int4(server.hall)]
    ).first
    guard let silent = row?.first??.int8, silent < SharedPeers.silence else { return }
    throw behind(.sameName(at: row?.last??.text))
  }

  private func ask(_ sql: String, _ parameters: [PostgresParameter] = []) throws(JournalFault) -> [[[UInt8]?]] {
    switch connection.run(sql, parameters, within: PostgresJournal.patience) {
    case .done(let rows, _): return rows
    // Neither the schema nor its functions: another database, or one from before them.
    case .refused("3F000", _), .refused("42883", _), .refused("42P01", _): throw behind(.noJournal)
    case .refused(_, let message): throw behind(.refuses(message))
    case .unknown: throw .cutOff
    }
  }

  private func behind(_ problem: ServerProblem) -> JournalFault {
    note(problem)
    return .behind(server: "\(host)", problem: problem.english)
  }
}
