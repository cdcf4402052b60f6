package import Ports

/// A look at the shared journal from outside of a running daemon: it begins no session, so the daemon of the same machine
/// goes on undisturbed.
package struct SharedLook {
  package struct Failed: Error, Sendable, CustomStringConvertible {
    /// The server's own words, or libpq's: with host and role, and never a password.
    package let description: String
  }

  private let connection: PostgresConnection
  private let server: PostgresServer
  /// The host that answered.
  package let host: PostgresServer.Node

  /// Connects to the first host that is a primary.
  package init(_ server: PostgresServer) throws(Failed) {
    var problems: [String] = []
    for host in server.hosts {
      do throws(PostgresConnection.Unreached) {
        let connection = try PostgresConnection.open(
          server.parameters(for: host, application: "yichuangctl"), within: PostgresJournal.patience)
        let exchange = connection.run("SELECT o_standby FROM yc.server_1()", within: PostgresJournal.patience)
        guard case .done(let rows, _) = exchange, rows.first?.first??.boolean == false else {
          problems.append("\(host): no primary of a shared journal")
          continue
        }
        (self.connection, self.server, self.host) = (connection, server, host)
        return
      } catch { problems.append("\(host): \(error.message)") }
    }
    throw Failed(description: problems.joined(separator: "; "))
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

  /// Who is there.
  package func peers() throws(Failed) -> SharedPeers {
    let began = ContinuousClock.now
    let rows = try ask(
      """
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint, m.machine::text,
        greatest(0, (extract(epoch FROM clock_timestamp() - m.seen) * 1000)::bigint), m.head, m.configuration, m.release,
        coalesce((SELECT k.configuration FROM yc.halls k WHERE k.hall = m.hall), '')
      FROM yc.machines m WHERE m.hall = $1 ORDER BY m.machine
      """, [.int4(server.hall)])
    guard !rows.isEmpty else { return SharedPeers(machines: [], adopted: "", clockAhead: 0, roundTrip: 0, toldAt: 0) }
    guard let peers = SharedPeers(rows, own: server.role, began: began) else { throw Failed(description: "no answer") }
    return peers
  }

  /// Adopts a configuration for the hall in the place of the present one.
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
