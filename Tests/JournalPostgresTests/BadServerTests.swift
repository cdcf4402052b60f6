import Foundation
import Groundwork
import Hall
import Ports
import Synchronization
import TestKit
import Testing

@testable import JournalPostgres

/// Goal: a server that must not be used, or does not let this machine in, is told by one sentence that says what was found.
///
/// Method: private clusters that are what an administrator's mistake makes of them.
@Suite(.serialized) struct BadServerTests {
  private func event(_ number: Int64) -> RecordedEvent {
    RecordedEvent(
      sequence: number, at: Timestamp(milliseconds: ManualClock.nine.milliseconds + number), actor: .kiosk("kiosk-1"),
      event: .help(.helpRequested(HelpRequested(id: "\(number)", kiosk: "kiosk-1"))), answer: nil)
  }

  /// What a machine finds that knows `fence` and has the records up to `head`, the first of them with `first`.
  private func found(
    _ cluster: PrivateCluster, database: String = "hall", head: ChainPosition = .origin, fence: ClusterFence? = nil,
    first: [UInt8]? = nil
  ) async -> ServerProblem? {
    let server = PostgresServer(
      hosts: [.init(address: cluster.socket)], database: database, role: "machine2", password: "of-this-test")
    let journal = PostgresJournal(
      server, head: head, fence: fence, sealing: cluster.seal, log: .quiet, knobs: PostgresKnobs(),
      firstDigest: { first }, keep: { _ in })
    _ = try? await journal.probe()
    let problem = journal.refusedServer?.problem
    await journal.close()
    return problem
  }

  @Test("another hall's database, one founded anew, one without a journal, another schema: each is told apart")
  func databases() async throws {
    let cluster = try PrivateCluster()
    let seen = Mutex<ClusterFence?>(nil)
    let journal = cluster.journal(of: 1) { fence in seen.withLock { $0 = fence } }
    _ = try await journal.probe()
    try await journal.append([event(1)], after: 0)
    let (head, fence) = (await journal.position, try #require(seen.withLock { $0 }))
    await journal.close()
    #expect(await found(cluster, head: head, fence: fence, first: head.digest) == nil)

    // A database beside it in the same cluster, in which another hall has begun.
    try cluster.sql("CREATE DATABASE other TEMPLATE hall", in: "postgres")
    try cluster.sql("ALTER DATABASE other SET idle_in_transaction_session_timeout = '1s'", in: "postgres")
    try cluster.sql("UPDATE yc.records SET body = 'x', digest = sha256('x')", in: "other")
    let beside = await found(cluster, database: "other", head: head, fence: fence, first: head.digest)
    #expect(beside == .otherHall)
    #expect(await found(cluster, database: "postgres") == .noJournal)
    #expect(await found(cluster, database: "missing") == .noDatabase)

    let lost = ClusterFence(system: "1", timeline: 7)
    #expect(await found(cluster, head: head, fence: lost, first: head.digest) == .foundedAnew)
    #expect(await found(cluster, head: head, fence: lost, first: [1]) == .otherHall)
    #expect(await found(cluster, head: head, fence: lost) == .otherCluster)
    let later = ClusterFence(system: fence.system, timeline: 2)
    #expect(await found(cluster, head: head, fence: later) == .oldPrimary(timeline: 1, seen: 2))

    for version: Int32 in [0, 2] {
      try cluster.sql("UPDATE yc.meta SET version = \(version)")
      #expect(await found(cluster) == .schema(found: version, known: 1))
    }
  }

  @Test("a password that has run out, a role that may not come, and one that no rule lets in are told apart")
  func roles() async throws {
    let cluster = try PrivateCluster {
      try "local all machine2 scram-sha-256\nlocal all machine3 reject\nlocal all all trust\n".write(
        toFile: $0.data + "/pg_hba.conf", atomically: false, encoding: .utf8)
    }
    try cluster.sql("ALTER ROLE machine2 PASSWORD 'of-this-test'")
    #expect(await found(cluster) == nil)
    try cluster.sql("ALTER ROLE machine2 VALID UNTIL '2020-01-01'")
    #expect(await found(cluster) == .password)
    try cluster.sql("ALTER ROLE machine2 VALID UNTIL 'infinity' NOLOGIN")
    guard case .notLetIn = await found(cluster) else {
      Issue.record("a role that may not log in was not told")
      return
    }
    let refused = cluster.journal(of: 3)
    _ = try? await refused.probe()
    guard case .notLetIn(let words) = refused.refusedServer?.problem else {
      Issue.record("that no rule lets the machine in was not told")
      return
    }
    #expect(!words.contains("LOCATION") && !words.contains("28000"), "the server's words, and no place in its source")
    cluster.stop("fast")
    #expect(await found(cluster) == nil, "a server that is off refuses nothing")
  }

  @Test("of two machines with one name the second to come works, and the first says so, until the second is gone")
  func clonedDisk() async throws {
    let cluster = try PrivateCluster()
    let first = try await cluster.connected(1)
    let second = try await cluster.connected(1)
    await #expect(throws: JournalFault.cutOff) { try await first.append([event(1)], after: 0) }
    await #expect(throws: JournalFault.self) { _ = try await first.probe() }
    #expect(first.refusedServer?.problem == .sameName(at: nil))
    #expect(try await second.append([event(1)], after: 0) == .written, "there is no fight for the session")
    await second.close()
    try cluster.sql("UPDATE yc.machines SET seen = seen - interval '1 minute'")
    _ = try await first.probe()
    #expect(first.refusedServer == nil)
    #expect(try await first.append([event(1)], after: 0) == .overtaken([event(1)]))
  }

  @Test("each problem has a sentence in both languages, on one line and without a name of this program's parts")
  func sentences() {
    let all: [ServerProblem] = [
      .foundedAnew, .otherHall, .otherCluster, .noJournal, .schema(found: 2, known: 1),
      .oldPrimary(timeline: 1, seen: 2), .setting(name: "fsync", value: "off", right: "on"), .settingsUntold,
      .endsBefore(5), .fork(at: 5), .password, .notLetIn("no entry"), .noDatabase, .certificate("unknown"),
      .sameName(at: nil), .sameName(at: "192.168.1.11"), .refuses("no"),
    ]
    for problem in all {
      #expect(!problem.english.contains("\n") && problem.english.count < 170, "\(problem)")
      #expect(!problem.chinese.contains("\n") && problem.chinese.count < 70, "\(problem)")
    }
    #expect(Set(all.map(\.english)).count == all.count && Set(all.map(\.chinese)).count == all.count)
  }
}
