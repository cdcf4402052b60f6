import Groundwork
import Hall
import JournalCodec
import Ports
import TestKit
import Testing

@testable import JournalPostgres

/// Goal: PostgreSQL's journal keeps the contract that all keep. Method: the same suite as for SQLite and the journals in
/// memory, on a private cluster; what is stored is read by a connection of its own.
@Suite struct ContractTests {
  @Test("PostgreSQL keeps the contract of a journal that machines share")
  func postgres() async throws {
    // The server takes a turn away after a second, which a busy machine may need for it: then the journal is cut off, as it has to be,
    // and the suite begins anew.
    for _ in 0..<5 {
      do {
        let found = try await findings(try PrivateCluster())
        #expect(found == [])
        return
      } catch JournalFault.cutOff { continue }
    }
    Issue.record("it was cut off five times")
  }

  @Test("an insert that skips what is taken, in the place of compare and append, is found")
  func insertOnConflict() async throws {
    let cluster = try PrivateCluster()
    try cluster.sql(
      """
      CREATE OR REPLACE FUNCTION yc.append_1(
        h int, mine bigint, expected bigint, prev bytea, bodies bytea[], digests bytea[])
      RETURNS TABLE (o_at timestamptz, o_seq bigint, o_body bytea, o_digest bytea) LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO yc.records (hall, seq, body, digest)
          SELECT h, expected + u.o, u.b, u.g FROM unnest(bodies, digests) WITH ORDINALITY AS u(b, g, o)
          ON CONFLICT DO NOTHING;
        o_at := clock_timestamp();
        RETURN NEXT;
      END $$;
      """)
    let found = try? await findings(cluster)
    #expect(found != [], "it is found, or nothing works any more")
  }

  private func findings(_ cluster: PrivateCluster) async throws -> [String] {
    let machines = Machines(cluster)
    return try await JournalContract(
      open: { try await machines.open($0) },
      stored: {
        let rows = try cluster.sql("SELECT seq || ' ' || encode(body, 'hex') FROM yc.records ORDER BY seq")
        return try rows.split(separator: "\n").map { row in
          let words = row.split(separator: " ")
          return try RecordCodec.decode(
            [UInt8](hexadecimal: String(words[1])) ?? [], sequence: Int64(words[0]) ?? 0)
        }
      },
      cut: { machine in
        try cluster.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'machine\(machine)'")
      }
    ).run()
  }

  private actor Machines {
    private let cluster: PrivateCluster
    private var journals: [Int: PostgresJournal] = [:]

    init(_ cluster: PrivateCluster) { self.cluster = cluster }

    func open(_ machine: Int) async throws -> PostgresJournal {
      if let journal = journals[machine] { return journal }
      let journal = try await cluster.connected(machine)
      journals[machine] = journal
      return journal
    }
  }
}
