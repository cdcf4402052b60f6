import Groundwork
package import Hall
package import Ports
import YAMLDocuments

/// The addresses, folder and printer of a training (演练): `yichuangd --training`.
package struct TrainingSettings: Hashable, Sendable {
  package let kioskListener: Endpoint
  package let hallListener: Endpoint
  /// Nil for the folder beside the hall's own, with `-training` behind its name.
  package let stateFolder: String?
  /// The longest training, in minutes.
  package let minutes: Int
  /// The queue of the first kiosk's slips; nil shows all slips on a page and prints none.
  package let printer: PrinterSettings?
  /// The port at which the hall's door shows a training to other computers; nil where it does not.
  package internal(set) var doorPort: Int?
  /// The hall's own hours, which end a training.
  package internal(set) var hours = OpeningHours.always

  static let kioskPort = 7320
  static let hallPort = 7321
  static let usualMinutes = 180
  /// A host of its own, because browsers keep cookies for a host and not for its port.
  static let host = "127.0.0.2"

  package static let usual = TrainingSettings(
    kioskListener: Endpoint(host: host, port: kioskPort), hallListener: Endpoint(host: host, port: hallPort),
    stateFolder: nil, minutes: usualMinutes, printer: nil)

  /// The folder of a training's state, where the hall's own is `folder`.
  package func stateFolder(beside folder: String) -> String {
    stateFolder ?? (folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder) + "-training"
  }
}

/// `training:` addresses, folder and printer of a training, none of them the hall's.
struct TrainingSection {
  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// - Parameters:
  ///   - devices: reads a printer.
  ///   - kiosks, listeners, door: what the hall itself has.
  func read(
    _ devices: DeviceSection, kiosks: [KioskSettings], listeners: [Endpoint], door: DoorSettings?
  ) -> TrainingSettings {
    guard let section = top.table("training", required: false) else { return .usual }
    defer { section.refuseUnknown() }
    let kiosk = devices.endpoint(section, "kiosk", usual: TrainingSettings.usual.kioskListener)
    let hall = devices.endpoint(section, "hall", usual: TrainingSettings.usual.hallListener)
    for (key, endpoint) in [("kiosk", kiosk), ("hall", hall)] { check(endpoint, key, section, listeners, door) }
    if kiosk == hall {
      log.fault(
        section.location(of: "hall"), "both listeners of the training are at \(hall)", "give each its own port",
        zh: "演练的两个监听地址都是 \(hall)：各用一个端口")
    }
    let printer = section.node("training_printer").flatMap { _ in devices.printer(section, "training_printer") }
    if let printer,
      let owner = kiosks.first(where: { $0.printer?.queue == printer.queue && $0.printer?.server == printer.server })
    {
      log.fault(
        section.location(of: "training_printer"),
        "`training_printer` is the queue \(printer.queue) of the kiosk \(owner.id): the two would cancel each other's slips",
        "make a queue of its own for training, at the same printer or at another, or leave it out",
        zh: "演练打印机（training_printer）写的是取号机 \(owner.id) 的打印队列 \(printer.queue)，两边会互相取消小票：另建一个演练用的队列（同一台打印机也可以），或去掉这一项")
    }
    var training = TrainingSettings(
      kioskListener: kiosk, hallListener: hall, stateFolder: folder(section),
      minutes: section.integer("minutes", in: 15...600) ?? TrainingSettings.usualMinutes, printer: printer)
    training.doorPort = doorPort(section, listeners + [kiosk, hall], door)
    return training
  }

  private func doorPort(_ section: YAMLTable, _ listeners: [Endpoint], _ door: DoorSettings?) -> Int? {
    guard let port = section.integer("door_port", in: 1024...65_535) else { return nil }
    guard let door else {
      log.fault(
        section.location(of: "door_port"), "`door_port` of the training, and the hall has no door",
        "write the section `door`, or take it out", zh: "演练写了 door_port，可大厅没有加密入口：写上 door 一节，或去掉它")
      return nil
    }
    if listeners.contains(where: { $0.port == port }) || [door.port, door.plainPort].contains(port) {
      log.fault(
        section.location(of: "door_port"), "`door_port` is \(port), a port that is in use already",
        "take another, such as 7444", zh: "演练的加密端口（door_port）是 \(port)，已经用了：换一个，如 7444")
    }
    return port
  }

