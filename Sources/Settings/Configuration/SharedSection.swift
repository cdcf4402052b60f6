import YAMLDocuments

/// How this machine reaches the journal that the hall's machines share (several machines, one hall).
package struct SharedSettings: Hashable, Sendable {
  /// The folder with what a machine gets when it joins: `ca.crt` and `password`.
  package static let usualFolder = "/etc/yichuang/shared"
  package static let usualDatabase = "yichuang"
  package static let usualPort = 5432

  /// A host of the journal's server: a name, an address, or the folder of a Unix socket.
  package struct JournalHost: Hashable, Sendable {
    package let address: String
    package let port: Int

    /// A Unix socket does not leave the machine.
    package var isLocal: Bool { address.hasPrefix("/") }
  }

  /// This machine's name in the hall, as the `machine` of its kiosks has it.
  package let machine: String
  /// In the order of the file, 1...4.
  package let hosts: [JournalHost]
  package let database: String
  package let folder: String
  /// The addresses of all machines' doors, as browsers show them. A page whose machine is cut off continues at another one.
  package let doors: [String]

  /// This machine's role in the database.
  package var role: String { Self.role(of: machine) }
  /// The hall's own CA, which signs the server's certificate.
  package var authority: String { folder + "/ca.crt" }
  package var passwordFile: String { folder + "/password" }

  /// The role of a machine in the database: `yc_back_office` of `back-office`.
  package static func role(of machine: String) -> String {
    "yc_" + String(machine.map { $0 == "-" ? "_" : $0 })
  }

  /// The name of a machine in the words of people, from its role.
  package static func machine(of role: String) -> String {
    (role.hasPrefix("yc_") ? String(role.dropFirst(3)) : role).replacing("_", with: "-")
  }

  /// Whether a machine can have this name: 1...24 small letters, digits and hyphens.
  package static func isName(_ text: String) -> Bool {
    (1...24).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
      && !["owner", "machine"].contains(text)
  }
}

/// `shared:` the journal of a hall with several machines.
struct SharedSection {
  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// nil without the section, or with a fault in it.
  ///
  /// - Parameter kiosks: each has to say at which machine it stands.
  func read(kiosks: () -> [YAMLTable]) -> SharedSettings? {
    guard let section = top.table("shared", required: false) else { return nil }
    defer { section.refuseUnknown() }
    let machine = section.text("machine", atMost: 64).flatMap { name(section, "machine", $0) }
    let hosts = hosts(section)
    let database = section.text("database", required: false, atMost: 40) ?? SharedSettings.usualDatabase
    let folder = section.text("folder", required: false, atMost: 200) ?? SharedSettings.usualFolder
    let doors = doors(section)
    let isPlain = database.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
    if !isPlain {
      log.fault(
        section.location(of: "database"), "the database “\(database)”", "write small letters, digits and _",
        zh: "数据库名“\(database)”不对：只用小写字母、数字和下划线")
    }
    if !folder.hasPrefix("/") {
      log.fault(
        section.location(of: "folder"), "`folder` is “\(folder)”", "write a path from /",
        zh: "folder 是“\(folder)”：写从 / 开始的路径")
    }
    for kiosk in kiosks() where kiosk.node("machine") == nil {
      log.fault(
        kiosk.location, "the kiosk does not say at which machine it stands",
        "write `machine: NAME`: only that machine prints its slips",
        zh: "没有写这台取号机在哪台机器上：写 machine: 机器名，它的小票只由那台机器打印")
    }
    guard let machine, let hosts, isPlain, folder.hasPrefix("/") else { return nil }
    return SharedSettings(machine: machine, hosts: hosts, database: database, folder: folder, doors: doors)
  }

  /// `machine` of a kiosk.
  static func machine(_ kiosk: YAMLTable) -> String? {
    guard let text = kiosk.text("machine", required: false, atMost: 64) else { return nil }
    return name(kiosk, "machine", text)
  }

  private static func name(_ table: YAMLTable, _ key: String, _ text: String) -> String? {
    guard SharedSettings.isName(text) else {
      table.log.fault(
        table.location(of: key), "the machine “\(text)”",
        "write at most 24 small letters, digits and hyphens, such as back-office",
        zh: "机器名“\(text)”不对：最多 24 个小写字母、数字和连字符，如 back-office")
      return nil
    }
    return text
  }

  private func name(_ table: YAMLTable, _ key: String, _ text: String) -> String? { Self.name(table, key, text) }

  private func hosts(_ section: YAMLTable) -> [SharedSettings.JournalHost]? {
    guard let nodes = section.list("hosts", required: true, atMost: 4) else { return nil }
    var found: [SharedSettings.JournalHost] = []
    for node in nodes {
      guard let text = YAMLTable.text(node, "hosts", atMost: 200, log) else { return nil }
      guard let host = Self.host(text) else {
        log.fault(
          node.location, "the host “\(text)”", "write an address with or without a port, such as '192.168.1.10:5432'",
          zh: "主机“\(text)”不对：写地址，可以带端口，如 '192.168.1.10:5432'")
        return nil
      }
      if found.contains(host) {
        log.fault(node.location, "the host \(text) stands here twice", "keep it once", zh: "主机 \(text) 写了两次：留一个")
      } else {
        found.append(host)
      }
    }
    if found.isEmpty {
      log.fault(
        section.location(of: "hosts"), "the shared journal has no host", "write one, or take `shared` out",
        zh: "共用账本没有写主机（hosts）：写一个，或去掉 shared 一节")
    }
    return found.isEmpty ? nil : found
  }

  /// `address`, `address:port`, `/folder` or `/folder:port`.
  static func host(_ text: String) -> SharedSettings.JournalHost? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    let address = String(parts[0])
    guard let port = parts.count == 2 ? Int(parts[1]) : SharedSettings.usualPort, (1...65_535).contains(port) else {
      return nil
    }
    let isFolder = address.hasPrefix("/") && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2C }
    guard isFolder || DoorSection.isAddress(address) || DoorSection.isName(address.lowercased()) else { return nil }
    return SharedSettings.JournalHost(address: address, port: port)
  }

  private func doors(_ section: YAMLTable) -> [String] {
    (section.list("doors", atMost: 8) ?? []).compactMap { node in
      guard let text = YAMLTable.text(node, "doors", atMost: 200, log) else { return nil }
      guard let (host, port) = DoorSection.origin(text) else {
        log.fault(
          node.location, "the door “\(text)”", "write it as a browser shows it, such as 'https://192.168.1.11:7443'",
          zh: "入口地址“\(text)”不对：照浏览器里的样子写，如 'https://192.168.1.11:7443'")
        return nil
      }
      return "https://" + (port == 443 ? host : "\(host):\(port)")
    }
  }
}
