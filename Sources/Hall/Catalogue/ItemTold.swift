/// An item's cost, duration and place as texts.
///
/// Kiosk, console, notice and poster show these same texts.
package struct ItemTold: Hashable, Sendable {
  package let cost: String
  /// 承诺时限.
  package let promised: String
  /// 法定时限.
  package let legal: String
  package let place: String

  package init(_ item: Item, at place: ItemPlace, inStation: Bool) {
    let ask = inStation ? "请问代办员" : "请问窗口"
    cost = item.fee.isEmpty ? ask : item.fee
    promised = item.promisedLimit?.words ?? ask
    legal = item.legalLimit?.words ?? ask
    self.place = place.words
  }
}

extension HallRules {
  package func told(of item: Item) -> ItemTold {
    ItemTold(item, at: place(of: item), inStation: station != nil)
  }
}

extension TimeLimit {
  /// 即时办结, 10 个工作日, 30 日（自然日）, 2 个月.
  package var span: String {
    guard LimitUnit.counted.contains(unit) else { return unit.words }
    return "\(count) \(unit.words)" + (unit == .naturalDay ? "（自然日）" : "")
  }

  /// The span with the stages that are not counted: 30 日（自然日）（不含群众评议、公示）.
  package var words: String { excludes.isEmpty ? span : "\(span)（不含\(excludes.joined(separator: "、"))）" }
}
