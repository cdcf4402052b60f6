import Ports

/// Whether a server is the one that has the hall's journal: checked after each connection, before anything is read or
/// written.
///
/// A server of a lower timeline than was ever seen is an old primary that does not know yet; it would take writes that the
/// others never see. So is one that does not have this machine's newest record, unless its timeline is higher: then the
/// cluster itself has lost records, and this machine goes back with it.
struct PostgresFences {
  let connection: PostgresConnection
  let server: PostgresServer
  let host: PostgresServer.Node
  let known: ClusterFence?
  let head: ChainPosition
  var ignoresTimeline = false

  /// What a primary must not have been set to: each of these loses what was acknowledged, or breaks the order of appends.
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
    else { throw behind("it has no journal of a hall") }
    // A standby is no fault; the primary is another host.
    guard !standby else { throw .cutOff }
    let version = row[3]?.int4
    guard version == 1 else { throw behind("its schema has version \(version.map(String.init) ?? "none")") }
    if let known {
      guard known.system == system else { throw behind("it is of another cluster than the one this machine joined") }
      guard timeline >= known.timeline || ignoresTimeline else {
        throw behind("it is an old primary: its timeline is \(timeline), \(known.timeline) was seen")
      }
    }
    try checkSettings()
    try checkHead(isNewer: known.map { timeline > $0.timeline } ?? false)
    return ClusterFence(system: system, timeline: timeline)
  }

  private func checkSettings() throws(JournalFault) {
    let rows = try ask("SELECT name, setting FROM pg_settings WHERE name IN (\(Self.names))")
    for row in rows {
      guard let name = row[0]?.text, let value = row[1]?.text, let allowed = Self.settings[name] else { continue }
      let right = allowed.joined(separator: " or ")
      guard allowed.contains(value) else { throw behind("\(name) is \(value), not \(right)") }
    }
    guard rows.count == Self.settings.count else { throw behind("it does not tell its settings") }
  }

  private static let names = settings.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")

  private func checkHead(isNewer: Bool) throws(JournalFault) {
    guard head.sequence > 0 else { return }
    let rows = try ask(
      "SELECT digest FROM yc.records WHERE hall = $1 AND seq = $2", [.int4(server.hall), .int8(head.sequence)])
    if rows.first?.first == head.digest || ignoresTimeline { return }
    guard isNewer else {
      throw behind(
        rows.isEmpty
          ? "it ends before record \(head.sequence), which this machine has"
          : "its record \(head.sequence) is another one than this machine's")
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

  private func ask(_ sql: String, _ parameters: [PostgresParameter] = []) throws(JournalFault) -> [[[UInt8]?]] {
    switch connection.run(sql, parameters, within: PostgresJournal.patience) {
    case .done(let rows, _): return rows
    case .refused(_, let message): throw behind("it refuses (\(message))")
    case .unknown: throw .cutOff
    }
  }

  private func behind(_ problem: String) -> JournalFault { .behind(server: "\(host)", problem: problem) }
}
