import ArgumentParser
import Backups
import Control
import Foundation
import Groundwork
import Ports
import SecurityRecords

extension BackupCommand {
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract:
        "Makes an encrypted archive of the hall, puts it to every target, verifies it there and removes old ones.",
      discussion:
        "The timer yichuang-backup calls it. A target gives up old archives only when the new one was read back from it."
    )
    @OptionGroup var backups: BackupOptions
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let reply: ControlReply
      do throws(BackupFault) { reply = try await archive() } catch { reply = error.reply }
      try answer.give(reply)
    }

    private typealias TargetResult = (target: BackupSettings.Target, fault: BackupFault?)

    private func archive() async throws(BackupFault) -> ControlReply {
      let settings = try backups.load()
      let work = try backups.workFolder()
      let (made, head) = try await make(work, settings)
      let keys = try await CaseKeyCopy.make(
        in: work, from: state.folder, beside: made, head: head, at: Date(), for: settings.recipient)
      var results: [TargetResult] = []
      for target in settings.targets {
        do throws(BackupFault) {
          try await target.open(configuration: backups.folder, work: work) { opened throws(BackupFault) in
            try await opened.put(made.file)
            // Only the newest keys are kept, so that keys that the hall has destroyed are not in the target either.
            if let keys {
              try await opened.put(keys)
            } else {
              try await opened.remove(CaseKeyCopy.name(of: made.name.hall))
            }
            // Only after the new archive was stored and read back.
            let own = try await opened.names().filter { $0.hall == made.name.hall }
            for name in settings.keep.surplus(own, new: made.name) { try await opened.remove(name.description) }
          }
          results.append((target, nil))
        } catch {
          results.append((target, error))
        }
      }
      try note(results, made)
      return reply(results, made)
    }

    private func make(
      _ work: WorkFolder, _ settings: BackupSettings
    ) async throws(BackupFault) -> (made: Archive.Made, head: String) {
      let tree = try work.makeFolder("tree")
      let journal = tree + "/" + Archive.journal
      let copied = JournalCopy(state).make(at: journal)
      guard copied.status == 0, case .text(let head)? = copied.details[ControlReply.journalHead],
        case .number(let records)? = copied.details["records"]
      else {
        throw BackupFault(
          ExitStatus(rawValue: copied.status) ?? .disk, copied.words(inChinese: false),
          zh: copied.words(inChinese: true))
      }
      unlink(journal + JournalHead.fileSuffix)
      let made = try await Archive.make(
        tree, in: work,
        from: .init(state: state.folder, configuration: backups.folder, printing: backups.printing), head: head,
        records: records, at: Date(), for: settings.recipient)
      return (made, head)
    }

    private func note(_ results: [TargetResult], _ made: Archive.Made) throws(BackupFault) {
      let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
      let known = LastBackup.read(stateFolder: state.folder) ?? LastBackup()
      try known.after(
        results.map { ($0.target.description, $0.fault == nil, $0.target.sharesDisk(with: state.folder)) }, at: now
      ).write(stateFolder: state.folder)
      StateOwner(state.folder)?.give(state.folder + "/" + LastBackup.fileName)
      if results.contains(where: { $0.fault == nil }) {
        ToolRecord.note(.backupMade, [.file: made.name.description], state: state.folder)
      }
    }

    private func reply(_ results: [TargetResult], _ made: Archive.Made) -> ControlReply {
      let good = results.filter { $0.fault == nil }.map(\.target.description)
      let near = results.map(\.target).filter { $0.sharesDisk(with: state.folder) }.map(\.description)
      let details: [String: ControlValue] = [
        "archive": .text(made.name.description), "bytes": .number(made.size), "sha256": .text(made.digest),
        "targets": .list(good.map(ControlValue.text)), "shares_disk": .list(near.map(ControlValue.text)),
      ]
      let words = BackupSettings.Target.sharesDiskWords
      let warnings = near.map { (english: "\n! \($0) \(words.english)", chinese: "\n！\($0) \(words.chinese)") }
      let there = "\(made.name) (\(made.size) bytes) is at \(good.joined(separator: ", "))"
      let thereInChinese = "\(made.name)（\(made.size) 字节）已存到 \(good.joined(separator: "、"))，并已读回核对"
      let faults = results.compactMap(\.fault)
      guard let first = faults.first else {
        return ControlReply(
          there + ", read back and verified" + warnings.map(\.english).joined(),
          zh: thereInChinese + warnings.map(\.chinese).joined(), details)
      }
      return ControlReply(
        first.status, faults.map(\.english).joined(separator: "\n") + (good.isEmpty ? "" : "\n" + there),
        zh: faults.map(\.chinese).joined(separator: "\n") + (good.isEmpty ? "" : "\n" + thereInChinese), details)
    }
  }
}
