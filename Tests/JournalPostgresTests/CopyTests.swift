import Glibc
import Groundwork
import Hall
import Ports
import Synchronization
import TestKit
import Testing

@testable import JournalPostgres

/// Goal: a machine's copy has every record that the machine told anybody of, with the bytes of the shared journal, whoever
/// appended it; and machines see each other. Method: a private cluster, and copies in memory.
@Suite struct CopyTests {
  /// A copy in memory that may be full.
  private actor Copy: JournalReading, SnapshotKeeping, ReplicaKeeping {
    private(set) var records: [StoredRecord] = []
    private(set) var isFull = false

    var position: ChainPosition { records.last?.position ?? .origin }
    func fill(_ isFull: Bool) { self.isFull = isFull }

    func take(_ records: [StoredRecord]) throws(JournalFault) {
      guard !isFull else { throw .full }
      self.records += records
    }

    func replay<State: Sendable>(
      into initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
    ) -> State { records.reduce(into: initial) { take(&$0, $1.event) } }
    func verify(against head: JournalHead?) throws(StateFault) -> Verification { throw .noJournal("memory") }
    func journalHead() throws(StateFault) -> JournalHead { throw .noJournal("memory") }
    func backup(to path: String) throws(StateFault) -> Verification { throw .noJournal("memory") }
    func close() {}
    func keepSnapshot(of state: HallState) {}
    func verifySkipped() -> Int64 { 0 }
    func retire(
      keeping rule: RetentionRule, telling tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
    ) -> RetiredDays { RetiredDays() }
  }

  private func event(_ number: Int64, _ id: String = "x") -> RecordedEvent {
    RecordedEvent(
      sequence: number, at: Timestamp(milliseconds: ManualClock.nine.milliseconds + number), actor: .kiosk("kiosk-1"),
      event: .help(.helpRequested(HelpRequested(id: "\(number)\(id)", kiosk: "kiosk-1"))), answer: nil)
  }

  private func stored(_ cluster: PrivateCluster) throws -> [String] {
    try cluster.sql("SELECT encode(body, 'hex') || encode(digest, 'hex') FROM yc.records ORDER BY seq").split(
      separator: "\n"
    ).map(String.init)
  }

  /// A turn that the server took away, because this machine was held up for a second, is taken once more.
  private func again(_ journal: SharedJournal, _ work: () async throws -> Void) async throws {
    do { try await work() } catch JournalFault.cutOff {
      _ = try await journal.probe()
      try await work()
    }
  }

  private func bytes(_ copy: Copy) async -> [String] {
    await copy.records.map { $0.body.hexadecimal + $0.digest.hexadecimal }
  }

  @Test("own records, those of others, and those that came with a turn are in the copy, as they are stored")
  func copies() async throws {
    let cluster = try PrivateCluster()
    let (one, two) = (Copy(), Copy())
    let first = await SharedJournal(try await cluster.connected(1), replica: one, log: .quiet)
    let second = await SharedJournal(try await cluster.connected(2), replica: two, log: .quiet)
    #expect(try await first.append([event(1), event(2)], after: 0) == .written)
    #expect(try await second.append([event(1, "y")], after: 0) == .overtaken([event(1), event(2)]))
    try await again(second) { () async throws in
      #expect(try await second.takeTurn(after: 2).isEmpty)
      #expect(try await second.append([event(3, "y")], after: 2) == .written)
    }
    try await again(first) { () async throws in
      #expect(try await first.takeTurn(after: 2) == [event(3, "y")])
    }
    // What came with the turn is in the copy when the turn ends, also where the server has ended it by now.
    _ = try? await first.append([], after: 3)
    _ = try await first.probe()
    for journal in [first, second] {
      try await again(journal) { () async throws in _ = try await journal.events(after: 3) }
    }
    let all = try stored(cluster)
    #expect(all.count == 3)
    #expect(await bytes(one) == all)
    #expect(await bytes(two) == all)
    await first.close()
    await second.close()
  }

  @Test("a copy whose disk is full holds nobody up, and takes the same records later")
  func full() async throws {
    let cluster = try PrivateCluster()
    let copy = Copy()
    let journal = await SharedJournal(try await cluster.connected(1), replica: copy, log: .quiet)
    await copy.fill(true)
    #expect(try await journal.append([event(1)], after: 0) == .written)
    #expect(await copy.records.isEmpty)
    await copy.fill(false)
    #expect(try await journal.append([event(2)], after: 1) == .written)
    #expect(try stored(cluster) == (await bytes(copy)))
    await journal.close()
  }

  @Test("machines hear of each other, of the hall's configuration, and of the server's time")
  func peers() async throws {
    let cluster = try PrivateCluster()
    let first = try await cluster.connected(1)
    first.work(by: "digest-1")
    let second = try await cluster.connected(2)
    #expect(try await first.adopt("digest-1", replaces: false) == "digest-1")
    #expect(try await second.adopt("digest-2", replaces: false) == "digest-1")
    try await eventually("the second hears of the first") { second.peers?.machines.count == 2 }
    let peers = try #require(second.peers)
    #expect(peers.machines.map(\.role) == ["machine1", "machine2"])
    #expect(peers.machines.allSatisfy { $0.silent < SharedPeers.silence })
    #expect(abs(peers.clockAhead) <= 1_000 + peers.roundTrip, "the server runs on this machine")
    #expect(try await second.adopt("digest-2", replaces: true) == "digest-2")
    // A machine cannot write in another machine's name.
    #expect(try cluster.sql("SELECT count(*) FROM yc.machines") == "2\n")
    await first.close()
    await second.close()
  }

  @Test("what is remembered of the cluster is what was kept, and a file that was changed is not believed")
  func cluster() throws {
    let folder = "/tmp/yc-cluster-\(UInt64.random(in: 0...UInt64.max))"
    mkdir(folder, 0o700)
    defer {
      unlink(folder + "/cluster")
      rmdir(folder)
    }
    let file = ClusterFile(stateFolder: folder)
    #expect(try file.read() == nil)
    var content = ClusterFile.Content(fence: ClusterFence(system: "7391", timeline: 3))
    try file.keep(content)
    #expect(try file.read() == content)
    content.loss = .init(sequence: 812, epoch: 2)
    try file.keep(content)
    #expect(try file.read() == content)
    try DurableText.write("system 7391\ntimeline many\n", to: folder + "/cluster")
    #expect(throws: StateFault.self) { try file.read() }
  }
}
