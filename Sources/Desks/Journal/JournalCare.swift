package import Hall
package import Logging
package import Ports
import ServiceLifecycle

/// What the journal needs while the hall is open, off the commit path: a snapshot at each day close, and the
/// verification of what the start did not read.
package struct JournalCare: Service {
  /// A start that replayed more records than this makes a snapshot at once.
  static let manyRecords: Int64 = 20_000

  private let journal: any SnapshotKeeping
  private let opened: RestoredState
  private let health: HealthBoard
  private let logger: Logger
  private let closings: AsyncStream<HallState>
  private let closed: AsyncStream<HallState>.Continuation

  /// - Parameter opened: the state at start.
  package init(journal: any SnapshotKeeping, opened: RestoredState, health: HealthBoard, logger: Logger) {
    self.journal = journal
    self.opened = opened
    self.health = health
    self.logger = logger
    // A day that is closed while the last one is still being stored replaces it.
    (closings, closed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Observes the registrar.
  package func note(_ recorded: RecordedEvent, _ state: HallState) {
    if case .day(.dayClosed) = recorded.event { closed.yield(state) }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await verifySkipped() }
        group.addTask {
          if opened.replayed > Self.manyRecords, opened.state.isAccepted { await keep(opened.state) }
          for await state in closings { await keep(state) }
        }
      }
    }
  }

  private func keep(_ state: HallState) async {
    do throws(StateFault) {
      try await journal.keepSnapshot(of: state)
      logger.info("a snapshot of the state is stored", metadata: ["sequence": "\(state.sequence)"])
    } catch {
      logger.warning("no snapshot could be stored; the next start takes longer", metadata: ["why": "\(error)"])
    }
  }

  private func verifySkipped() async {
    do throws(StateFault) {
      let count = try await journal.verifySkipped()
      if count > 0, !Task.isCancelled {
        logger.info("the records before the snapshot are verified", metadata: ["records": "\(count)"])
      }
    } catch {
      logger.critical("the journal's earlier records do not pass verification", metadata: ["why": "\(error)"])
      await health.raise(.journalDamaged)
    }
  }
}
