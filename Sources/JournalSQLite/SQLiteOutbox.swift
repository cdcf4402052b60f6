import GRDB
import Groundwork
package import Hall
import JournalCodec
package import Ports

/// `outbox.sqlite`: the numbers that a machine may give while it is cut off from the shared journal, and those that it gave.
///
/// Each change is one transaction with a sync (`synchronous=FULL`). A number's ticket and the lease's next number are stored
/// together, so that a number is never given twice, whenever the process dies.
package actor SQLiteOutbox: OutboxPort {
  private let executor = QueueExecutor(label: "outbox")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package static let fileName = "outbox.sqlite"

  package nonisolated let holder: String
  private let database: DatabaseQueue

  private static let schema = """
    CREATE TABLE IF NOT EXISTS account (holder TEXT NOT NULL, cards TEXT NOT NULL DEFAULT '');
    CREATE TABLE IF NOT EXISTS leases (kiosk TEXT NOT NULL, machine TEXT NOT NULL, lane TEXT NOT NULL, day TEXT NOT NULL,
      first INTEGER NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (kiosk, lane));
    CREATE TABLE IF NOT EXISTS tickets (place INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
      slip TEXT);
    """

  private init(_ database: DatabaseQueue, holder: String) {
    self.database = database
    self.holder = holder
  }

  /// Opens the outbox of a state folder; makes it where there is none.
  ///
  /// On another machine (a copied disk) the leases are the first machine's: the account begins anew, without numbers. What
  /// was given before stays; each ticket is adopted once, whoever brings it.
  ///
  /// - Parameters:
  ///   - newHolder: names the account where it is made.
  ///   - cards: the addresses of this machine's network cards; empty where there are none to tell it by.
  /// - Returns: the outbox, what it has, and whether it was another machine's.
  /// - Throws: `StateFault`; an outbox that cannot be read is damage that staff have to know of.
  package static func open(
    stateFolder: String, newHolder: String, cards: Set<String> = []
  ) throws(StateFault) -> (outbox: SQLiteOutbox, table: LeaseTable, isCopy: Bool) {
    let path = stateFolder + "/" + fileName
    try Files.createPrivate(path)
    do {
      var configuration = Configuration()
      configuration.label = "outbox"
      configuration.busyMode = .immediateError
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let (holder, isCopy) = try queue.writeWithoutTransaction { db in
        // GRDB sets NORMAL by itself where it turns the write-ahead log on: a power cut would lose a number that was shown.
        _ = try String.fetchAll(db, sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
          throw StateFault.failed(path, during: "opening", detail: "synchronous is not FULL")
        }
        try JournalDatabase.checkStructure(db, path)
        var account = (newHolder, false)
        try db.inTransaction(.immediate) {
          try db.execute(sql: schema)
          account = try own(db, newHolder, cards)
          return .commit
        }
        return account
      }
      try Files.syncFolder(stateFolder)
      let table = try queue.read { db in try readTable(db, holder, path) }
      return (SQLiteOutbox(queue, holder: holder), table, isCopy)
    } catch {
      throw error as? StateFault ?? .failed(path, during: "opening", detail: "\(error)")
    }
  }

  /// The account of this machine, which becomes its own where it was another one's.
  private static func own(_ db: Database, _ newHolder: String, _ cards: Set<String>) throws -> (String, isCopy: Bool) {
    if try !db.columns(in: "account").contains(where: { $0.name == "cards" }) {
      try db.execute(sql: "ALTER TABLE account ADD COLUMN cards TEXT NOT NULL DEFAULT ''")
    }
    let here = cards.sorted().joined(separator: ",")
    guard let row = try Row.fetchOne(db, sql: "SELECT holder, cards FROM account") else {
      try db.execute(sql: "INSERT INTO account (holder, cards) VALUES (?, ?)", arguments: [newHolder, here])
      return (newHolder, false)
    }
    let known = Set((row["cards"] as String).split(separator: ",").map(String.init))
    let isCopy = !known.isEmpty && !cards.isEmpty && known.isDisjoint(with: cards)
    if isCopy { try db.execute(sql: "DELETE FROM leases") }
    let holder = isCopy ? newHolder : row["holder"] as String
    if !cards.isEmpty { try db.execute(sql: "UPDATE account SET holder = ?, cards = ?", arguments: [holder, here]) }
    return (holder, isCopy)
  }

  private static func readTable(_ db: Database, _ holder: String, _ path: String) throws -> LeaseTable {
    let blocks = try Row.fetchAll(db, sql: "SELECT * FROM leases ORDER BY kiosk, lane").map { row in
      guard let lane = LaneLetter(row["lane"] as String), let day = CivilDate(row["day"] as String) else {
        throw StateFault.damaged(path, detail: "a lease")
      }
      return LeaseTable.Block(
        lease: NumbersLeased(
          kiosk: row["kiosk"], machine: row["machine"], holder: holder, lane: lane, day: day, from: row["first"],
          through: row["last"]),
        next: row["next"])
    }
    let pending = try Row.fetchAll(db, sql: "SELECT content, slip FROM tickets ORDER BY place").map { row in
      guard let ticket = LeasedTicket(recordText: row["content"], slip: row["slip"]) else {
        throw StateFault.damaged(path, detail: "a ticket")
      }
      return ticket
    }
    return LeaseTable(blocks: blocks, pending: pending)
  }

  package func keep(_ lease: NumbersLeased) async throws(JournalFault) {
    try change { db in
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO leases (kiosk, machine, lane, day, first, last, next) VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          lease.kiosk ?? "", lease.machine, lease.lane.description, lease.day.description, lease.from, lease.through,
          lease.from,
        ])
    }
    Failpoint.leaseStored.reach()
  }

  package func giveUp(_ lease: NumbersLeased) async throws(JournalFault) {
    try change { db in
      try db.execute(
        sql: "DELETE FROM leases WHERE kiosk = ? AND lane = ? AND first = ?",
        arguments: [lease.kiosk ?? "", lease.lane.description, lease.from])
    }
  }

  package func keep(_ ticket: LeasedTicket) async throws(JournalFault) {
    Failpoint.beforeNumber.reach()
    try change { db in
      try db.execute(
        sql: "UPDATE leases SET next = max(next, ?) WHERE kiosk = ? AND lane = ? AND first <= ? AND last >= ?",
        arguments: [
          ticket.number.ordinal + 1, ticket.kiosk, ticket.number.lane.description, ticket.number.ordinal,
          ticket.number.ordinal,
        ])
      try db.execute(
        sql: "INSERT INTO tickets (code, content) VALUES (?, ?)",
        arguments: [ticket.code.description, ticket.recordText])
    }
    Failpoint.numberStored.reach()
  }

  package func note(_ slip: AttemptOutcome, of code: PublicCode) async throws(JournalFault) {
    try change { db in
      try db.execute(
        sql: "UPDATE tickets SET slip = ? WHERE code = ?",
        arguments: [LeasedTicket.text(of: slip), code.description])
    }
  }

  package func settle(_ code: PublicCode) async throws(JournalFault) {
    Failpoint.numberAdopted.reach()
    try change { db in
      try db.execute(sql: "DELETE FROM tickets WHERE code = ?", arguments: [code.description])
    }
  }

  private func change(_ body: (Database) throws -> Void) throws(JournalFault) {
    do {
      try database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try body(db)
          return .commit
        }
      }
    } catch {
      throw JournalFault(error)
    }
  }
}
