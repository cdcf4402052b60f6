import Accounts
import CatalogueFiles
import Control
import Foundation
import Hall
import HallSetup
import Ports
import PrinterProtocols
import Seal
import Settings
import YAMLDocuments

/// Sets a hall up, step by step.
///
/// Until the files are committed nothing of the hall changes, except queues of CUPS that were tried.
struct HallSetUp {
  private let command: HallSetupCommand
  private let config: String
  private let share: ShareFolder
  private let divisions: [Division]
  private let models: PrinterModelStore

  static let restoreFirst = SetupFault(
    .refused,
    "restore the old machine's backup first (yichuangctl restore FILE), then run setup again: numbers go on after those that were given",
    zh: "先恢复旧机器的备份（yichuangctl restore 文件），再运行 setup：号码会接着已经发出的往下编")

  init(_ command: HallSetupCommand) throws {
    self.command = command
    config = absolutePath(command.config)
    do throws(ShareFolder.Missing) { share = try ShareFolder.find() } catch {
      throw SetupFault(.installation, error.description, zh: error.chinese)
    }
    let table = DivisionFile.load(share.reference + "/divisions.csv")
    guard let rows = table.value else { throw SetupFault(Reference.faults(table.faults, "divisions.csv")) }
    divisions = rows
    models = try command.models.store()
  }

  private var folder: String { config.lastIndex(of: "/").map { String(config[..<$0]) } ?? "" }

  func run() async throws -> ControlReply {
    let machine = MachineCheck(stateFolder: command.state.folder)
    let dialogue = SetupDialogue(divisions: divisions, models: models.ids)
    if command.answers == nil {
      dialogue.say(machine.words.english, zh: machine.words.chinese)
      for warning in machine.warnings { dialogue.say("  ! \(warning.english)", zh: "  ！\(warning.chinese)") }
    }
    if let fault = machine.fault { throw fault }
    let present = try present()
    let hasJournal = FileManager.default.fileExists(atPath: command.state.folder + "/journal.sqlite")
    let printers = PrinterStep(models: models, server: command.server)
    let answers: SetupAnswers
    if let file = command.answers {
      let path = absolutePath(file)
      let loaded = AnswersParser.load(path, divisions: divisions, models: models.ids) { [models] device in
        FoundPrinter.id(ofNode: device).flatMap(models.model)?.id
      }
      guard let value = loaded.value else { throw SetupFault(Reference.faults(loaded.faults, path)) }
      answers = value
      try checkDevices(value, path)
    } else {
      guard
        try dialogue.yes(
          "Is the clock right? Compare it with a phone. A wrong date opens a wrong business day.",
          zh: "时间对吗？请对照手机，日期不对会开错营业日", default: true)
      else {
        throw SetupFault(
          .refused, "set the clock (timedatectl set-time 'YYYY-MM-DD HH:MM:SS'), then run setup again",
          zh: "先校准时钟（timedatectl set-time 'YYYY-MM-DD HH:MM:SS'），再运行 setup")
      }
      answers = try await dialogue.answers(
        present, isKnown: hasJournal, printers: printers, backups: folder + "/backup.yaml")
    }
    if answers.machine == .replacement, !hasJournal { throw Self.restoreFirst }
    return try await setUp(present, answers, printers, dialogue)
  }

  /// Refuses impossible addresses of printers, before anything is changed.
  private func checkDevices(_ answers: SetupAnswers, _ file: String) throws {
    let faults = answers.kiosks.compactMap { kiosk -> FileFault? in
      guard case .device(let device, let id) = kiosk.printer, let model = models[id] else { return nil }
      do throws(QueueDevice.Fault) { _ = try QueueDevice(device, for: model) } catch {
        return FileFault(
          file: file, line: answers.lines[.kiosks] ?? 0, what: error.description,
          remedy: "write the printer's address", chinese: error.chinese)
      }
      return nil
    }
    if !faults.isEmpty { throw SetupFault(Reference.faults(faults, file)) }
  }

  /// The present configuration; nil without one, and for an example that nobody has filled in.
  private func present() throws -> PresentConfiguration? {
    guard FileManager.default.fileExists(atPath: config) else { return nil }
    let log = FaultLog()
    let text = BoundedFile.text(config, log)
    // Placeholders of packaging/yichuang.yaml.example, and the empty file that an installer may leave.
    if let text, text.trimmed.isEmpty || text.contains("secret_hash: CHANGE-ME") || text.contains("'CHANGE-ME'") {
      return nil
    }
    let loaded = ConfigurationFile.load(config, models: share.models, sealing: ClosedHall.seal)
    guard let text, let settings = loaded.value else {
      let faults = loaded.faults.map { $0.line(inChinese: Terminal.isChinese) }.joined(separator: "\n")
      throw SetupFault(
        .configuration,
        "\(config) cannot be used as it is, and setup changes no file that it cannot read: mend these lines, or move the file away\n\(faults)",
        zh: "\(config) 现在就不能用，setup 不改读不懂的文件：先改好下面各行，或把文件移走\n\(faults)")
    }
    guard settings.rules.identity.level == .town else {
      throw SetupFault(
        .refused, "\(config) is of a village's station, and setup sets up a town's hall: change the file by hand",
        zh: "\(config) 是村（社区）便民服务站的，setup 只建镇（街道）大厅：请手工改文件")
    }
    let read = PresentConfiguration.read(text, file: config)
    guard let present = read.value else { throw SetupFault(Reference.faults(read.faults, config)) }
    return present
  }

