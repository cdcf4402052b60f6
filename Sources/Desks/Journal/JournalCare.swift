package import Hall
package import Logging
package import Ports
import ServiceLifecycle
import Synchronization

/// Maintains the journal while the hall is open, without delaying commits.
///
/// It stores a snapshot at each day close, verifies the records that the start did not read, and removes days whose
/// retention has ended.
package final class JournalCare: Service {
  /// A start that replayed more records than this makes a snapshot at once.
  static let manyRecords: Int64 = 20_000

  private let journal: any SnapshotKeeping
  private let opened: RestoredState
  private let health: HealthBoard
  /// How long closed business days and their exports are kept.
  private let retention: @Sendable () -> RetentionRule
  /// Records in the journal which records are removed from it.
  private let tell: @Sendable (RecordsLeft) async throws(StateFault) -> Void
  private let logger: Logger
  /// Whether the records that the start did not read have been verified; before that nothing is removed.
  private let isVerified = Mutex(false)
  private let work: AsyncStream<Work>
  private let queue: AsyncStream<Work>.Continuation

  /// Work that is done one after the other.
  private enum Work: Sendable {
    case closed(HallState)
    case verified
  }

  /// - Parameter opened: the state at start.
  package init(
    journal: any SnapshotKeeping, opened: RestoredState, health: HealthBoard,
    retention: @escaping @Sendable () -> RetentionRule, logger: Logger,
    tell: @escaping @Sendable (RecordsLeft) async throws(StateFault) -> Void
  ) {
    self.tell = tell
    self.retention = retention
    self.journal = journal
    self.opened = opened
    self.health = health
    self.logger = logger
    // Storing a snapshot takes less time than a business day. If several days wait all the same, only the newest need one.
    (work, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4))
  }

  /// Observes the registrar.
  package func note(_ recorded: RecordedEvent, _ state: HallState) {
    if case .day(.dayClosed) = recorded.event { queue.yield(.closed(state)) }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.verifySkipped() }
        group.addTask {
          if self.opened.replayed > Self.manyRecords, self.opened.state.isAccepted {
            await self.keep(self.opened.state)
          }
          for await work in self.work {
            if case .closed(let state) = work { await self.keep(state) }
            await self.retire()
          }
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

  private func retire() async {
    guard isVerified.withLock({ $0 }) else { return }
    do throws(StateFault) {
      let retired = try await journal.retire(keeping: retention(), telling: tell)
      if retired.records > 0 {
        logger.notice("old days have left the journal", metadata: ["records": "\(retired.records)"])
      }
      if let first = retired.exports.first, let last = retired.exports.last {
        logger.notice(
          "old exports were removed",
          metadata: ["files": "\(retired.exports.count)", "first": "\(first)", "last": "\(last)"])
      }
    } catch {
      logger.error("old days could not leave the journal", metadata: ["why": "\(error)"])
    }
  }

  private func verifySkipped() async {
    do throws(StateFault) {
      let count = try await journal.verifySkipped()
      guard !Task.isCancelled else { return }
      isVerified.withLock { $0 = true }
      queue.yield(.verified)
      if count > 0 {
        logger.info("the records before the snapshot are verified", metadata: ["records": "\(count)"])
      }
    } catch {
      logger.critical("the journal's earlier records do not pass verification", metadata: ["why": "\(error)"])
      await health.raise(.journalDamaged)
    }
  }
}
