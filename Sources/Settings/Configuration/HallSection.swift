import CatalogueFiles
import Groundwork
import Hall
import YAMLDocuments

/// `hall:` the hall's identity, address and contacts.
struct HallSection {
  struct Content {
    let identity: HallIdentity
    let address: String
    let hoursText: String
    let consultPhone: String
    let supervisePhone: String
    let zone: ZoneOffset
    let station: Station?
  }

  private let table: YAMLTable
  private var log: FaultLog { table.log }

  init(_ table: YAMLTable) { self.table = table }

  /// - Parameter divisions: nil when their file could not be loaded, which has its own fault.
  func read(_ divisions: [Division]?) -> Content? {
    defer { table.refuseUnknown() }
    let identity = identity(divisions)
    let address = table.text("address", required: false) ?? ""
    let hoursText = table.text("hours_text", atMost: 100)
    let consultPhone = phone("consult_phone")
    let supervisePhone = phone("supervise_phone")
    let zone = zone()
    let station = station(identity, divisions)
    guard let identity, let hoursText, let consultPhone, let supervisePhone else { return nil }
    return Content(
      identity: identity, address: address, hoursText: hoursText, consultPhone: consultPhone,
      supervisePhone: supervisePhone, zone: zone, station: station)
  }

  private func identity(_ divisions: [Division]?) -> HallIdentity? {
    let code = table.text("division", atMost: 12)
    let level = table.choice("level", of: [HallLevel.town, .village])
    let given = table.text("name", required: false, atMost: 60)
    guard let code, let divisions else { return nil }
    guard let division = divisions.first(where: { $0.code == code }) else {
      log.fault(
        table.location(of: "division"), "the division \(code) is not in the file of divisions",
        "write a code of that file, or add the division to it",
        zh: "区划 \(code) 不在区划文件里：写那个文件里的代码，或把这个区划加进去")
      return nil
    }
    guard let level else { return nil }
    do throws(HallIdentity.Fault) {
      let identity = try HallIdentity(division: division, level: level)
      if let given { try identity.accept(givenName: given) }
      return identity
    } catch {
      report(error)
      return nil
    }
  }

  /// The town above and the agents of a village's station; nil for a town's hall, which has none.
  private func station(_ identity: HallIdentity?, _ divisions: [Division]?) -> Station? {
    let agents = agents()
    guard let identity, let divisions else { return nil }
    guard identity.level == .village else {
      if table.node("agents") != nil {
        log.fault(
          table.location(of: "agents"), "`agents` at a town's hall", "take it out: agents belong to village stations",
          zh: "镇（街道）大厅写了代办员（agents）：去掉，代办员属于村（社区）便民服务站")
      }
      return nil
    }
    if agents.isEmpty, table.list("agents")?.isEmpty ?? true {
      log.fault(
        table.location(of: "agents"), "the station has no agent",
        "write `agents: [{name, phone}]` (代办员, 铜府办〔2023〕32号 二（五）): slips name who carries matters to the town",
        zh: "便民服务站没有写代办员：写 agents: [{name, phone}]（铜府办〔2023〕32号 二（五）），单子上要印谁送到镇里办")
    }
    let code = identity.division.code
    guard let town = divisions.first(where: { $0.code == code.prefix(9) }) else {
      log.fault(
        table.location(of: "division"), "the town of \(identity.division.name) is not in the file of divisions",
        "add \(code.prefix(9)) to it: slips name its hall",
        zh: "\(identity.division.name)所属的镇（街道）不在区划文件里：把 \(code.prefix(9)) 加进去，单子上要印镇里大厅的名称")
      return nil
    }
    return Station(identity.division, town: town, agents: agents)
  }

  private func agents() -> [Station.Agent] {
    table.tables("agents", atMost: 6).compactMap { entry in
      defer { entry.refuseUnknown() }
      let name = entry.text("name", atMost: 20)
      let phone = phone("phone", in: entry)
      guard let name, let phone else { return nil }
      return Station.Agent(name: name, phone: phone)
    }
  }

  private func report(_ fault: HallIdentity.Fault) {
    switch fault {
    case .levelDoesNotFit(let kind, let level):
      log.fault(
        table.location(of: "level"), "the level \(level.rawValue) does not fit a \(kind.rawValue)",
        "write town for a 镇 or 街道, village for a 村 or 社区",
        zh: "级别 \(level.rawValue) 与区划类别 \(kind.rawValue) 不符：镇、街道写 town，村、社区写 village")
    case .nameDoesNotEndAsKind(let name, let kind):
      log.fault(
        table.location(of: "division"), "\(name) does not end as the name of a \(kind.rawValue) does",
        "correct name or kind in the file of divisions",
        zh: "名称“\(name)”与类别 \(kind.rawValue) 不符：在区划文件里改正名称或类别")
    case .nameIsNotDerived(let given, let expected, let legacy):
      log.fault(
        table.location(of: "name"),
        legacy ? "\(given) is a name that 铜府办〔2023〕32号 二（一） retired" : "\(given) is not the hall's name",
        "write \(expected), or take the line out: the name follows from division and level",
        zh: "\(given)\(legacy ? "是铜府办〔2023〕32号 二（一）停用的旧称" : "不是本厅的名称")：写 \(expected)，或去掉这一行，名称由区划和级别得出")
    }
  }

  private func phone(_ key: String, in table: YAMLTable? = nil) -> String? {
    let table = table ?? self.table
    guard let text = table.text(key, atMost: 30) else { return nil }
    if !PhoneNumber.isOne(text) {
      let remedy = PhoneNumber.remedy(for: text)
      log.fault(
        table.location(of: key), "`\(key)` is “\(text)”", remedy.english,
        zh: "电话（\(key)）“\(text)”不对：\(remedy.chinese)")
    }
    return text
  }

  private func zone() -> ZoneOffset {
    guard let text = table.text("zone", required: false, atMost: 6) else { return .beijing }
    if text.count == 6, let sign = text.first, "+-".contains(sign), let time = CivilTime(text.dropFirst()),
      time.minuteOfDay <= 840
    {
      return ZoneOffset(minutes: sign == "-" ? -time.minuteOfDay : time.minuteOfDay)
    }
    log.fault(
      table.location(of: "zone"), "`zone` is “\(text)”", "write an offset such as '+08:00', or take the line out",
      zh: "时区（zone）是“\(text)”：写成 '+08:00'，或去掉这一行")
    return .beijing
  }
}
