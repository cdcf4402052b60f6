import Groundwork
package import Ports

/// A look at the shared journal from outside of a running daemon: it begins no session, so the daemon of the same machine
/// goes on undisturbed.
package struct SharedLook {
  package struct Failed: Error, Sendable, CustomStringConvertible {
    /// The server's own words, or libpq's: with host and role, and never a password.
    package let description: String
  }

  /// What was found at one host of the configuration.
  package enum Found: Hashable, Sendable {
    case primary(ClusterFence)
    case standby
    /// It does not answer, or does not let this machine in: with its words.
    case unusable(String)
  }

  private let connection: PostgresConnection
  private let server: PostgresServer
  /// The host that answers for the journal.
  package let host: PostgresServer.Node
  /// All hosts, in the order of the configuration.
  package let hosts: [(host: PostgresServer.Node, found: Found)]

  /// Connects to the primary. Where two hosts say that they are it, the one of the higher timeline is, and the other is an
  /// old primary.
  package init(_ server: PostgresServer) throws(Failed) {
    var hosts: [(host: PostgresServer.Node, found: Found)] = []
    var best: (connection: PostgresConnection, host: PostgresServer.Node, timeline: Int64)?
    for host in server.hosts {
      let (connection, found) = Self.look(at: host, server)
      hosts.append((host, found))
      if let connection, case .primary(let fence) = found, best.map({ $0.timeline < fence.timeline }) ?? true {
        best = (connection, host, fence.timeline)
      }
    }
    guard let best else {
      throw Failed(
        description: hosts.map { host, found in
          if case .unusable(let words) = found { "\(host): \(words)" } else { "\(host): a standby" }
        }.joined(separator: "; "))
    }
    (connection, host, self.server, self.hosts) = (best.connection, best.host, server, hosts)
  }

  private static func look(
    at host: PostgresServer.Node, _ server: PostgresServer
  ) -> (connection: PostgresConnection?, found: Found) {
    let connection: PostgresConnection
    do throws(PostgresConnection.Unreached) {
      connection = try .open(
        server.parameters(for: host, application: "yichuangctl"), within: PostgresJournal.patience)
    } catch {
      return (nil, .unusable(ServerProblem.ofConnecting(code: error.code, error.message)?.english ?? error.message))
    }
    let exchange = connection.run(
      "SELECT o_standby, o_system, o_timeline FROM yc.server_1()", within: PostgresJournal.patience)
    guard case .done(let rows, _) = exchange, let row = rows.first, row.count == 3, let isStandby = row[0]?.boolean,
      let system = row[1]?.text, let timeline = row[2]?.int8
    else { return (nil, .unusable("no shared journal")) }
    return isStandby
      ? (nil, .standby) : (connection, .primary(ClusterFence(system: system, timeline: timeline)))
  }

  /// The cluster, its timeline included.
  package func fence() throws(Failed) -> ClusterFence {
    let row = try ask("SELECT o_system, o_timeline FROM yc.server_1()").first
    guard let system = row?.first??.text, let timeline = row?.last??.int8 else {
      throw Failed(description: "no answer")
    }
    return ClusterFence(system: system, timeline: timeline)
  }

  /// The newest record.
  package func head() throws(Failed) -> ChainPosition {
    let rows = try ask(
      "SELECT seq, digest FROM yc.records WHERE hall = $1 ORDER BY seq DESC LIMIT 1", [.int4(server.hall)])
    guard let row = rows.first else { return .origin }
    guard let sequence = row.first??.int8, let digest = row.last ?? nil else { throw Failed(description: "no answer") }
    return ChainPosition(sequence: sequence, digest: digest)
  }

  /// Whether the shared journal has this record.
  package func has(_ position: ChainPosition) throws(Failed) -> Bool {
    if position.sequence == 0 { return true }
    let rows = try ask(
      "SELECT digest FROM yc.records WHERE hall = $1 AND seq = $2", [.int4(server.hall), .int8(position.sequence)])
    return rows.first?.first == position.digest
  }

  /// The machines of the hall, as the server has them now.
  package func peers() throws(Failed) -> SharedPeers {
    let sent = SharedPeers.monotonic()
    var clock = ClockOffset()
    let rows = try ask(
      """
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint, m.machine::text,
        greatest(0, (extract(epoch FROM clock_timestamp() - m.seen) * 1000)::bigint), m.head, m.configuration, m.release,
        coalesce((SELECT k.configuration FROM yc.halls k WHERE k.hall = m.hall), ''), m.reads, m.ahead, 0::bigint
      FROM yc.machines m WHERE m.hall = $1 ORDER BY m.machine
      """, [.int4(server.hall)])
    guard !rows.isEmpty else { return SharedPeers(machines: [], adopted: "", clockAhead: 0, roundTrip: 0, toldAt: 0) }
    guard let peers = SharedPeers(rows, own: server.role, sent: sent, clock: &clock) else {
      throw Failed(description: "no answer")
    }
    return peers
  }

  /// Adopts a configuration for the hall instead of the present one.
  package func adopt(_ configuration: String) throws(Failed) {
    _ = try ask("SELECT yc.adopt_1($1, $2, true)", [.int4(server.hall), .text(configuration)])
  }

  private func ask(_ sql: String, _ parameters: [PostgresParameter] = []) throws(Failed) -> [[[UInt8]?]] {
    switch connection.run(sql, parameters, within: PostgresJournal.patience) {
    case .done(let rows, _): return rows
    case .refused(_, let message), .unknown(let message): throw Failed(description: message)
    }
  }
}
