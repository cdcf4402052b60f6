import Groundwork
import PrinterProtocols
import YAMLDocuments

/// `kiosks`, `board`, `listeners`, `speech`: the hall's devices and listeners.
struct DeviceSection {
  private let top: YAMLTable
  private let models: PrinterModelStore
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable, models: PrinterModelStore) {
    self.top = top
    self.models = models
  }

  func kiosks() -> [KioskSettings] {
    var ids: Set<String> = []
    var names: Set<String> = []
    var queues: [String: String] = [:]
    let entries = top.tables("kiosks", required: true, atMost: 8)
    return entries.enumerated().compactMap { index, entry in
      defer { entry.refuseUnknown() }
      let id = id(entry)
      let name = entry.text("name", required: false, atMost: 12) ?? (entries.count == 1 ? "取号机" : "\(index + 1)号取号机")
      if !names.insert(name).inserted {
        log.fault(
          entry.location(of: "name"), "two kiosks have the name \(name)", "give each its own, by where it stands",
          zh: "两台取号机都叫“\(name)”：各取一个名字，按摆放的位置叫")
      }
      let printer = printer(entry)
      let secret = pageSecret(entry)
      guard let id else { return nil }
      if !ids.insert(id).inserted {
        log.fault(
          entry.location(of: "id"), "two kiosks have the id \(id)", "give each its own",
          zh: "两台取号机的编号都是 \(id)：各写一个")
      }
      if let printer {
        let queue = printer.queue + "@" + (printer.server ?? "")
        if let other = queues.updateValue(id, forKey: queue), other != id {
          log.fault(
            entry.location(of: "printer"), "the kiosks \(other) and \(id) share the queue \(printer.queue)",
            "give each kiosk its own printer: a slip comes out where it was touched",
            zh: "取号机 \(other) 和 \(id) 共用打印队列 \(printer.queue)：每台取号机配自己的打印机，小票要从触摸的那一台出来")
        }
      }
      let machine = SharedSection.machine(entry)
      return KioskSettings(id: id, name: name, printer: printer, pageSecret: secret, machine: machine)
    }
  }

  private func id(_ entry: YAMLTable) -> String? {
    guard let id = entry.text("id", atMost: 32) else { return nil }
    guard id.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }) else {
      log.fault(
        entry.location(of: "id"), "the id “\(id)”", "write small letters, digits and hyphens, such as kiosk-1",
        zh: "取号机编号“\(id)”不对：只用小写字母、数字和连字符，如 kiosk-1")
      return nil
    }
    return id
  }

  private func pageSecret(_ entry: YAMLTable) -> String? {
    guard let secret = entry.secret("page_secret", required: false, atMost: 128, of: entry.text("id", required: false))
    else { return nil }
    let remedy =
      "write 16 or more letters and digits of your own (openssl rand -hex 16), and open the page with #key= and the same"
    if secret.utf8.count < 16 || !secret.utf8.allSatisfy(Self.isLetterOrDigit) {
      log.fault(
        entry.location(of: "page_secret"), "the page's secret is too short or not plain", remedy,
        zh: "页面口令太短，或有字母数字以外的字符：自己写 16 位以上字母和数字（openssl rand -hex 16），打开页面时网址后加 #key= 和同一口令")
    }
    return secret
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// A table, or the word `none`, so that a missing printer is stated and not forgotten.
  func printer(_ entry: YAMLTable, _ key: String = "printer") -> PrinterSettings? {
    let remedy = "write `printer: {queue: NAME, model: ID}` or `printer: none`"
    guard let node = entry.node(key) else {
      log.fault(
        entry.location(of: "printer"), "`printer` is missing", remedy,
        zh: "没有写打印机（printer）：写 printer: {queue: 队列名, model: 型号}，没有打印机就写 printer: none")
      return nil
    }
    if case .scalar("none", _) = node.content { return nil }
    guard let table = YAMLTable(node, "`\(key)`", log) else { return nil }
    defer { table.refuseUnknown() }
    let queue = table.text("queue", atMost: 127)
    let server = table.text("server", required: false)
    let model = model(table)
    // CUPS forbids these in names; a slash would change the path on the server.
    if let queue, queue.contains(where: { "/\\?#'\" ".contains($0) }) {
      log.fault(
        table.location(of: "queue"), "the queue “\(queue)”", "write the name that `lpstat -p` shows",
        zh: "打印队列名“\(queue)”不对：写 lpstat -p 列出的名字")
    }
    let tickets = table.flag("tickets")
    if let tickets, !tickets, model?.isSheet == false {
      log.fault(
        table.location(of: "tickets"), "a slip printer that prints no tickets",
        "take `tickets` out: it is for A4 printers",
        zh: "小票打印机写了不打排队号：去掉 tickets，这一项只用于 A4 打印机")
    }
    guard let queue, let model else { return nil }
    return PrinterSettings(
      queue: queue, server: server, model: model, printsTickets: tickets ?? !model.isSheet)
  }

  /// The model by its id, or the generic one of the paper's width; if both are given they must agree.
  private func model(_ table: YAMLTable) -> PrinterModel? {
    let named = table.node("model") == nil ? nil : table.text("model", atMost: 200)
    let paper = table.integer("paper_mm", in: 58...80)
    if let paper, paper != 58, paper != 80 {
      log.fault(
        table.location(of: "paper_mm"), "`paper_mm` is \(paper)", "write 80 or 58",
        zh: "纸宽（paper_mm）是 \(paper)：写 80 或 58")
      return nil
    }
    guard let id = named ?? paper.map(PrinterModelStore.generic) else {
      if table.node("model") == nil, table.node("paper_mm") == nil {
        log.fault(
          table.location, "`model` is missing", "write `model: ID`, one of: \(known)",
          zh: "没有写打印机型号（model）：写 model: 型号，请写其中之一：\(known)")
      }
      return nil
    }
    guard let model = models[id] else {
      log.fault(
        table.location(of: named == nil ? "paper_mm" : "model"), "no printer model has the id “\(id)”",
        known.isEmpty ? "check the folder of printer models" : "write one of: \(known)",
        zh: "没有打印机型号“\(id)”：\(known.isEmpty ? "检查打印机型号的文件夹" : "请写其中之一：\(known)")")
      return nil
    }
    if let paper, paper != model.paperMillimetres {
      log.fault(
        table.location(of: "paper_mm"), "`paper_mm` is \(paper), but \(id) prints on \(model.paperMillimetres) mm",
        "take `paper_mm` out, or name the model that is there",
        zh: "纸宽（paper_mm）写的是 \(paper)，\(id) 用的却是 \(model.paperMillimetres) 毫米纸：去掉 paper_mm，或写实际的型号")
    }
    return model
  }

  private var known: String { models.ids.joined(separator: ", ") }

  func boardToken() -> String? {
    guard let board = top.table("board") else { return nil }
    defer { board.refuseUnknown() }
    guard let token = board.secret("token") else { return nil }
    check(token, of: board, "the board's token", "大屏口令（token）")
    return token
  }

  /// `monitoring:` the bearer token with which monitoring from elsewhere reads `/metrics` and `/readyz` in full.
  func monitoringToken() -> String? {
    guard let section = top.table("monitoring", required: false) else { return nil }
    defer { section.refuseUnknown() }
    guard let token = section.secret("token") else { return nil }
    check(token, of: section, "the monitoring token", "监测口令（token）")
    return token
  }

  private func check(_ token: String, of section: YAMLTable, _ what: String, _ chinese: String) {
    let remedy = "write 16 or more letters and digits of your own (openssl rand -hex 16)"
    if token.utf8.count < 16 || !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      log.fault(
        section.location(of: "token"), "\(what) is too short or not plain", remedy,
        zh: "\(chinese)太短，或有不能用的字符：自己写 16 位以上字母和数字（openssl rand -hex 16）")
    } else if token.hasPrefix("CHANGE-ME") {
      log.fault(
        section.location(of: "token"), "\(what) is the example's", remedy,
        zh: "\(chinese)还是样例里的：自己写 16 位以上字母和数字（openssl rand -hex 16）")
    }
  }

  func listeners() -> (kiosk: Endpoint, hall: Endpoint, publicAddress: String?)? {
    var kiosk: Endpoint? = Endpoint(host: "127.0.0.1", port: 7310)
    var hall: Endpoint? = Endpoint(host: "127.0.0.1", port: 7311)
    guard let table = top.table("listeners", required: false) else {
      return kiosk.flatMap { k in hall.map { (k, $0, nil) } }
    }
    defer { table.refuseUnknown() }
    if table.node("kiosk") != nil { kiosk = endpoint(table, "kiosk") }
    if table.node("hall") != nil { hall = endpoint(table, "hall") }
    let publicAddress = publicAddress(table)
    guard let kiosk, let hall else { return nil }
    if kiosk == hall {
      log.fault(
        table.location(of: "hall"), "both listeners are at \(hall)", "give each its own port",
        zh: "两个监听地址都是 \(hall)：各用一个端口")
    }
    return (kiosk: kiosk, hall: hall, publicAddress: publicAddress)
  }

  /// `https://hall.example.gov.cn`: the address under which a TLS proxy of this machine shows the hall listener.
  private func publicAddress(_ table: YAMLTable) -> String? {
    guard let text = table.text("public_address", required: false, atMost: 200) else { return nil }
    let parts =
      text.hasPrefix("https://") ? text.dropFirst(8).split(separator: ":", omittingEmptySubsequences: false) : []
    let isName = parts.first.map { name in
      !name.isEmpty
        && name.utf8.allSatisfy { Self.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
    let port = parts.count == 2 ? Int(parts[1]) : 443
    guard isName == true, parts.count < 3, let port, (1...65_535).contains(port) else {
      log.fault(
        table.location(of: "public_address"), "`public_address` is “\(text)”",
        "write the address in front as a browser shows it, such as 'https://hall.example.gov.cn', without a path",
        zh: "对外地址（public_address）是“\(text)”：写浏览器里显示的地址，如 'https://hall.example.gov.cn'，后面不带路径")
      return nil
    }
    return port == 443 ? String(parts[0]) : "\(parts[0]):\(port)"
  }

  /// The endpoint, or the usual one where it is left out or has a fault.
  func endpoint(_ table: YAMLTable, _ key: String, usual: Endpoint) -> Endpoint {
    table.node(key) == nil ? usual : endpoint(table, key) ?? usual
  }

  private func endpoint(_ table: YAMLTable, _ key: String) -> Endpoint? {
    guard let text = table.text(key, atMost: 60) else { return nil }
    if let endpoint = Endpoint(loopback: text) { return endpoint }
    log.fault(
      table.location(of: key), "`\(key)` is “\(text)”",
      "write a loopback address and a port, such as '127.0.0.1:7310'; other machines come by the door (`door`)",
      zh: "监听地址（\(key)）是“\(text)”：写本机回环地址和端口，如 '127.0.0.1:7310'；别的电脑走加密入口（door 一节）")
    return nil
  }

  func speech(relativeTo folder: String) -> SpeechSettings {
    guard let table = top.table("speech", required: false) else { return SpeechSettings() }
    defer { table.refuseUnknown() }
    let clips = table.text("clips", required: false, atMost: 1000)
    return SpeechSettings(
      clips: clips.map { $0.hasPrefix("/") ? $0 : folder + $0 }, volume: table.integer("volume", in: 0...100) ?? 100,
      hours: volumeHours(table))
  }

  private func volumeHours(_ table: YAMLTable) -> [VolumeHours] {
    var hours: [VolumeHours] = []
    for entry in table.tables("volume_by_hour", atMost: 24) {
      defer { entry.refuseUnknown() }
      let from = time(entry, "from")
      let to = time(entry, "to")
      let percent = entry.integer("percent", in: 0...100, required: true)
      guard let from, let to, let percent else { continue }
      if from >= to {
        log.fault(
          entry.location(of: "to"), "the hours end before they begin", "write from before to, both of one day",
          zh: "结束时间不晚于开始时间：from 写在前、to 写在后，都在同一天")
      } else if let last = hours.last, from < last.to {
        log.fault(
          entry.location(of: "from"), "the hours begin before those before them end", "write them in order, apart",
          zh: "时段与前一个重叠：按先后写，不要重叠")
      }
      hours.append(VolumeHours(from: from, to: to, percent: percent))
    }
    return hours
  }

  private func time(_ entry: YAMLTable, _ key: String) -> CivilTime? {
    guard let text = entry.text(key, atMost: 5) else { return nil }
    guard let time = CivilTime(text) else {
      log.fault(
        entry.location(of: key), "`\(key)` is “\(text)”", "write 'HH:MM'",
        zh: "“\(key)”是“\(text)”：写成 'HH:MM'，如 '09:00'")
      return nil
    }
    return time
  }
}