  private func folder(_ section: YAMLTable) -> String? {
    guard let path = section.text("state", required: false, atMost: 200) else { return nil }
    if path.hasPrefix("/"), path.count > 1 { return path }
    log.fault(
      section.location(of: "state"), "`state` is “\(path)”", "write a path from /, such as /var/lib/yichuang-training",
      zh: "演练的文件夹（state）是“\(path)”：写从 / 开始的路径，如 /var/lib/yichuang-training")
    return nil
  }

  private func check(
    _ endpoint: Endpoint, _ key: String, _ section: YAMLTable, _ listeners: [Endpoint], _ door: DoorSettings?
  ) {
    if listeners.contains(where: { $0.port == endpoint.port }) || [door?.port, door?.plainPort].contains(endpoint.port)
    {
      log.fault(
        section.location(of: key), "`\(key)` of the training is at \(endpoint), a port of the hall's own",
        "take another port, such as \(key == "kiosk" ? TrainingSettings.kioskPort : TrainingSettings.hallPort)",
        zh:
          "演练的监听地址（\(key)）是 \(endpoint)，大厅自己在用这个端口：换一个，如 \(key == "kiosk" ? TrainingSettings.kioskPort : TrainingSettings.hallPort)"
      )
    } else if listeners.contains(where: { $0.host == endpoint.host }) {
      log.fault(
        section.location(of: key),
        "`\(key)` of the training is at \(endpoint.host) like the hall, and browsers keep their cookies by host",
        "take another address of this machine, such as '\(TrainingSettings.host):\(endpoint.port)'",
        zh:
          "演练的监听地址（\(key)）和大厅一样在 \(endpoint.host)，浏览器会把两边的登录混在一起：换成本机另一个地址，如 '\(TrainingSettings.host):\(endpoint.port)'"
      )
    }
  }
}

extension HallSettings {
  /// The door of a training: the hall's own hosts and certificate at another port, by a socket of its own beside the
  /// hall's. Nil where a training is not shown to other computers.
  package var trainingDoor: DoorSettings? {
    guard let door, let port = training.doorPort else { return nil }
    let folder = door.socket.lastIndex(of: "/").map { String(door.socket[...$0]) } ?? ""
    return DoorSettings(
      hosts: door.hosts, port: port, plainPort: door.plainPort, perAddress: door.perAddress,
      needsClientCertificate: door.needsClientCertificate, socket: folder + "training.sock", folder: door.folder)
  }

  /// The settings for a training (演练): its own addresses and printer, a board link of its own, no devices, and a door only
  /// at a port of its own. Nil as for `HallRules.forTraining`.
  package func forTraining(_ sealing: any Sealing) -> HallSettings? {
    guard let rules = rules.forTraining() else { return nil }
    var settings = self
    settings.rules = rules
    settings.training.hours = self.rules.hours
    settings.kioskListener = training.kioskListener
    settings.hallListener = training.hallListener
    settings.publicAddress = nil
    settings.door = trainingDoor
    // A training runs on this machine alone.
    settings.shared = nil
    settings.readers = nil
    settings.monitoringToken = nil
    // The token of the hall's link does not open the training's boards, nor the reverse; neither reveals the other.
    settings.boardToken = sealing.digest(Array("training board \(boardToken)".utf8)).prefix(16).hexadecimal
    settings.kiosks = kiosks.enumerated().map { index, kiosk in
      KioskSettings(
        id: kiosk.id, name: kiosk.name, printer: index == 0 ? training.printer ?? kiosk.printer : kiosk.printer,
        pageSecret: nil)
    }
    return settings
  }
}
