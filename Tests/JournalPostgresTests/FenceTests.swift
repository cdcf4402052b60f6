import Groundwork
import Hall
import Ports
import Synchronization
import TestKit
import Testing

@testable import JournalPostgres

/// Goal: nothing is read from or written to a server that is not the one with the hall's journal, and nothing counts as
/// written that a failure of the server can take away.
///
/// Method: private clusters that are promoted, stopped in the middle of a commit, and set wrongly. Each protection has a
/// control without it, which must lose something.
@Suite(.serialized) struct FenceTests {
  private func event(_ number: Int64) -> RecordedEvent {
    RecordedEvent(
      sequence: number, at: Timestamp(milliseconds: ManualClock.nine.milliseconds + number), actor: .kiosk("kiosk-1"),
      event: .help(.helpRequested(HelpRequested(id: "\(number)", kiosk: "kiosk-1"))), answer: nil)
  }

  /// The fault of an attempt; nil when it succeeded.
  private func fault(_ attempt: () async throws -> Void) async throws -> JournalFault? {
    do { try await attempt() } catch let fault as JournalFault { return fault }
    return nil
  }

  @Test("an old primary that returns is refused, and the promoted server is used")
  func returnedPrimary() async throws {
    let old = try PrivateCluster()
    let new = try old.standby("second")
    let seen = Mutex<ClusterFence?>(nil)
    // The list of hosts begins with the one that will be the old primary.
    let journal = old.journal(of: 1, on: [old, new]) { fence in seen.withLock { $0 = fence } }
    _ = try await journal.probe()
    try await journal.append([event(1)], after: 0)
    let first = await journal.position
    try await eventually("the standby has it") { try new.sql("SELECT count(*) FROM yc.records") == "1\n" }
    old.stop("immediate")
    try new.promote()
    try await eventually("the promoted one is reached") { (try? await journal.probe()) != nil }
    try await journal.append([event(2)], after: 1)
    let fence = try #require(seen.withLock { $0 })
    #expect(fence.timeline == 2)
    try old.start()

    // A machine that was off for the last record, and knows the timeline.
    let sound = old.journal(of: 2, on: [old, new], head: first, fence: fence)
    _ = try await sound.probe()
    #expect(try await sound.append([event(2)], after: 1) == .overtaken([event(2)]))
    #expect(try await sound.append([event(3)], after: 2) == .written)
    #expect(try new.sql("SELECT count(*) FROM yc.records") == "3\n")

    let alone = old.journal(of: 2, on: [old], head: first, fence: fence)
    guard case .behind(_, let problem) = try await fault({ _ = try await alone.probe() }) else {
      Issue.record("the old primary alone was not refused by name")
      return
    }
    #expect(problem.contains("old primary"))

    // The control: what the old one acknowledges is on a fork, and lost.
    var knobs = PostgresKnobs()
    knobs.ignoresTimeline = true
    let careless = old.journal(of: 3, on: [old, new], head: first, fence: fence, knobs)
    _ = try await careless.probe()
    #expect(try await careless.append([event(2)], after: 1) == .written, "the control must go astray")
    #expect(try new.sql("SELECT count(*) FROM yc.records WHERE writer = 'machine3'") == "0\n")
  }

  @Test(
    "a commit that waits for its replica while the server is stopped is not taken for written",
    arguments: [false, true])
  func stoppedInCommit(answersAtFirstResult: Bool) async throws {
    let cluster = try PrivateCluster()
    var knobs = PostgresKnobs()
    knobs.answersAtFirstResult = answersAtFirstResult
    knobs.patience = 120_000
    let journal = try await cluster.connected(1, knobs)
    try await journal.append([event(1)], after: 0)
    // Nobody of this name ever confirms.
    try cluster.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    try cluster.sql("SELECT pg_reload_conf()")
    try await eventually("the setting is in force") { try cluster.sql("SHOW synchronous_standby_names") == "nobody\n" }
    let answer = Task { try await journal.append([event(2)], after: 1) }
    try await eventually("the commit waits", within: .seconds(30)) {
      try cluster.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") != "0\n"
    }
    cluster.stop("fast")
    let result = await answer.result
    if answersAtFirstResult {
      #expect((try? result.get()) == .written, "the control must take it for written")
    } else {
      #expect(throws: JournalFault.cutOff) { try result.get() }
    }
  }

