import Backups
import CatalogueFiles
package import Hall
import Settings
package import YAMLDocuments

/// Reads answers, each by its key: those of a file all at once, those of a dialogue one by one.
package struct AnswersParser {
  private let table: YAMLTable
  private let divisions: [Division]
  private let models: [String]
  /// The model of a printer by the name that it reports; nil for an unknown one.
  private let recognise: (String) -> String?
  /// The folder of relative paths, with a slash at its end; empty for the working directory.
  private let folder: String
  private var log: FaultLog { table.log }

  /// - Parameter models: ids of the printer models that there are.
  package init(
    _ table: YAMLTable, divisions: [Division], models: [String], folder: String = "",
    recognise: @escaping (String) -> String? = { _ in nil }
  ) {
    self.table = table
    self.divisions = divisions
    self.models = models
    self.folder = folder
    self.recognise = recognise
  }

  /// The answers of a file, or every fault with its line. Nothing else is read or changed except the table of staff.
  package static func load(
    _ path: String, divisions: [Division], models: [String], recognise: @escaping (String) -> String? = { _ in nil }
  ) -> Loaded<SetupAnswers> {
    let log = FaultLog()
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let answers = BoundedFile.text(path, log)
      .flatMap { YAMLNode.document($0, file: path, log) }
      .flatMap { YAMLTable($0, "the file", log) }
      .flatMap { AnswersParser($0, divisions: divisions, models: models, folder: folder, recognise: recognise).all() }
    return Loaded(answers, log, first: path)
  }

  /// Every answer; nil with faults when one is missing or not possible.
  package func all() -> SetupAnswers? {
    defer { table.refuseUnknown() }
    let machine = machine()
    let division = division()
    let address = text(.address)
    let hours = hours()
    let hoursText = table.text(SetupKey.hoursText.rawValue, required: false, atMost: 100)
    let phones = (phone(.consultPhone), phone(.supervisePhone))
    let windows = windows()
    let kiosks = kiosks()
    let screen = table.flag(SetupKey.screen.rawValue) ?? false
    let readers = table.flag(SetupKey.readers.rawValue) ?? false
    let staff = staff()
    let catalogue = catalogue()
    let certificates = certificates()
    let backup = backup()
    guard let machine, let division, let address, let hours, let consult = phones.0, let supervise = phones.1,
      let windows, let kiosks, let staff, let catalogue, log.faults.isEmpty
    else { return nil }
    var answers = SetupAnswers(
      machine: machine, division: division, address: address, hours: hours, hoursText: hoursText,
      consultPhone: consult, supervisePhone: supervise, windows: windows, kiosks: kiosks, screen: screen,
      readers: readers, staff: staff, catalogue: catalogue, certificateAddress: certificates, backup: backup)
    for key in SetupKey.allCases where table.node(key.rawValue) != nil {
      answers.lines[key] = table.location(of: key.rawValue).line
    }
    return answers
  }

  package func machine() -> SetupAnswers.Machine? {
    table.choice(SetupKey.machine.rawValue, of: SetupAnswers.Machine.allCases)
  }

  package func text(_ key: SetupKey) -> String? { table.text(key.rawValue) }

  /// Found by its code, its name, or a part of a name that occurs in one division only.
  package func division() -> Division? {
    let key = SetupKey.division.rawValue
    guard let text = table.text(key, atMost: 30) else { return nil }
    let found = DivisionSearch(divisions).matches(text)
    guard found.count == 1, let division = found.first else {
      let names = found.prefix(8).map(\.name).joined(separator: "、")
      log.fault(
        table.location(of: key),
        found.isEmpty ? "no division is “\(text)”" : "“\(text)” may be \(names)",
        "write the whole name, or the code, of the file of divisions",
        zh: found.isEmpty
          ? "区划表里没有“\(text)”：写全名或代码，如 安居镇、500151105" : "“\(text)”不止一个（\(names)）：写全名或代码")
      return nil
    }
    guard division.kind == .town || division.kind == .street else {
      log.fault(
        table.location(of: key), "\(division.name) is a village's, and setup sets up a town's hall",
        "for a station start from demo-village.yaml of the reference files",
        zh: "\(division.name)是村（社区）：这里只建镇（街道）大厅，便民服务站请照 demo-village.yaml 写配置")
      return nil
    }
    return division
  }

  /// A list of sessions, the sessions in one text, or the word `always`; checked as the daemon checks them.
  package func hours() -> SetupAnswers.Hours? {
    let key = SetupKey.hours.rawValue
    let location = table.location(of: key)
    var nodes: [YAMLNode] = []
    if case .scalar(let text, _)? = table.node(key)?.content {
      if ["always", "全天"].contains(text.trimmed) { return .always }
      let words = text.split { " ,，、;；\u{3000}".contains($0) }
      nodes = words.map { YAMLNode(.scalar(String($0), quoted: true), at: location) }
    } else {
      guard let list = table.list(key, required: true, atMost: 6) else { return nil }
      nodes = list
    }
    let before = log.faults.count
    let list = YAMLNode(.list(nodes), at: location)
    let day = YAMLNode(.table([(key: "monday", location: location, value: list)]), at: location)
    let section = YAMLNode(.table([(key: "sessions", location: location, value: day)]), at: location)
    guard let read = YAMLTable(section, "`hours`", log) else { return nil }
    _ = OpeningSection(read).read()
    guard log.faults.count == before else { return nil }
    return .sessions(
      nodes.compactMap { node in
        guard case .scalar(let text, _) = node.content else { return nil }
        return text.filter { $0 != " " }
      })
  }

  package func phone(_ key: SetupKey) -> String? {
    guard let text = table.text(key.rawValue, atMost: 30) else { return nil }
    guard PhoneNumber.isOne(text) else {
      let remedy = PhoneNumber.remedy(for: text)
      log.fault(
        table.location(of: key.rawValue), "`\(key.rawValue)` is “\(text)”", remedy.english,
        zh: "电话“\(text)”不对：\(remedy.chinese)")
      return nil
    }
    return text
  }

  package func windows() -> SetupAnswers.Windows? {
    guard let counts = table.table(SetupKey.windows.rawValue) else { return nil }
    defer { counts.refuseUnknown() }
    let comprehensive = counts.integer("comprehensive", in: 1...60, required: true)
    let police = counts.integer("police", in: 0...9, required: true)
    let pickUp = counts.integer("pick_up", in: 0...9, required: true)
    guard let comprehensive, let police, let pickUp else { return nil }
    return SetupAnswers.Windows(comprehensive: comprehensive, police: police, pickUp: pickUp)
  }

  package func kiosks() -> [SetupAnswers.Kiosk]? {
    let before = log.faults.count
    let entries = table.tables(SetupKey.kiosks.rawValue, required: true, atMost: 8)
    if entries.isEmpty, log.faults.count == before {
      log.fault(
        table.location(of: SetupKey.kiosks.rawValue), "there is no kiosk", "write `- printer: none` at least",
        zh: "一台取号机也没有：至少写一行 - printer: none")
    }
    let kiosks = entries.compactMap(kiosk)
    return log.faults.count == before ? kiosks : nil
  }

  private func kiosk(_ entry: YAMLTable) -> SetupAnswers.Kiosk? {
    defer { entry.refuseUnknown() }
    let name = entry.text("name", required: false, atMost: 12)
    guard let node = entry.node("printer") else {
      log.fault(
        entry.location(of: "printer"), "`printer` is missing",
        "write `printer: {device: ADDRESS, model: ID}`, `printer: none` or `printer: keep`",
        zh: "没有写打印机（printer）：写 printer: {device: 地址, model: 型号}，没有写 none，不变写 keep")
      return nil
    }
    switch node.content {
    case .scalar("none", _): return SetupAnswers.Kiosk(name: name, printer: .none)
    case .scalar("keep", _): return SetupAnswers.Kiosk(name: name, printer: .asItIs)
    default: break
    }
    guard let printer = YAMLTable(node, "`printer`", log) else { return nil }
    defer { printer.refuseUnknown() }
    let device = printer.text("device")
    let isNamed = printer.node("model") != nil
    let model = isNamed ? printer.text("model") : device.flatMap(recognise)
    guard let model, let device else {
      guard !isNamed, let device else { return nil }
      log.fault(
        entry.location(of: "printer"), "`model` is missing, and the printer at \(device) does not say what it is",
        "write `model: ID`: \(models.joined(separator: ", "))",
        zh: "没有写型号（model），\(device) 上的打印机也没有自报认得的型号：写其中之一：\(models.joined(separator: ", "))")
      return nil
    }
    guard models.contains(model) else {
      let known = models.joined(separator: ", ")
      log.fault(
        printer.location(of: "model"), "no printer model has the id “\(model)”", "write one of: \(known)",
        zh: "没有打印机型号“\(model)”：请写其中之一：\(known)")
      return nil
    }
    return SetupAnswers.Kiosk(name: name, printer: .device(device, model: model))
  }

  /// A list of people, or the path of a table.
  package func staff() -> [SetupAnswers.Member]? {
    let key = SetupKey.staff.rawValue
    if case .scalar? = table.node(key)?.content {
      guard let path = table.text(key, atMost: 1000) else { return nil }
      return StaffTable.load(path.hasPrefix("/") ? path : folder + path, log)
    }
    let before = log.faults.count
    let rows = table.tables(key, required: true, atMost: StaffTable.mostPeople).map { entry in
      defer { entry.refuseUnknown() }
      return StaffTable.Row(
        badge: entry.text("badge", atMost: 40), name: entry.text("name", atMost: 200), role: entry.text("role"),
        location: entry.location)
    }
    guard log.faults.count == before else { return nil }
    return StaffTable.members(rows, at: table.location(of: key), log)
  }

  package func catalogue() -> SetupAnswers.Catalogue? {
    let key = SetupKey.catalogue.rawValue
    guard table.node(key) != nil else { return .packaged }
    guard let path = table.text(key, atMost: 1000) else { return nil }
    return path == "packaged" ? .packaged : .file(path.hasPrefix("/") ? path : folder + path)
  }

  /// Nil for `none`, and where there is a fault.
  package func certificates() -> String? {
    let key = SetupKey.certificates.rawValue
    guard let text = table.text(key, required: false, atMost: 100), text != "none" else { return nil }
    guard DoorSettings.isAddress(text) else {
      log.fault(
        table.location(of: key), "`certificates` is “\(text)”",
        "write this machine's address in the hall's network, such as 192.168.1.10, or none",
        zh: "地址“\(text)”不对：写本机在大厅网络里的地址，如 192.168.1.10；没有写 none")
      return nil
    }
    return text
  }

  /// Nil for `none`, and where there is a fault.
  package func backup() -> SetupAnswers.Backup? {
    let key = SetupKey.backup.rawValue
    if case .scalar("none", _)? = table.node(key)?.content { return nil }
    guard let section = table.table(key, required: false) else { return nil }
    defer { section.refuseUnknown() }
    let target = section.text("target", atMost: 1000)
    guard let recipient = section.text("recipient"), let target else { return nil }
    let isTarget = ["/", "stick:", "sftp://"].contains(where: target.hasPrefix)
    if !isTarget {
      log.fault(
        section.location(of: "target"), "`target` is “\(target)”",
        "write a folder's path, stick:LABEL, or sftp://USER@HOST/FOLDER",
        zh: "备份去处（target）是“\(target)”：写文件夹路径、stick:卷标（U 盘）或 sftp://用户@主机/文件夹")
    }
    let backup = SetupAnswers.Backup(recipient: recipient, target: isTarget ? target : "/srv/backup")
    // Checked by the same parser as the backup's own file.
    for fault in BackupSettings.parse(backup.text, file: "").faults {
      let location = section.location(of: fault.line == 2 ? "recipient" : "target")
      log.fault(location, fault.what, fault.remedy, zh: fault.chinese)
    }
    return backup
  }
}
