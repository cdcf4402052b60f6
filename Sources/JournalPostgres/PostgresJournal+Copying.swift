package import Ports
import Synchronization

/// What this machine's own copy of the shared journal needs, and a journal that is brought here from one machine.
extension PostgresJournal {
  /// From now on records are kept until the copy takes them.
  package func beginCopying() { hasReplica = true }

  /// The records since the last call that the copy has to take, in order.
  package func takeUntaken() -> [StoredRecord] {
    defer { untaken.removeAll(keepingCapacity: true) }
    return untaken
  }

  /// Up to 2,000 records after the head, which moves to the last of them; none when there are no newer ones.
  ///
  /// For a copy that is brought up to date before the hall's state is made of it.
  package func nextPage() throws(JournalFault) -> [StoredRecord] { try verified(try newer()) }

  /// Appends stored records as they are, after the head. The server verifies each digest before it takes them.
  ///
  /// - Throws: `.conflict` when the shared journal does not end at the head.
  package func bring(_ records: [(body: [UInt8], digest: [UInt8])]) throws(JournalFault) {
    guard let session else { throw .cutOff }
    var chain = HashChain(after: head, sealing: sealing)
    for record in records {
      guard chain.take(record.body) == record.digest else {
        throw .broken(detail: "record \(chain.position.sequence) is not in the hash chain")
      }
    }
    let rows = try rows(
      of: session.connection.run(
        "SELECT o_seq, o_body, o_digest FROM yc.append_1($1, $2, $3, $4, $5, $6)",
        [
          .int4(server.hall), .int8(session.number), .int8(head.sequence), .bytes(head.digest),
          .byteArrays(records.map(\.body)), .byteArrays(records.map(\.digest)),
        ], within: Self.bringingPatience))
    guard rows.count == 1 else { throw .conflict(expected: head.sequence, found: head.sequence + 1) }
    head = chain.position
  }

  /// Milliseconds for a page of thousands of records on a slow disk.
  private static let bringingPatience = 60_000

  /// Moves to a record that the shared journal is known to have, such as the last one that was verified.
  package func begin(at position: ChainPosition) { head = position }

  /// Adopts a configuration for the hall.
  ///
  /// - Parameter replaces: whether it replaces the present one; else it is adopted only where there is none.
  /// - Returns: the digest of the configuration that holds.
  package func adopt(_ configuration: String, replaces: Bool) throws(JournalFault) -> String {
    // Never in the middle of a turn: what fails there would end it.
    guard let session, !session.connection.isInTransaction else { throw .cutOff }
    let rows = try rows(
      of: session.connection.run(
        "SELECT yc.adopt_1($1, $2, $3 = 1)", [.int4(server.hall), .text(configuration), .int4(replaces ? 1 : 0)],
        within: knobs.patience))
    return rows.first?.first??.text ?? ""
  }

  /// The machines of the hall, as the server reported them last; nil before the first time.
  package nonisolated var peers: SharedPeers? { listener.peers.withLock { $0 } }

  /// Reports this machine's configuration to the others from the next beat on.
  package nonisolated func work(by configuration: String) { listener.work(by: configuration) }
}
