import CatalogueFiles
import Hall
import Settings

/// The configuration that answers make of the present one.
///
/// Sections that do not change keep their text. Of a section that changes, keys that setup does not ask for stay.
package struct ConfigurationDraft {
  /// What a first configuration needs beside the answers.
  package struct Installation: Sendable {
    /// The secret of the board's link.
    package let boardToken: String
    package let catalogue: String
    /// The folder of holidays.yaml, divisions.csv and pinyin.tsv.
    package let reference: String
    /// `127.0.0.1:7310` and so on; nil for those that the configuration has.
    package let listeners: (kiosk: String, hall: String)?
    /// Where CUPS listens for printers that are set up now; nil for the system's.
    package let printServer: String?

    package init(
      boardToken: String, catalogue: String, reference: String, listeners: (kiosk: String, hall: String)? = nil,
      printServer: String? = nil
    ) {
      self.boardToken = boardToken
      self.catalogue = catalogue
      self.reference = reference
      self.listeners = listeners
      self.printServer = printServer
    }
  }

  package private(set) var text = ""
  /// Names of the sections that differ from the present ones.
  package private(set) var changed: [String] = []
  /// Badges of people who are in the present configuration and no longer in the answers.
  package private(set) var removedStaff: [String] = []
  /// The answer from which a line of the text comes.
  private var origins: [Int: SetupKey] = [:]

  private let present: PresentConfiguration?
  private let answers: SetupAnswers

  /// The badges of the answers that have no secret yet.
  package static func newStaff(_ answers: SetupAnswers, _ present: PresentConfiguration?) -> [SetupAnswers.Member] {
    let known = Set(present?.staff.map(\.badge) ?? [])
    return answers.staff.filter { !known.contains($0.badge) }
  }

  /// - Parameter hashes: by badge, for every member of `newStaff`.
  package init(
    _ present: PresentConfiguration?, _ answers: SetupAnswers, hashes: [String: String], _ installation: Installation
  ) {
    self.present = present
    self.answers = answers
    var wanted: [(key: String, value: YAMLText)] = []
    wanted.append((key: "hall", value: hall()))
    var plan = WindowPlan(present)
    plan.change(to: answers.windows)
    wanted.append((key: "lanes", value: .list(plan.lanes)))
    wanted.append((key: "windows", value: .list(plan.windows)))
    wanted.append((key: "opening", value: OpeningPlan.section(present, answers.hours)))
    wanted.append((key: "kiosks", value: kiosks(installation.printServer)))
    if answers.readers, present?.hasReaders != true {
      wanted.append((key: "readers", value: .table([(key: "keyboards", value: .list([]))], row: 0)))
    }
    wanted.append((key: "staff", value: staff(hashes)))
    if present?.value("board") == nil {
      wanted.append((key: "board", value: .table([(key: "token", value: .text(installation.boardToken))], row: 0)))
    }
    if let listeners = installation.listeners {
      var section = present?.value("listeners") ?? .empty
      section["kiosk"] = .text(listeners.kiosk)
      section["hall"] = .text(listeners.hall)
      wanted.append((key: "listeners", value: section))
    }
    if let address = answers.certificateAddress {
      wanted.append((key: "door", value: DoorPlan.section(present, address)))
    }
    wanted.append((key: "files", value: files(installation)))
    let known = Set(present?.staff.map(\.badge) ?? [])
    removedStaff = known.subtracting(answers.staff.map(\.badge)).sorted()
    write(wanted)
  }

  /// The answer of a line of the text; nil for what was there before.
  package func origin(ofLine line: Int) -> SetupKey? { origins[line] }

  // MARK: Sections

  private func hall() -> YAMLText {
    var section = present?.value("hall") ?? .empty
    if section["division"]?.scalar != answers.division.code { section["name"] = nil }
    section["division"] = .text(answers.division.code)
    section["level"] = .text("town")
    section["address"] = .text(answers.address)
    let keepsHours = answers.hoursText == nil && present?.hours == answers.hours && section["hours_text"] != nil
    if !keepsHours { section["hours_text"] = .text(answers.hoursInWords) }
    section["consult_phone"] = .text(answers.consultPhone)
    section["supervise_phone"] = .text(answers.supervisePhone)
    return section
  }

  private func kiosks(_ server: String?) -> YAMLText {
    let there = present?.value("kiosks")?.entries ?? []
    return .list(
      answers.kiosks.enumerated().map { index, kiosk in
        var entry = there.indices.contains(index) ? there[index] : .empty
        let id = Self.kioskID(index, present)
        if entry["id"] == nil { entry["id"] = .text(id) }
        if let name = kiosk.name { entry["name"] = .text(name) }
        switch kiosk.printer {
        case .none: entry["printer"] = .text("none")
        case .asItIs: if entry["printer"] == nil { entry["printer"] = .text("none") }
        case .device(_, let model):
          var printer = entry["printer"] ?? .empty
          if printer["queue"] == nil { printer = .table([(key: "queue", value: .text(id))], row: 0) }
          printer["server"] = server.map(YAMLText.text)
          printer["paper_mm"] = nil
          printer["model"] = .text(model)
          entry["printer"] = printer
        }
        return entry
      })
  }

  /// The id of the kiosk at an index of the list: its own, or the next free one.
  package static func kioskID(_ index: Int, _ present: PresentConfiguration?) -> String {
    let there = present?.value("kiosks")?.entries ?? []
    if there.indices.contains(index), let id = there[index]["id"]?.scalar { return id }
    let taken = Set(there.compactMap { $0["id"]?.scalar })
    let free = (index + 1...index + 9).map { "kiosk-\($0)" }.first { !taken.contains($0) }
    return free ?? "kiosk-\(index + 1)"
  }

  /// The queue of CUPS that a printer of this kiosk has or gets.
  package static func queue(ofKiosk index: Int, _ present: PresentConfiguration?) -> String {
    let queues = present?.kioskQueues ?? []
    return (queues.indices.contains(index) ? queues[index] : nil) ?? kioskID(index, present)
  }

  private func staff(_ hashes: [String: String]) -> YAMLText {
    let there = present?.value("staff")?.entries ?? []
    return .list(
      answers.staff.map { member in
        var entry = there.first { $0["badge"]?.scalar == member.badge } ?? .empty
        entry["badge"] = .text(member.badge)
        entry["name"] = .text(member.name)
        entry["role"] = .text(member.role.rawValue)
        if entry["secret_hash"] == nil {
          entry["secret_hash"] = .text(hashes[member.badge] ?? "")
          // Whoever set the hall up has seen the secret, so its owner has to change it.
          entry["first_secret"] = .plain("true")
        }
        return entry
      })
  }

  private func files(_ installation: Installation) -> YAMLText {
    var section = present?.value("files") ?? .empty
    if section["catalogue"] == nil || answers.catalogue != .packaged {
      section["catalogue"] = .text(installation.catalogue)
    }
    for (key, file) in [("holidays", "holidays.yaml"), ("divisions", "divisions.csv"), ("pinyin", "pinyin.tsv")]
    where section[key] == nil {
      section[key] = .text("\(installation.reference)/\(file)")
    }
    return section
  }

  // MARK: The text

  private mutating func write(_ wanted: [(key: String, value: YAMLText)]) {
    let values = Dictionary(wanted.map { ($0.key, $0.value) }) { first, _ in first }
    text = present.map(\.head) ?? SectionWords.head
    for section in present?.sections ?? [] {
      if let value = values[section.key], !value.says(section.value) {
        add(section.key, value)
      } else if let source = section.source {
        text += source
      } else {
        add(section.key, section.value, isChange: false)
      }
    }
    for section in wanted where present?.value(section.key) == nil { add(section.key, section.value) }
  }

  private mutating func add(_ key: String, _ value: YAMLText, isChange: Bool = true) {
    if isChange { changed.append(key) }
    text += "\n" + (SectionWords.of[key].map { "# \($0)\n" } ?? "")
    let first = text.utf8.count { $0 == 0x0A }
    let written = YAMLText.table([(key: key, value: value)], row: 0).written()
    for (index, line) in written.lines.enumerated() {
      if let origin = SectionWords.origin(key, line.key) { origins[first + index + 1] = origin }
    }
    text += written.text
  }
}

