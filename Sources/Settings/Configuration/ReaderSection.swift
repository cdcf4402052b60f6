import ReaderProtocols
import YAMLDocuments

/// `readers:` the card readers and scanners of this machine.
struct ReaderSection {
  /// The most port paths of one kiosk; they have to fit into one message to the reader process.
  static let mostPortPaths = 8

  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// nil without the section: then no devices are looked for.
  ///
  /// - Parameter kiosks: those of the configuration, as far as they could be parsed.
  func read(kiosks: [String]) -> ReaderSettings? {
    guard let table = top.table("readers", required: false) else { return nil }
    defer { table.refuseUnknown() }
    let location = table.location(of: "keyboards")
    let keyboards = table.texts("keyboards", atMost: 9).compactMap { text -> ReaderModel.Numbers? in
      if let numbers = ReaderModel.Numbers(text), numbers.product != nil { return numbers }
      log.fault(
        location, "`keyboards` has “\(text)”",
        "write vendor and product of a scanner that types, as lsusb shows them: '0c2e:0901'",
        zh: "扫码器（keyboards）里有“\(text)”：写键盘式扫码器的厂商号和产品号，照 lsusb 写，如 '0c2e:0901'")
      return nil
    }
    let belongings = belongings(table, kiosks)
    if belongings.isEmpty, kiosks.count > 1 {
      log.warn(
        table.location, "the readers of \(kiosks.count) kiosks belong to none of them, and nothing is read",
        "write a line for each under `places`: - {at: '1-2', kiosk: \(kiosks[0])}",
        zh: "取号机有 \(kiosks.count) 台，却没有写读卡器各归哪一台，读不了卡：在 places 下每台写一行，如 - {at: '1-2', kiosk: \(kiosks[0])}")
    }
    return ReaderSettings(
      keyboards: keyboards, belongings: belongings, program: table.text("program", required: false, atMost: 1000))
  }

  private func belongings(_ table: YAMLTable, _ kiosks: [String]) -> [ReaderBelonging] {
    var all: [ReaderBelonging] = []
    for entry in table.tables("places", atMost: 64) {
      defer { entry.refuseUnknown() }
      guard let device = device(entry), let kiosk = entry.text("kiosk", atMost: 40) else { continue }
      if !kiosks.isEmpty, !kiosks.contains(kiosk) {
        log.fault(
          entry.location(of: "kiosk"), "no kiosk is “\(kiosk)”", "write one of: \(kiosks.joined(separator: ", "))",
          zh: "没有取号机“\(kiosk)”：请写其中之一：\(kiosks.joined(separator: ", "))")
      } else if let other = all.first(where: { $0.device == device }) {
        let whose = other.kiosk == kiosk ? "twice for \(kiosk)" : "for \(other.kiosk) and for \(kiosk)"
        log.fault(
          entry.location, "\(device.words) stands here \(whose)", "a device belongs to one kiosk: keep one line",
          zh: "\(device.chinese) 写了两次（\(other.kiosk)、\(kiosk)）：一台设备只归一台取号机，留一行")
      } else if all.count(where: { $0.kiosk == kiosk }) == Self.mostPortPaths {
        log.fault(
          entry.location, "\(kiosk) has more than \(Self.mostPortPaths) devices", "take some out",
          zh: "取号机 \(kiosk) 的设备超过 \(Self.mostPortPaths) 个：去掉几个")
      }
      all.append(ReaderBelonging(device: device, kiosk: kiosk))
    }
    return all
  }

  private func device(_ entry: YAMLTable) -> ReaderBelonging.Device? {
    switch (entry.text("at", required: false, atMost: 40), entry.text("serial", required: false, atMost: 80)) {
    case (let at?, nil):
      if Self.isPortPath(at) { return .at(at) }
      log.fault(
        entry.location(of: "at"), "`at` is “\(at)”, which is no place of a plug",
        "write it as `yichuangctl devices` shows it: '1-2' or '1-2.3'",
        zh: "插口（at）“\(at)”不对：照 yichuangctl devices 列出的写，如 '1-2' 或 '1-2.3'")
    case (nil, let serial?): return .serial(serial)
    case (nil, nil):
      log.fault(
        entry.location, "which device is meant is missing",
        "write `at:` (where it is plugged in) or `serial:` (its serial number, or its card module's number)",
        zh: "没有写是哪台设备：写 at（插在哪个口），或 serial（设备序列号，或安全模块号）")
    case (.some, .some):
      log.fault(
        entry.location, "`at` and `serial` both stand here", "keep one of them",
        zh: "at 和 serial 都写了：留一个")
    }
    return nil
  }

  /// A bus, a hyphen, and the ports separated by points: `1-2.3`.
  private static func isPortPath(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let numbers = [parts[0]] + parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return numbers.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