  @Test("a server that has less than the machine, of another cluster, set wrongly or of another schema is refused")
  func otherServers() async throws {
    let cluster = try PrivateCluster()
    let seen = Mutex<ClusterFence?>(nil)
    let journal = cluster.journal(of: 1) { fence in seen.withLock { $0 = fence } }
    _ = try await journal.probe()
    try await journal.append([event(1), event(2)], after: 0)
    let (head, fence) = (await journal.position, try #require(seen.withLock { $0 }))

    func problem(head: ChainPosition = .origin, fence: ClusterFence? = nil) async throws -> String {
      let other = cluster.journal(of: 2, head: head, fence: fence)
      switch try await fault({ _ = try await other.probe() }) {
      case .behind(_, let problem): return problem
      case .rolledBack(let sequence): return "rolled back to \(sequence)"
      case let other: return "\(String(describing: other))"
      }
    }
    #expect(try await problem(head: head, fence: fence) == "nil")
    let further = ChainPosition(sequence: 5, digest: head.digest)
    #expect(try await problem(head: further, fence: fence).contains("ends before record 5"))
    let fork = ChainPosition(sequence: 2, digest: [UInt8](repeating: 1, count: 32))
    #expect(try await problem(head: fork, fence: fence).contains("another one"))
    // On a higher timeline the cluster itself has lost it: the machine goes back.
    let earlier = ClusterFence(system: fence.system, timeline: fence.timeline - 1)
    #expect(try await problem(head: further, fence: earlier) == "rolled back to 2")
    #expect(try await problem(fence: ClusterFence(system: "1", timeline: 1)).contains("another cluster"))

    try cluster.sql("UPDATE yc.meta SET version = 2")
    #expect(try await problem().contains("version 2"))
    try cluster.sql("UPDATE yc.meta SET version = 1")
    for (setting, value) in [
      ("synchronous_commit", "local"), ("default_transaction_isolation", "'repeatable read'"),
      ("statement_timeout", "5000"),
    ] {
      try cluster.sql("ALTER ROLE machine2 SET \(setting) = \(value)")
      #expect(try await problem().contains(setting))
      try cluster.sql("ALTER ROLE machine2 RESET \(setting)")
    }
    #expect(try await problem() == "nil")
  }

  @Test(
    "a write that comes late, over an earlier connection of the same machine, is refused", arguments: [false, true])
  func lateWrite(skipsBarrier: Bool) async throws {
    let cluster = try PrivateCluster()
    var knobs = PostgresKnobs()
    knobs.skipsBarrier = skipsBarrier
    let earlier = try await cluster.connected(1)
    let later = cluster.journal(of: 1, knobs)
    _ = try await later.probe()
    #expect(try await later.events(after: 0).isEmpty, "it is not there, so it is decided again")
    let late = try await fault { try await earlier.append([event(1)], after: 0) }
    #expect(late == (skipsBarrier ? nil : .cutOff), "with the barrier it never will be")
    #expect(try cluster.sql("SELECT count(*) FROM yc.records") == (skipsBarrier ? "1\n" : "0\n"))
  }

  @Test("a machine may read and append, and nothing else")
  func rights() async throws {
    let cluster = try PrivateCluster()
    let journal = try await cluster.connected(1)
    try await journal.append([event(1)], after: 0)
    #expect(try cluster.sql("SELECT writer FROM yc.records") == "machine1\n")
    let server = await journal.server
    let connection = try PostgresConnection.open(
      server.parameters(for: server.hosts[0], application: "test"), within: 4_000)
    for statement in [
      "INSERT INTO yc.records (hall, seq, body, digest) VALUES (1, 2, '', sha256(''))",
      "INSERT INTO yc.records_0 (hall, seq, body, digest) VALUES (1, 2, '', sha256(''))",
      "UPDATE yc.records SET body = ''", "DELETE FROM yc.records", "TRUNCATE yc.records", "DROP TABLE yc.records",
      "UPDATE yc.machines SET session = 9", "UPDATE yc.meta SET version = 9", "SELECT yc.check_session_1(1, 1)",
      "CREATE TABLE public.mine (a int)", "ALTER FUNCTION yc.server_1() RENAME TO other",
    ] {
      guard case .refused(let code, _) = connection.run(statement, within: 4_000) else {
        Issue.record("\(statement) was not refused")
        continue
      }
      #expect(code == "42501", "\(statement)")
    }
    // A digest that does not belong to the bytes does not get in either.
    guard
      case .refused("YC003", _) = connection.run(
        "SELECT * FROM yc.append_1(1, 1, 1, (SELECT digest FROM yc.records), ARRAY['x'::bytea], ARRAY[sha256('x')])",
        within: 4_000)
    else {
      Issue.record("a wrong digest was taken")
      return
    }
  }

  @Test("a machine that freezes in its turn is cut off, and holds the others up for a second")
  func frozenTurn() async throws {
    let cluster = try PrivateCluster()
    let frozen = try await cluster.connected(1)
    let other = try await cluster.connected(2)
    _ = try await frozen.takeTurn(after: 0)
    let began = ContinuousClock.now
    #expect(try await other.append([event(1)], after: 0) == .written)
    #expect(began.duration(to: .now) < .seconds(4))
    #expect(try await fault { try await frozen.append([event(1)], after: 0) } == .cutOff)
    _ = try await frozen.probe()
    #expect(try await frozen.events(after: 0) == [event(1)])
  }
}
