package import Groundwork
package import Hall

/// A wall poster of items: a village's 服务事项目录 or 代办事项目录, or all items of a hall.
///
/// 铜府办〔2023〕32号 二（三） requires the course and the papers of each item of a village's lists; 行政许可法 30 requires basis,
/// conditions, papers and limits to be posted. The QR code beside an item opens it at a kiosk.
package struct DirectoryPoster: Hashable, Sendable {
  /// Which items the poster lists.
  package enum Content: String, Sendable, CaseIterable {
    case service, agency, hall

    var title: String {
      switch self {
      case .service: "服务事项目录"
      case .agency: "代办事项目录"
      case .hall: "办事事项目录"
      }
    }

    /// What a resident can do with the poster.
    var advice: String {
      switch self {
      case .service: "以下事项在本站办理。"
      case .agency: "以下事项交给代办员，由代办员送到镇（街道）便民服务中心办理。"
      case .hall: "以下事项在本厅办理或由本厅告知去处。"
      }
    }
  }

  package struct Entry: Hashable, Sendable {
    package let number: Int
    package let name: String
    /// The content of the QR code beside the item.
    package let payload: String
    /// Key and value, the most needed first.
    package let facts: [Fact]
  }

  package struct Fact: Hashable, Sendable {
    package let key: String
    package let text: String
  }

  /// Items of one department (办事类别), in the catalogue's order.
  package struct Section: Hashable, Sendable {
    package let title: String
    package let entries: [Entry]
  }

  package let title: String
  /// The hall's name; nil for a poster without a hall's configuration.
  package let hall: String?
  /// Where the station is set up.
  package let site: String?
  package let advice: String
  package let sections: [Section]
  /// Small print at the end of every page.
  package let foot: String

  ///
  /// - Parameters:
  ///   - rules: the hall that the poster is for; nil leaves hall, agents and phones out.
  ///   - date: the day of printing, which is printed on the poster.
  package init(
    _ content: Content, of catalogue: Catalogue, for rules: HallRules? = nil, printedOn date: CivilDate? = nil
  ) {
    title = content.title
    hall = rules?.identity.name
    site = rules?.station.map { Wording.setUp(in: $0.site) }
    let agents = content == .agency ? rules?.station?.agents ?? [] : []
    // Where the town is known its name is printed instead of 镇（街道）便民服务中心.
    let advice = rules?.station.map { content.advice.replacing("镇（街道）便民服务中心", with: $0.town) } ?? content.advice
    let items: [Item] =
      switch content {
      case .service: catalogue.directory(.service)
      case .agency: catalogue.directory(.agency)
      case .hall: catalogue.items
      }
    self.advice =
      advice + agents.map { "代办员：\($0.name)，\($0.phone)。" }.joined() + (rules.map { Self.villages(items, $0) } ?? "")
    var order: [String] = []
    for item in items where !order.contains(item.category) { order.append(item.category) }
    var number = 0
    sections = order.map { category in
      Section(
        title: category,
        entries: items.filter { $0.category == category }.map { item in
          number += 1
          return Entry(
            number: number, name: item.name, payload: CodePayload.item(name: item.name, code: item.code),
            facts: Self.facts(item, rules))
        })
    }
    let hotline = rules.map {
      [$0.consultPhone, $0.supervisePhone].contains(Wording.hotline) ? "" : "、\(Wording.hotline)"
    }
    let phones = rules.map { "咨询电话 \($0.consultPhone)　监督电话 \($0.supervisePhone)\(hotline ?? "")　" } ?? ""
    let printed = date.map { "　\($0) 打印" } ?? ""
    foot =
      "\(phones)目录版本 \(catalogue.version)（\(catalogue.asOf)）\(printed)　扫码或问\(rules?.station == nil ? "窗口" : "代办员")可知是否有变，并打印告知单"
  }

  private static func facts(_ item: Item, _ rules: HallRules?) -> [Fact] {
    let inStation = rules?.station != nil
    let place = rules.map { $0.place(of: item) }
    let list = item.checklist([])
    func names(_ entries: [Checklist.Entry]) -> String {
      entries.map { entry in
        let isOpen = entry.choices.allSatisfy { $0.onlyWhen != nil }
        let tags = (isOpen ? ["视情形"] : []) + Self.tags(entry, inStation: inStation)
        return "\(entry.name)（\(tags.joined(separator: "，"))）"
      }.joined(separator: "、")
    }
    let groups = [
      (Wording.toBring, list.toBring), (Wording.toFillIn, list.toFillIn), (Wording.mayLeave, list.mayLeave),
    ]
    .filter { !$0.1.isEmpty }.map { "\($0.0)：\(names($0.1))" }
    let told = ItemTold(item, at: place ?? ItemPlace(.windows([])), inStation: inStation)
    var facts = [Fact(key: "要带", text: groups.isEmpty ? Wording.noMaterials : groups.joined(separator: "；"))]
    if !item.steps.isEmpty { facts.append(Fact(key: "流程", text: item.steps.joined(separator: " → "))) }
    facts.append(
      Fact(
        key: "时限",
        text:
          "\(Wording.promisedLimit) \(told.promised)　\(Wording.legalLimit) \(told.legal)　\(Wording.fee) \(told.cost)"))
    if let place {
      // Where each village has its own place, all of them are listed once at the top.
      let only = place.places.count == 1 ? place.places.first : nil
      let words = only.map { place.elsewhere == nil ? "\(told.place)（\($0.words)）" : $0.words } ?? told.place
      facts.append(Fact(key: "去处", text: words))
    } else if let away = item.elsewhere {
      let words = [away.place, away.address, away.hours, away.phone].filter { !$0.isEmpty }.joined(separator: "，")
      facts.append(Fact(key: "去处", text: words))
    }
    if place?.elsewhere == nil, item.elsewhere == nil, let phone = item.consultPhone ?? rules?.consultPhone {
      facts.append(Fact(key: "咨询", text: phone))
    }
    return facts
  }

  /// The words behind a material's name, and its necessity; duplicates once.
  private static func tags(_ entry: Checklist.Entry, inStation: Bool) -> [String] {
    var tags: [String] = []
    for material in entry.choices.map(\.material) {
      for tag in [material.necessity.rawValue, material.behind(inStation: inStation)?.words].compactMap(\.self)
      where !tags.contains(tag) {
        tags.append(tag)
      }
    }
    return tags
  }

  /// The stations of the town's villages; empty unless the poster has items that are done there.
  private static func villages(_ items: [Item], _ rules: HallRules) -> String {
    let places = items.lazy.compactMap { rules.elsewhere(for: $0) }.first { $0.kind == .village }?.places ?? []
    return places.isEmpty ? "" : "村（社区）便民服务站：\(places.map(\.words).joined(separator: "；"))。"
  }
}
