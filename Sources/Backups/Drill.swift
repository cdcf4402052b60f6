import Control
import Foundation
import Glibc
package import Groundwork
import Hall
package import Ports
import Seal

/// A restore into a temporary folder that proves that an archive can be used. It never touches the hall.
///
/// The journal's hash chain is compared with the manifest's head, and every record is replayed. `OpenedArchive` has
/// compared the files with the manifest.
package struct Drill: Sendable {
  package struct Report: Hashable, Sendable {
    package let records: Int64
    package let head: String
    /// The business day that was opened last; nil before the first.
    package let day: CivilDate?
    /// The last number of each lane on that day, as called: A041.
    package let last: [String]
    /// The number that each lane would give next on that day.
    package let next: [String]
    package let catalogues: Int
  }

  /// - Parameters:
  ///   - folder: a new folder for it, which the caller removes.
  ///   - storage: opens the journal there.
  package static func run(
    _ archive: OpenedArchive, in folder: String, by storage: any JournalStorage
  ) async throws(BackupFault) -> Report {
    try DurableFile.copy(archive.secret(HallKey.fileName), to: folder + "/" + HallKey.fileName)
    let verification: Verification
    let state: HallState
    guard let kept = JournalHead(archive.manifest.head) else {
      throw .damaged(archive.folder, "its head cannot be read", zh: "校验头读不出来")
    }
    do {
      let seal = try HallSeal(keyFile: folder + "/" + HallKey.fileName)
      do {
        let claimed = try storage.claim(folder, of: .hall)
        _ = try claimed.restoreJournal(archive.journal, sealing: seal, force: false)
        verification = try storage.verify(backup: claimed.journalFile, sealing: seal, head: kept)
        let (journal, _) = try claimed.openJournal(sealing: seal)
        state = try await journal.restore().state
        await journal.close()
      }
    } catch let fault as StateFault {
      throw BackupFault(.init(fault), "the drill failed: \(fault.description)", zh: "演练没有通过：\(fault.chinese)")
    } catch {
      throw .damaged(archive.folder, "\(error)", zh: "\(error)")
    }
    if let problem = verification.problem {
      throw BackupFault(.data, "the drill failed: \(problem.description)", zh: "演练没有通过：\(problem.chinese)")
    }
    guard let verdict = verification.head, verdict == .found(later: 0) else {
      throw BackupFault(
        .data, "the drill failed: the journal's copy does not end with the head of its manifest; take an older copy",
        zh: "演练没有通过：账本副本的末尾与清单里的校验头不符；换一份早些的备份")
    }
    if let violation = state.violations().first {
      throw BackupFault(
        .data, "the drill failed: the journal gives a hall that cannot be (\(violation)); take an older copy",
        zh: "演练没有通过：账本重放出来的状态有矛盾（\(violation)）；换一份早些的备份")
    }
    return report(state, verification, kept)
  }

  private static func report(_ state: HallState, _ verification: Verification, _ head: JournalHead) -> Report {
    let lanes = verification.lastDay.flatMap { state.queue.ordinals[$0] }?.sorted { $0.key < $1.key } ?? []
    return Report(
      records: verification.records, head: head.description, day: verification.lastDay,
      last: lanes.filter { $0.value > 0 }.map { TicketNumber(lane: $0.key, ordinal: $0.value).description },
      next: lanes.map { TicketNumber(lane: $0.key, ordinal: $0.value + 1).description },
      catalogues: state.catalogue.published.count)
  }
}
