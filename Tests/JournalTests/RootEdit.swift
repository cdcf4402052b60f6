import Foundation
import GRDB
import Groundwork
import JournalCodec
import Ports

@testable import Hall
@testable import JournalSQLite

/// One edit of a journal by somebody who may do everything on the machine, and who covers it up: afterwards the hash
/// chain, the segments and the checkpoint say what the edited records say.
enum RootEdit: CaseIterable {
  case change, delete, reorder, insert, truncate

  /// Records that one edit takes part in, at most.
  private static let longest = 4

  /// Returns the edited bodies of records; other ones than those given.
  func apply(to records: [[UInt8]], using random: inout SeededRandom) -> [[UInt8]] {
    var edited = records
    // The first record opens the day, without which the rest is no hall's.
    repeat {
      let index = Int.random(in: 1..<edited.count, using: &random)
      let count = Int.random(in: 1...Self.longest, using: &random)
      switch self {
      case .change: edited[index] = Self.other(edited[index], using: &random)
      case .delete: edited.removeSubrange(index..<min(index + count, edited.count - (index == 1 ? 1 : 0)))
      case .reorder: edited.swapAt(index, Int.random(in: 1..<edited.count, using: &random))
      case .insert:
        let copy = edited[Int.random(in: 1..<edited.count, using: &random)]
        edited.insert(contentsOf: [[UInt8]](repeating: Self.other(copy, using: &random), count: count), at: index)
      case .truncate: edited.removeLast(min(count, edited.count - 2))
      }
    } while edited == records
    return edited
  }

  /// Another record that a hall could have written: another kiosk, item or time.
  private static func other(_ body: [UInt8], using random: inout SeededRandom) -> [UInt8] {
    let text = String(decoding: body, as: UTF8.self)
    let digit = Int.random(in: 0...9, using: &random)
    let changes = [
      text.replacingOccurrences(of: "RS-00[0-9]", with: "RS-00\(digit)", options: .regularExpression),
      text.replacingOccurrences(of: "kiosk-[0-9]", with: "kiosk-\(digit)", options: .regularExpression),
      text.replacingOccurrences(of: "(\"at\":17954000)[0-9]", with: "$1\(digit)", options: .regularExpression),
    ]
    return Array(changes[Int.random(in: 0..<changes.count, using: &random)].utf8)
  }
}

extension TestHall {
  /// The bodies of the records of a closed hall, in order.
  func bodies() throws -> [[UInt8]] {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    defer { try? database.close() }
    return try database.read {
      try Data.fetchAll($0, sql: "SELECT body FROM journal ORDER BY sequence").map { [UInt8]($0) }
    }
  }

  /// Replaces the journal's records by these, with a hash chain and segments that fit.
  func replaceRecords(_ bodies: [[UInt8]]) throws {
    let database = try DatabaseQueue(path: file("journal.sqlite"))
    try database.write { db in
      try db.execute(sql: "DELETE FROM journal; DELETE FROM segments")
      var chain = HashChain(after: .origin, sealing: seal)
      for body in bodies {
        let digest = chain.take(body)
        try db.execute(
          sql: "INSERT INTO journal VALUES (?, ?, ?)", arguments: [chain.position.sequence, Data(body), Data(digest)])
        try Segments.note(
          try RecordCodec.decode(body, sequence: chain.position.sequence), digest: digest, in: db)
      }
    }
    try database.close()
    // The checkpoint, with the hall's key, which root can read.
    let (checkpoint, _) = try CheckpointFile.open(file("checkpoint"), sealing: seal, fresh: false)
    var next = checkpoint.checkpoint
    next.position = ChainPosition(sequence: Int64(bodies.count), digest: try digest(of: Int64(bodies.count)))
    try checkpoint.keep(next)
  }
}
