import CatalogueFiles
import Hall
import YAMLDocuments

/// `neighbours:` the places where residents have items done that the hall does not do.
struct NeighbourSection {
  /// Twice the villages and communities of the largest towns.
  static let mostVillages = 80

  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// - Parameters:
  ///   - catalogue: nil when it could not be read, which has its own fault.
  ///   - level: nil likewise.
  ///   - station: nil for a town's hall.
  func read(_ catalogue: Catalogue?, _ level: HallLevel?, _ station: Station?) -> HallNeighbours {
    let section = top.table("neighbours", required: false)
    defer { section?.refuseUnknown() }
    let neighbours = HallNeighbours(
      district: section?.table("district", required: false).flatMap(place),
      police: section?.table("police", required: false).flatMap(place),
      villages: section?.tables("villages", atMost: Self.mostVillages).compactMap(place) ?? [],
      town: section.flatMap { town($0, station) })
    let items = catalogue?.items ?? []
    miss("district", neighbours.district == nil, items.first { $0.audience == .enterprise && $0.elsewhere == nil })
    miss("villages", neighbours.villages.isEmpty && level == .town, items.first { $0.level == .village })
    if station != nil {
      miss("town", neighbours.town == nil, items.first { $0.directory != .service && !$0.isPoliceOnly })
      miss("police", neighbours.police == nil, items.first { $0.directory == nil && $0.isPoliceOnly })
    }
    return neighbours
  }

  /// The town's hall; its name is derived from the division, so that no retired name is printed.
  private func town(_ section: YAMLTable, _ station: Station?) -> ServicePlace? {
    guard let table = section.table("town", required: false) else { return nil }
    guard let station else {
      log.fault(
        section.location(of: "town"), "`town` at a town's hall",
        "take it out: stations of villages say where their town's hall is",
        zh: "镇（街道）大厅写了 town：去掉，只有村（社区）便民服务站才写镇里的大厅在哪")
      return nil
    }
    if let name = table.text("name", required: false, atMost: 60), name != station.town {
      log.fault(
        table.location(of: "name"), "\(name) is not the hall of the station's town",
        "write \(station.town), or take the line out",
        zh: "\(name)不是本站所属的镇（街道）大厅：写 \(station.town)，或去掉这一行")
    }
    return place(table, named: station.town)
  }

  private func place(_ table: YAMLTable) -> ServicePlace? { place(table, named: nil) }

  /// - Parameter given: a name that is not in the file.
  private func place(_ table: YAMLTable, named given: String?) -> ServicePlace? {
    defer { table.refuseUnknown() }
    let name = given ?? table.text("name", atMost: 60)
    let address = table.text("address", atMost: 120)
    let hours = table.text("hours", atMost: 100)
    let phone = table.text("phone", atMost: 30)
    if let phone, !PhoneNumber.isOne(phone) {
      let remedy = PhoneNumber.remedy(for: phone)
      log.fault(
        table.location(of: "phone"), "`phone` is “\(phone)”", remedy.english, zh: "电话“\(phone)”不对：\(remedy.chinese)")
    }
    guard let name, let address, let hours, let phone else { return nil }
    return ServicePlace(name: name, address: address, hours: hours, phone: phone)
  }

  /// Warns of a missing neighbour: residents would learn that an item is not done here, but not where it is done.
  private func miss(_ key: String, _ missing: Bool, _ item: Item?) {
    guard missing, let item else { return }
    log.warn(
      top.location(of: "neighbours"),
      "the item \(item.code) is not done here, and `neighbours: \(key):` does not say where",
      "write name, address, hours and phone under it",
      zh: "事项 \(item.code) 不在本厅办，neighbours 的 \(key) 却没有写到哪里办：写上名称、地址、办公时间和电话")
  }
}
