import Control
import Glibc
import Groundwork
import Hall
import JournalPostgres
import Logging
import Ports
import Seal
import Settings
import Synchronization

/// The journal of a hall with several machines, at start: this machine's copy, brought up to date from the shared one.
extension OpenedHall {
  struct SharedOpening {
    let journal: SharedJournal
    let opening: JournalOpening
    let restored: RestoredState
    /// Why the shared journal is not reached yet.
    let fault: JournalFault?
    /// Why this machine decides nothing yet.
    let heldBack: JournalFault?
  }

  /// Opens the copy, fetches the records that it lacks, and replays it. Where the shared journal cannot be reached, the hall
  /// shows the state of the copy.
  ///
  /// - Throws: `Exit`, also where this machine has not joined.
  ///
  /// - Parameter digest: of this machine's configuration.
  static func openShared(
    _ folder: any ClaimedFolder, _ seal: HallSeal, _ shared: SharedSettings, digest: String, _ log: Logger
  ) async throws(Exit) -> SharedOpening {
    let memory = Mutex<ClusterFile.Content?>(nil)
    let file = ClusterFile(stateFolder: folder.path)
    do {
      guard let content = try file.read() else { throw Exit.notJoined(shared.machine) }
      memory.withLock { $0 = content }
      let server = try shared.server()
      let keep: @Sendable (ClusterFence) throws -> Void = { fence in
        var next = memory.withLock { $0 } ?? .init(fence: fence)
        next.fence = fence
        try file.keep(next)
        memory.withLock { $0 = next }
      }
      let firstDigest: @Sendable () -> [UInt8]? = {
        (try? folder.page(after: .origin, sealing: seal))?.first?.digest
      }
      var (replica, opening) = try folder.openReplica(sealing: seal)
      var postgres = PostgresJournal(
        server, head: await replica.position, fence: content.fence, sealing: seal, log: log, firstDigest: firstDigest,
        keep: keep)
      var restored = try await replica.restore()
      var fault: JournalFault?
      do throws(JournalFault) {
        try await fetch(from: postgres, into: replica, &restored, digest)
      } catch .rolledBack(let sequence) {
        // The cluster has lost records that this machine has. This machine follows the cluster, and staff are told.
        let had = await replica.position.sequence
        log.critical(
          "the shared journal has lost records: numbers wait until staff accept it (yichuangctl accept-journal)",
          metadata: ["had": "\(had)", "goes on after": "\(sequence)"])
        let epoch = opening.epoch
        await replica.close()
        var next = memory.withLock { $0 } ?? content
        next.loss = .init(sequence: had, epoch: epoch)
        try file.keep(next)
        memory.withLock { [next] in $0 = next }
        try folder.discardReplica(sealing: seal)
        (replica, opening) = try folder.openReplica(sealing: seal)
        postgres = PostgresJournal(
          server, head: await replica.position, fence: content.fence, sealing: seal, log: log,
          firstDigest: firstDigest, keep: keep)
        restored = try await replica.restore()
        do throws(JournalFault) { try await fetch(from: postgres, into: replica, &restored, digest) } catch {
          fault = try unreached(error)
        }
      } catch {
        fault = try unreached(error)
      }
      if let loss = memory.withLock({ $0?.loss }) {
        if restored.state.epoch > loss.epoch {
          var next = memory.withLock { $0 } ?? content
          next.loss = nil
          try file.keep(next)
          memory.withLock { [next] in $0 = next }
        } else {
          opening = await replica.opening(afterLosing: loss.sequence, epoch: max(loss.epoch, restored.state.epoch))
        }
      }
      let journal = await SharedJournal(postgres, replica: replica, log: log)
      // Before anything is decided here. The first machine's configuration becomes the hall's; a machine with another one only
      // follows.
      var heldBack: JournalFault? = .cutOff
      if fault == nil, let adopted = try? await journal.adopt(digest, replaces: false) {
        heldBack = adopted == digest ? nil : .ofAnotherConfiguration
      }
      return SharedOpening(
        journal: journal, opening: opening, restored: restored, fault: fault, heldBack: heldBack)
    } catch {
      throw error as? Exit ?? (error as? StateFault).map { Exit($0) } ?? Exit(.bug, "\(error)")
    }
  }

