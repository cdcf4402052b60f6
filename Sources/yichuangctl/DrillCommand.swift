import ArgumentParser
import Backups
import Control
import Foundation
import Groundwork

extension BackupCommand {
  struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drill",
      abstract: "Proves an archive: restores it into a temporary folder and looks it all through.",
      discussion: """
        Without a key, as on the hall's machine, the newest archive of every target is read and compared with its digest. With the \
        office's key it is decrypted, compared with its manifest, restored into a temporary folder, verified against its head and \
        replayed. The hall is not touched.
        """)
    @Argument(help: "An archive; the newest of every target when left out.")
    var file: String?
    @Option(help: "The file with the office's private key.")
    var key: String?
    @OptionGroup var backups: BackupOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let reply: ControlReply
      do throws(BackupFault) {
        let work = try backups.workFolder()
        if let file {
          let path = absolutePath(file)
          let kept = DurableFile.head(path + ArchiveName.digestSuffix, 64).map { String(decoding: $0, as: UTF8.self) }
          reply = try await drill(path, keptDigest: kept, work).of(path)
        } else {
          reply = try await drillTargets(work)
        }
      } catch {
        reply = error.reply
      }
      try answer.give(reply)
    }

    private func drillTargets(_ work: WorkFolder) async throws(BackupFault) -> ControlReply {
      let settings = try backups.load()
      var replies: [ControlReply] = []
      for target in settings.targets {
        let reply: ControlReply
        do throws(BackupFault) {
          let (path, kept, name) = try await target.open(configuration: backups.folder, work: work) {
            opened throws(BackupFault) in
            guard let newest = try await opened.names().max() else {
              throw BackupFault(
                .unavailable, "no archive is there: yichuangctl backup run", zh: "那里一份备份也没有：运行 yichuangctl backup run")
            }
            let local = work.file("drilled")
            try await opened.fetch(newest, to: local)
            return (local, try await opened.keptDigest(newest, work), newest.description)
          }
          reply = try await drill(path, keptDigest: kept, work).of(name)
        } catch {
          reply = error.reply
        }
        replies.append(reply.of(target.description))
        try work.empty()
      }
      let worst = replies.first { $0.status != 0 }
      return ControlReply(
        status: worst?.status ?? 0, replies.map(\.sentence).joined(separator: "\n"),
        zh: replies.map { $0.words(inChinese: true) }.joined(separator: "\n"),
        ["targets": .list(replies.map { .object($0.details) })])
    }

    private func drill(_ path: String, keptDigest: String?, _ work: WorkFolder) async throws(BackupFault)
      -> ControlReply
    {
      let (size, digest) = try DurableFile.measure(path)
      if let keptDigest, keptDigest != digest {
        throw .damaged(path, "its SHA-256 is not the one that was kept beside it", zh: "SHA-256 与旁边存的不一样")
      }
      guard OpenedArchive.kind(of: path) != .other else {
        throw .damaged(path, "it is no archive of a hall", zh: "不是大厅的备份文件")
      }
      if key == nil, OpenedArchive.kind(of: path) == .encrypted {
        guard keptDigest != nil else {
          throw BackupFault(
            .usage, "there is no digest beside \(path), and no key was given: only --key FILE can prove it",
            zh: "\(path) 旁边没有摘要文件，也没有给私钥：要用 --key 私钥文件 才能验证")
        }
        return ControlReply(
          "proved: the \(size) bytes are as they were written, and can be read from there. Not proved, because only the office's key opens them: that the journal in them is whole and goes on from its last number; the office does that with `yichuangctl backup drill FILE --key office.key`",
          zh:
            "已证明：\(size) 字节与写入时一致，读得出来。没有证明（只有办公室的私钥能打开）：里面的账本完整、能从最后的号接着用；请办公室用 yichuangctl backup drill 文件 --key 私钥文件 演练",
          [
            "bytes": .number(size), "sha256": .text(digest), "opened": false,
            "proved": .list(["readable", "unchanged"]),
            "not_proved": .list(["opens", "journal", "next_number"]),
          ])
      }
      let opened = try await OpenedArchive.open(path, key: key.map(absolutePath), in: work)
      let report = try await Drill.run(opened, in: try work.makeFolder("restored"), by: Journals.quietStorage)
      let (last, next) = (report.last.joined(separator: " "), report.next.joined(separator: " "))
      let day = report.day?.description ?? "none"
      return ControlReply(
        "the drill succeeded: \(report.records) records up to the head \(report.head), \(report.catalogues) catalogues; business day "
          + "\(day), last numbers \(last.isEmpty ? "none" : last), next \(next.isEmpty ? "as on a new day" : next)",
        zh: "演练通过：\(report.records) 条记录，末尾与校验头 \(report.head) 一致，事项目录 \(report.catalogues) 版；营业日 "
          + "\(report.day?.description ?? "没有")，最后的号 \(last.isEmpty ? "没有" : last)，下一个号 \(next.isEmpty ? "从头开始" : next)",
        [
          "bytes": .number(size), "sha256": .text(digest), "opened": true, "not_proved": .list([]),
          "records": .number(report.records),
          "head": .text(report.head), "business_day": report.day.map { .text($0.description) } ?? .null,
          "last": .list(report.last.map(ControlValue.text)), "next": .list(report.next.map(ControlValue.text)),
          "catalogues": .number(Int64(report.catalogues)),
        ])
    }
  }
}
