package import YAMLDocuments

/// `backup.yaml`: for whom archives are encrypted, where they go, and how many stay.
package struct BackupSettings: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// An absolute path.
    case folder(String)
    /// The label of a file system.
    case stick(label: String)
    case sftp(account: String, path: String, port: Int)
  }

  package let recipient: String
  package let targets: [Target]
  package let keep: KeepRule

  package static func load(_ path: String) -> Loaded<BackupSettings> {
    let log = FaultLog()
    return Loaded(BoundedFile.text(path, log).flatMap { settings($0, file: path, log) }, log, first: path)
  }

  package static func parse(_ text: String, file: String) -> Loaded<BackupSettings> {
    let log = FaultLog()
    return Loaded(settings(text, file: file, log), log, first: file)
  }

  private static func settings(_ text: String, file: String, _ log: FaultLog) -> BackupSettings? {
    guard let root = YAMLNode.document(text, file: file, log), let top = YAMLTable(root, "the file", log) else {
      return nil
    }
    let recipient = recipient(top)
    let targets = top.tables("targets", required: true, atMost: 8).compactMap(target)
    if top.list("targets")?.isEmpty == true {
      log.fault(
        top.location(of: "targets"), "no target is named", "write one: - folder: /srv/backup",
        zh: "没有写放到哪里：写一个，如 - folder: /srv/backup")
    }
    var keep = KeepRule()
    if let table = top.table("keep", required: false) {
      keep = KeepRule(
        daily: table.integer("daily", in: 1...366) ?? keep.daily,
        weekly: table.integer("weekly", in: 1...366) ?? keep.weekly,
        monthly: table.integer("monthly", in: 1...366) ?? keep.monthly)
      table.refuseUnknown()
    }
    top.refuseUnknown()
    guard let recipient else { return nil }
    return BackupSettings(recipient: recipient, targets: targets, keep: keep)
  }

  private static func recipient(_ top: YAMLTable) -> String? {
    guard let text = top.text("recipient") else { return nil }
    let location = top.location(of: "recipient")
    if text.uppercased().hasPrefix("AGE-SECRET-KEY") {
      top.log.fault(
        location, "this is the private key", "write the public one (age1…); the private one stays in the office's safe",
        zh: "这是私钥：这里写公钥（age1 开头）；私钥锁在办公室保险柜里，不放在这台机器上")
      return nil
    }
    // Bech32 (BIP 173): 32 bytes are 52 characters, and six check it.
    let alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8
    guard text.hasPrefix("age1"), text.utf8.count == 62, text.utf8.dropFirst(4).allSatisfy(alphabet.contains) else {
      top.log.fault(
        location, "“\(text.prefix(80))” is no recipient of age", "make one: yichuangctl backup keygen FILE",
        zh: "“\(text.prefix(80))”不是 age 的公钥：用 yichuangctl backup keygen 文件名 生成一对")
      return nil
    }
    return text
  }

  private static func target(_ entry: YAMLTable) -> Target? {
    defer { entry.refuseUnknown() }
    let folder = entry.text("folder", required: false, atMost: 400)
    let stick = entry.text("stick", required: false, atMost: 32)
    let sftp = entry.text("sftp", required: false, atMost: 400)
    let port = entry.integer("port", in: 1...65535)
    guard [folder, stick, sftp].count(where: { $0 != nil }) == 1 else {
      entry.log.fault(
        entry.location, "a target is one of folder, stick and sftp",
        "write one: folder: /srv/backup, stick: HALL, or sftp: hall@10.1.2.3:/backup",
        zh: "每个位置写 folder、stick、sftp 之一：folder: /srv/backup，stick: HALL，或 sftp: hall@10.1.2.3:/backup")
      return nil
    }
    if let folder { return local(folder, entry) }
    if let stick { return labelled(stick, entry) }
    return sftp.flatMap { remote($0, port ?? 22, entry) }
  }

  private static func local(_ folder: String, _ entry: YAMLTable) -> Target? {
    if folder.hasPrefix("/"), folder != "/" {
      return .folder(folder.hasSuffix("/") ? String(folder.dropLast()) : folder)
    }
    entry.log.fault(
      entry.location(of: "folder"), "the folder “\(folder)”", "write its whole path, such as /srv/backup",
      zh: "文件夹“\(folder)”：写完整路径，如 /srv/backup")
    return nil
  }

  private static func labelled(_ stick: String, _ entry: YAMLTable) -> Target? {
    if isPlain(stick, also: "_-. "), !stick.hasPrefix("-") { return .stick(label: stick) }
    entry.log.fault(
      entry.location(of: "stick"), "the label “\(stick)”",
      "write the stick's label: letters, digits, _ and - (lsblk -o LABEL)",
      zh: "卷标“\(stick)”：写 U 盘的卷标，字母、数字、_ 和 -（lsblk -o LABEL 查看）")
    return nil
  }

  private static func remote(_ text: String, _ port: Int, _ entry: YAMLTable) -> Target? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let account = parts.first?.split(separator: "@", omittingEmptySubsequences: false) ?? []
    if parts.count == 2, account.count == 2,
      account.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") && isPlain(String($0), also: "_-.") }),
      parts[1].hasPrefix("/"), isPlain(parts[1], also: "/_-.")
    {
      return .sftp(
        account: parts[0], path: parts[1].hasSuffix("/") ? String(parts[1].dropLast()) : parts[1], port: port)
    }
    entry.log.fault(
      entry.location(of: "sftp"), "“\(text)” is no place of SFTP",
      "write it as hall@10.1.2.3:/backup/anju, the path in letters and digits",
      zh: "“\(text)”不对：写成 hall@10.1.2.3:/backup/anju，路径只用字母、数字")
    return nil
  }

  private static func isPlain(_ text: String, also others: String) -> Bool {
    text.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || others.utf8.contains(byte)
    }
  }
}

extension BackupSettings.Target: CustomStringConvertible {
  /// As it is written in the file.
  package var description: String {
    switch self {
    case .folder(let path): "folder \(path)"
    case .stick(let label): "stick \(label)"
    case .sftp(let account, let path, _): "sftp \(account):\(path)"
    }
  }
}