  private func setUp(
    _ present: PresentConfiguration?, _ answers: SetupAnswers, _ printers: PrinterStep, _ dialogue: SetupDialogue
  ) async throws -> ControlReply {
    let secrets = try Self.secrets(for: ConfigurationDraft.newStaff(answers, present), answers)
    let hashes = try secrets.mapValues { try ClosedHall.seal.hashSecret($0) }
    let catalogue = try CatalogueStep(answers.catalogue, at: folder + "/catalogue.yaml", isFirst: present == nil, share)
    let token = (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16).leftPadded(to: 8) }.joined()
    func draft(catalogue: String) -> ConfigurationDraft {
      ConfigurationDraft(
        present, answers, hashes: hashes,
        .init(
          boardToken: token, catalogue: catalogue, reference: share.reference, listeners: listeners,
          printServer: command.server.server))
    }
    let final = draft(catalogue: catalogue.path)
    if command.dryRun { return ControlReply(final.text, ["configuration": .text(final.text)]) }
    try makeFolder()
    let isFormerUnread = present == nil && FileManager.default.fileExists(atPath: config)
    let fresh = try catalogue.write()
    let settings: HallSettings
    let warnings: [FileFault]
    let file: FileReplacement
    do {
      (settings, warnings) = try checked(draft(catalogue: fresh?.fresh ?? catalogue.path), answers)
      file = try FileReplacement(final.text, at: config)
    } catch {
      fresh?.abandon()
      throw error
    }
    var lines = await printerLines(present, answers, printers)
    do throws(FileReplacement.Fault) {
      try fresh?.commit()
      do throws(FileReplacement.Fault) { try file.commit() } catch {
        fresh?.takeBack()
        throw error
      }
    } catch {
      file.abandon()
      fresh?.abandon()
      throw SetupFault(.disk, error.english, zh: error.chinese)
    }
    // The new configuration is in use from here on. First secrets exist nowhere else, so they are shown before any step that
    // can fail.
    let person = command.answers == nil ? dialogue : nil
    let told = await SecretStep(command: command, dialogue: person, answers: answers, secrets: secrets).handOut(
      settings)
    if isFormerUnread {
      lines.append(
        words("the example that was there is \(file.former)", zh: "原来那份没有填好的例子留在 \(file.former)"))
    }
    if !final.removedStaff.isEmpty {
      lines.append(
        words(
          "may not sign in any more: \(final.removedStaff.joined(separator: ", "))",
          zh: "不能再登录的人（工号）：\(final.removedStaff.joined(separator: "、"))"))
    }
    let opening = await OpeningStep(command, person).run()
    if opening.isRefused {
      file.takeBack()
      fresh?.takeBack()
      throw SetupFault(
        .configuration,
        "the daemon refused the new configuration, and the former one was put back (first secrets that were handed out are void): \(opening.reply.sentence)",
        zh: "服务没有接受新的配置，已换回原来的（刚才发出的初始口令作废）：\(opening.reply.words(inChinese: true))")
    }
    let following = FollowingSteps(command, config: config, settings, answers)
    let followed = await following.run(isOpen: !command.noStart && opening.reply.status == 0)
    lines += followed.done + toDo(answers, settings, warnings, followed.left)
    return summary(settings, lines, opening.reply, told)
  }

  private var listeners: (kiosk: String, hall: String)? {
    guard let kiosk = command.kioskPort, let hall = command.hallPort else { return nil }
    return (kiosk: "127.0.0.1:\(kiosk)", hall: "127.0.0.1:\(hall)")
  }

  private func makeFolder() throws {
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw SetupFault(.folder, "\(folder) cannot be made: check the path", zh: "文件夹 \(folder) 建不了：核对路径")
    }
  }

  /// Loads a draft as the daemon would; faults that come from an answer name its line.
  private func checked(_ draft: ConfigurationDraft, _ answers: SetupAnswers) throws -> (HallSettings, [FileFault]) {
    let trial = try FileReplacement(draft.text, at: config)
    defer { trial.abandon() }
    let loaded = ConfigurationFile.load(trial.fresh, models: share.models, sealing: ClosedHall.seal)
    if let settings = loaded.value { return (settings, loaded.warnings) }
    let faults = loaded.faults.map { fault -> FileFault in
      guard fault.file == trial.fresh, let key = draft.origin(ofLine: fault.line) else { return fault }
      return FileFault(
        file: command.answers ?? key.rawValue, line: answers.lines[key] ?? 0, what: fault.what, remedy: fault.remedy,
        chinese: fault.chinese)
    }
    let reply = Reference.faults(faults, command.answers ?? config)
    throw SetupFault(
      .configuration, reply.sentence + "\nnothing was changed: answer these again",
      zh: reply.words(inChinese: true) + "\n什么也没有改：改好以上各处再运行一次")
  }

  // MARK: Staff

  private static func secrets(
    for staff: [SetupAnswers.Member], _ answers: SetupAnswers
  ) throws -> [String: String] {
    let known = [answers.division.name, answers.consultPhone, answers.supervisePhone]
    return Dictionary(
      staff.map { member in
        let rule = SecretRule(words: known + [member.badge, member.name])
        var secret = FirstSecret.make(MachineEntropy())
        while rule.weakness(of: secret) != nil { secret = FirstSecret.make(MachineEntropy()) }
        return (member.badge, secret)
      }
    ) { first, _ in first }
  }

  // MARK: What follows

  private func printerLines(
    _ present: PresentConfiguration?, _ answers: SetupAnswers, _ printers: PrinterStep
  ) async -> [String] {
    // In a dialogue, queues are made and tried when the question is asked.
    guard command.answers != nil else { return [] }
    var lines: [String] = []
    for (index, kiosk) in answers.kiosks.enumerated() {
      guard case .device(let device, let model) = kiosk.printer else { continue }
      let queue = ConfigurationDraft.queue(ofKiosk: index, present)
      let reply = await printers.setUp(queue: queue, device: device, model: model)
      lines.append(reply.words(inChinese: Terminal.isChinese))
    }
    return lines
  }

  /// What a hall can open without, but should get soon.
  private func toDo(
    _ answers: SetupAnswers, _ settings: HallSettings, _ warnings: [FileFault], _ undone: [String]
  ) -> [String] {
    var left = undone + warnings.map { $0.words(inChinese: Terminal.isChinese) }
    if settings.kiosks.contains(where: { $0.printer == nil }) {
      left.append(
        words("a kiosk has no printer: residents are shown their number only", zh: "有取号机没有打印机：居民只能看屏幕上的号"))
    }
    if answers.backup == nil, !FileManager.default.fileExists(atPath: folder + "/backup.yaml") {
      left.append(words("nothing says where backups go", zh: "还没有定备份放在哪里"))
    }
    guard !left.isEmpty else { return [] }
    return [words("Still to do:", zh: "还要做的：")] + left.map { "  - " + $0 }
  }

  private func words(_ english: String, zh chinese: String) -> String { Terminal.isChinese ? chinese : english }

  private func summary(
    _ settings: HallSettings, _ lines: [String], _ opening: ControlReply, _ secrets: [String: String]
  ) -> ControlReply {
    let desk =
      settings.door?.origins.first ?? settings.publicAddress.map { "https://\($0)" }
      ?? "http://\(settings.hallListener)"
    let window = "\(desk)/window/"
    let board = "\(desk)/board/enter?token=\(settings.boardToken)"
    let kiosk = "http://\(settings.kioskListener)/touch/?kiosk=\(settings.kiosks.first?.id ?? "kiosk-1")"
    let links = [
      words("Windows  \(window)", zh: "窗口页面  \(window)"), words("Kiosk    \(kiosk)", zh: "取号机    \(kiosk)"),
      words("Board    \(board)", zh: "大屏链接  \(board)"),
    ]
    let code = command.answers == nil ? TerminalQR.lines(board) ?? [] : []
    func text(_ chinese: Bool) -> String {
      (["\(settings.rules.identity.name)"] + lines + links + code + [opening.words(inChinese: chinese)])
        .joined(separator: "\n")
    }
    return ControlReply(
      status: opening.status, text(false), zh: text(true),
      [
        "hall": .text(settings.rules.identity.name), "window": .text(window), "board": .text(board),
        "kiosk": .text(kiosk), "first_secrets": .object(secrets.mapValues(ControlValue.text)),
      ])
  }
}

extension String {
  fileprivate func leftPadded(to length: Int) -> String { String(repeating: "0", count: max(0, length - count)) + self }
}

/// Random bits of the system, for secrets.
private struct MachineEntropy: Entropy {
  func bits() -> UInt64 { UInt64.random(in: .min ... .max) }
}
