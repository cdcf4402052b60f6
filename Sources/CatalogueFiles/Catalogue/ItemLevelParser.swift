import Hall
import YAMLDocuments

/// Parses the level at which an item is applied for, its stages, and where else it is done.
struct ItemLevelParser {
  private let table: YAMLTable
  private var log: FaultLog { table.log }

  init(_ table: YAMLTable) { self.table = table }

  func level() -> Item.Level? { table.choice("level", of: Item.Level.allCases) }

  func check(_ directory: Item.Directory?, _ level: Item.Level?, _ handledBy: Item.Handler?) {
    if level == .village, table.node("directory") == nil {
      log.warn(
        table.location, "the item of a village stands in neither of its lists (服务事项, 代办事项)",
        "write `directory: service` for what the station does, `directory: agency` for what the agent carries to the town",
        zh: "村级事项不在两张清单（服务事项、代办事项）里：村里办的写 directory: service，代办员送镇里的写 directory: agency")
    }
    if directory == .service, handledBy == .window || handledBy == .police {
      log.fault(
        table.location(of: "directory"),
        "an item of the station's own list is handled by \(handledBy?.rawValue ?? "nobody")",
        "write `directory: agency`, or `handled_by: village` or `agent`",
        zh: "村里自己办的事项，办理人员却是 \(handledBy?.rawValue ?? "空的")：写 directory: agency，或 handled_by: village、agent")
    }
  }

  func stages() -> [Item.Stage] {
    table.tables("stages", atMost: 10).compactMap { entry in
      defer { entry.mentionUnknown() }
      guard let office = entry.choice("office", of: Item.Stage.Office.allCases),
        let does = entry.text("does", atMost: 20)
      else { return nil }
      return Item.Stage(office: office, does: does)
    }
  }

  func elsewhere() -> Item.Elsewhere? {
    guard let entry = table.table("elsewhere", required: false) else { return nil }
    defer { entry.mentionUnknown() }
    let texts = ["reason", "place", "address", "hours", "phone"].map { entry.text($0, atMost: 120) ?? "" }
    if !texts[4].isEmpty, !PhoneNumber.isOne(texts[4]) {
      log.fault(
        entry.location(of: "phone"), "`phone` is “\(texts[4])”", PhoneNumber.remedy(for: texts[4]).english,
        zh: "电话“\(texts[4])”不对：\(PhoneNumber.remedy(for: texts[4]).chinese)")
    }
    return Item.Elsewhere(reason: texts[0], place: texts[1], address: texts[2], hours: texts[3], phone: texts[4])
  }
}