/// The comments above the sections that setup writes, and the answers from which each section is made.
enum SectionWords {
  static let head = """
    # One hall, written by `yichuangctl setup`; run it again to change what it asks. By hand: `yichuangd --check` says every fault with its
    # line, `systemctl reload yichuangd` takes a change into use. All keys: /usr/share/doc/yichuang/examples/yichuang.yaml.
    # 本文件由 yichuangctl setup 写成，要改再运行一次；手改以后先 yichuangd --check，再 systemctl reload yichuangd。

    """

  static let of = [
    "hall": "大厅 The hall; its name follows from division and level.",
    "lanes": "队列 The lanes; a letter begins the numbers of its lane.",
    "windows": "窗口 The windows, each with the lanes that it serves, the first one first.",
    "opening": "开放时间 Sessions by weekday.",
    "kiosks": "取号机 The kiosks and their printers.",
    "readers": "读卡器和扫码器 Card readers and scanners are looked for.",
    "staff": "人员 Who may sign in. Secrets do not stand here, only their hashes.",
    "board": "大屏 The secret in the link of boards.",
    "door": "入口 The address of consoles and boards on other machines.",
    "listeners": "监听地址 This machine only.",
    "files": "其他文件 Other files.",
  ]

  static func origin(_ section: String, _ key: String?) -> SetupKey? {
    switch (section, key) {
    case ("hall", "division"), ("hall", "level"), ("hall", "name"): .division
    case ("hall", let key?): SetupKey(rawValue: key)
    case ("lanes", _), ("windows", _): .windows
    case ("opening", _): .hours
    case ("kiosks", _): .kiosks
    case ("staff", _): .staff
    case ("files", "catalogue"): .catalogue
    case ("door", _): .certificates
    default: nil
    }
  }
}
