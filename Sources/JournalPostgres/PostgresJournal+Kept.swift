package import Groundwork
package import Ports
import Synchronization

/// What the machines of a hall keep together beside the journal: small, sealed by whoever stores it, replaced as a whole.
///
/// It goes over the connection for news, so that it never comes between an append and its turn.
extension PostgresJournal {
  /// Everything that is kept, by name.
  ///
  /// - Throws: `.cutOff`; `.behind` where the server refuses.
  package nonisolated func kept() async throws(JournalFault) -> [String: [UInt8]] {
    let exchange = await listener.run("SELECT name, box FROM yc.kept WHERE hall = $1", [.int4(server.hall)])
    let rows = try done(exchange)
    var kept: [String: [UInt8]] = [:]
    for row in rows { if let name = row.first??.text, let box = row.last ?? nil { kept[name] = box } }
    return kept
  }

  /// Replaces what is kept under a name, and tells the other machines.
  ///
  /// - Parameters:
  ///   - box: at most 8,192 bytes.
  ///   - name: 1...200 characters.
  /// - Throws: `.cutOff`; then it may be kept or not, and is put again. `.behind` where the server refuses.
  package nonisolated func keep(_ box: [UInt8], as name: String) async throws(JournalFault) {
    let exchange = await listener.run(
      "SELECT yc.keep_1($1, $2, $3)", [.int4(server.hall), .text(name), .bytes(box)])
    _ = try done(exchange)
    listener.announceKept()
  }

  private nonisolated func done(_ exchange: Exchange?) throws(JournalFault) -> [[[UInt8]?]] {
    switch exchange {
    case .done(let rows, _): return rows
    case .refused(_, let message): throw .behind(server: "the server", problem: message)
    case .unknown, nil: throw .cutOff
    }
  }

  /// The offset of the server's clock from this machine's monotonic one.
  package nonisolated var clock: ClockOffset { listener.clock.withLock { $0 } }
}

extension SharedJournal {
  /// See `PostgresJournal.kept`.
  package nonisolated func kept() async throws(JournalFault) -> [String: [UInt8]] { try await shared.kept() }

  /// See `PostgresJournal.keep`.
  package nonisolated func keep(_ box: [UInt8], as name: String) async throws(JournalFault) {
    try await shared.keep(box, as: name)
  }

  /// The offset of the server's clock from this machine's monotonic one.
  package nonisolated var clock: ClockOffset { shared.clock }
}
