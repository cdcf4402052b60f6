import ArgumentParser
import Backups
import Control
import Foundation
import YAMLDocuments

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract:
      "Copies the journal into a new file; with run, list, drill and keygen: encrypted archives of the whole hall.",
    subcommands: [Copy.self, Run.self, List.self, DrillCommand.self, Keygen.self], defaultSubcommand: Copy.self)

  struct Copy: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "copy",
      abstract: "Copies the journal into a new file, also while the hall is open, and verifies it.")
    @Argument(help: "The file to make; it must not exist.")
    var file: String
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws { try answer.give(JournalCopy(state).make(at: absolutePath(file))) }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The archives at each target, the newest first.")
    @OptionGroup var backups: BackupOptions
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let reply: ControlReply
      do throws(BackupFault) {
        let (settings, work) = (try backups.load(), try backups.workFolder())
        var (lines, targets): ([String], [String: ControlValue]) = ([], [:])
        var failure: BackupFault?
        var near: [String] = []
        for target in settings.targets {
          let isNear = target.sharesDisk(with: state.folder)
          do throws(BackupFault) {
            let names = try await target.open(configuration: backups.folder, work: work) { opened throws(BackupFault) in
              try await opened.names()
            }
            lines.append("\(target):")
            lines += names.sorted(by: >).map { "    \($0.moment)  \($0)" }
            targets[target.description] = .list(names.sorted(by: >).map { .text($0.description) })
            if isNear {
              let words = BackupSettings.Target.sharesDiskWords
              near.append(target.description)
              lines.append(Terminal.isChinese ? "    ！\(target) \(words.chinese)" : "    ! \(target) \(words.english)")
            }
          } catch {
            failure = failure ?? error
            lines.append("\(target): \(Terminal.isChinese ? error.chinese : error.english)")
          }
        }
        let text = lines.joined(separator: "\n")
        reply = ControlReply(
          failure?.status ?? .done, text, zh: text,
          ["targets": .object(targets), "shares_disk": .list(near.map(ControlValue.text))])
      } catch {
        reply = error.reply
      }
      try answer.give(reply)
    }
  }

  struct Keygen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "keygen",
      abstract: "Makes the office's pair of keys: the private one into a file, the public one for backup.yaml.",
      discussion:
        "Run it on a machine of the office, or into a stick. The private key goes into the safe, not onto the hall's machine."
    )
    @Argument(help: "The file for the private key; it must not exist.")
    var file: String
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      let path = absolutePath(file)
      let reply: ControlReply
      do throws(BackupFault) {
        let recipient = try await OfficeKey.make(at: path)
        reply = ControlReply(
          "recipient: \(recipient)\nWrite this line into /etc/yichuang/backup.yaml. \(path) is the private key: it opens every archive. "
            + "Put it into the office's safe, twice, and remove it here.",
          zh: "recipient: \(recipient)\n把这一行写进 /etc/yichuang/backup.yaml。\(path) 是私钥，能打开所有备份：存两份锁进办公室保险柜，再从这里删掉。",
          ["recipient": .text(recipient), "file": .text(path)])
      } catch {
        reply = error.reply
      }
      try answer.give(reply)
    }
  }
}

/// Where the settings and the work folder of backups are.
struct BackupOptions: ParsableArguments {
  @Option(help: "The settings (default: /etc/yichuang/backup.yaml); the folder they lie in is archived.")
  var settings: String = "/etc/yichuang/backup.yaml"
  @Option(help: ArgumentHelp("The printers' configuration.", visibility: .hidden))
  var printing: String = "/etc/cups/yichuang"
  @Option(
    help:
      "A private folder with room for three copies of the journal (default: YICHUANG_BACKUP, else /var/lib/yichuang-backup)."
  )
  var work: String?

  /// The folder of the configuration.
  var folder: String { DurableFile.parent(of: absolutePath(settings)) }

  func load() throws(BackupFault) -> BackupSettings {
    let path = absolutePath(settings)
    guard access(path, F_OK) == 0 else {
      throw BackupFault(
        .configuration, "there is no \(path): copy /usr/share/doc/yichuang/examples/backup.yaml there and fill it in",
        zh: "没有 \(path)：从 /usr/share/doc/yichuang/examples/backup.yaml 复制过去，填好")
    }
    let loaded = BackupSettings.load(path)
    guard let settings = loaded.value else {
      throw BackupFault(
        .configuration, loaded.faults.map { $0.line(inChinese: false) }.joined(separator: "\n"),
        zh: loaded.faults.map { $0.line(inChinese: true) }.joined(separator: "\n"))
    }
    return settings
  }

  func workFolder() throws(BackupFault) -> WorkFolder {
    let named = ProcessInfo.processInfo.environment["YICHUANG_BACKUP"] ?? ""
    return try WorkFolder(in: work.map(absolutePath) ?? (named.isEmpty ? "/var/lib/yichuang-backup" : named))
  }
}