  /// Fetches what the copy lacks, page by page, so that a machine that has just joined needs no memory for the whole journal.
  /// The next page is fetched while the one before is stored.
  ///
  /// - Parameter restored: the state of the copy's records. What was stored is added to it, also where a fault ends the fetch.
  private static func fetch(
    from shared: PostgresJournal, into replica: any StoredJournal, _ restored: inout RestoredState, _ digest: String
  ) async throws(JournalFault) {
    shared.work(by: digest)
    _ = try await shared.probe()
    var page = try await shared.nextPage()
    while !page.isEmpty {
      async let fetched = nextPage(of: shared)
      try await replica.take(page)
      for record in page { restored.add(record.event) }
      page = try await fetched.get()
    }
  }

  private static func nextPage(of shared: PostgresJournal) async -> Result<[StoredRecord], JournalFault> {
    do throws(JournalFault) { return .success(try await shared.nextPage()) } catch { return .failure(error) }
  }

  /// The fault of a server that is not reached; other faults end the start.
  private static func unreached(_ fault: JournalFault) throws(Exit) -> JournalFault {
    guard fault.isUnreachable else {
      throw Exit(
        .disk, "the shared journal cannot be followed: \(fault)",
        zh: "跟不上共用账本（\(fault)）：看服务的日志（journalctl -u yichuangd）")
    }
    return fault
  }
}

extension JournalFault {
  static let ofAnotherConfiguration = JournalFault.behind(
    server: thisMachine, problem: "its configuration is not the one that the hall works by")
}

extension SharedSettings {
  /// How to connect, with what this machine got when it joined.
  ///
  /// - Throws: `StateFault` for a password that cannot be read.
  func server() throws(StateFault) -> PostgresServer {
    let hosts = hosts.map { PostgresServer.Node(address: $0.address, port: $0.port) }
    return PostgresServer(
      hosts: hosts, database: database, role: role, password: try SharedSecret.read(passwordFile),
      rootCertificate: authority, release: ProductVersion.current, reads: RecordFormats.ofThisRun.newest)
  }
}

extension Composition {
  /// The keys of days in a hall with several machines.
  ///
  /// - Throws: `Exit` where this machine lacks the hall's chains.
  static func dayChain(_ hall: OpenedHall) throws(Exit) -> DayChain {
    let folder = hall.path + "/" + DayKeys.folderName
    do {
      guard try HallChains.areThere(in: folder) else { throw Exit.withoutKeys(folder) }
      return try DayChain(
        folder: folder, opened: try hall.storage.daysOpened(in: hall.path), isOpen: hall.state.day != nil)
    } catch {
      throw error as? Exit ?? (error as? KeyFault).map { Exit($0) } ?? (error as? StateFault).map { Exit($0) }
        ?? Exit(.bug, "\(error)")
    }
  }
}

extension Exit {
  static func withoutKeys(_ folder: String) -> Exit {
    Exit(
      .configuration,
      "the keys that the hall's machines share are not in \(folder): join again (yichuangctl shared invite, then shared join)",
      zh: "\(folder) 里没有大厅各台机器共用的密钥：重新加入（yichuangctl shared invite，再 shared join）")
  }

  static func notJoined(_ machine: String) -> Exit {
    Exit(
      .configuration,
      "the configuration has `shared`, and this machine has not joined: yichuangctl shared join FILE, or shared found on the first one",
      zh: "配置里有 shared 一节，这台机器（\(machine)）还没有加入：用 yichuangctl shared join 文件；第一台用 yichuangctl shared found")
  }
}
