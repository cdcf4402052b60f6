/// Names of service places that were retired or do not fit the level (铜府办〔2023〕32号 二（一）): a town or street has a
/// 便民服务中心, a village or community a 便民服务站.
struct PlaceName: Hashable {
  /// As in the text, with its owner: 文兴社区便民服务中心.
  let written: String
  /// Its present name.
  let right: String

  private enum Level { case town, village, district, unsaid }

  private static let places = [
    "公共服务中心", "行政服务中心", "政务服务中心", "政务服务大厅", "便民服务大厅", "便民服务室", "便民服务中心", "便民服务站", "社会保障服务所", "社会保障服务站",
    "社会保障服务中心",
  ]
  /// Retired for every owner.
  private static let retired = ["公共服务中心", "便民服务室", "社会保障服务所", "社会保障服务站", "政务服务大厅"]

  /// Wrong names in a text, in its order.
  static func wrong(in text: String) -> [PlaceName] {
    guard text.holds("服务") || text.holds("×") else { return [] }
    var found: [(at: String.Index, name: PlaceName)] = []
    for place in places where text.holds(place) {
      for range in text.ranges(of: place) {
        let head = text[..<range.lowerBound]
        guard let right = right(place, level(endingIn: head)) else { continue }
        let owner = owner(endingIn: head)
        found.append((range.lowerBound, PlaceName(written: owner + place, right: owner + right)))
      }
    }
    for placeholder in ["××", "XX", "xx", "某某"] {
      // 铜府办〔2023〕32号 writes ××镇（街道） as a placeholder; a hall has a name of its own.
      for kind in ["镇", "街道", "村", "社区"] where text.holds(placeholder + kind) {
        guard let range = text.firstRange(of: placeholder + kind) else { continue }
        found.append((range.lowerBound, PlaceName(written: placeholder + kind, right: "具体的\(kind)名")))
      }
    }
    return found.sorted { $0.at < $1.at }.map(\.name)
  }

  /// Nil where the name is right.
  private static func right(_ place: String, _ level: Level) -> String? {
    switch level {
    case .town: place == "便民服务中心" ? nil : "便民服务中心"
    case .village: place == "便民服务站" ? nil : "便民服务站"
    case .district: nil
    case .unsaid: retired.contains(place) ? "便民服务中心（村、社区是便民服务站）" : nil
    }
  }

  /// The owner's level, by the word directly before it, including a bracket: 镇（街道）, 村（社区）.
  private static func level(endingIn head: Substring) -> Level {
    var head = head
    if let last = head.last, "）)".contains(last), let open = head.lastIndex(where: { "（(".contains($0) }) {
      let inner = head[head.index(after: open)...].dropLast()
      let isTown = ["街道", "镇", "乡"].contains { inner.hasSuffix($0) }
      let isVillage = ["社区", "村", "居"].contains { inner.hasSuffix($0) }
      if isTown { return .town }
      if isVillage { return .village }
      head = head[..<open]
    }
    if ["社区", "村", "村居", "居委会", "村委会"].contains(where: { head.hasSuffix($0) }) { return .village }
    if ["镇", "乡", "街道", "镇街", "街道办事处", "镇人民政府", "镇政府"].contains(where: { head.hasSuffix($0) }) { return .town }
    if ["区", "县", "市", "省", "区级", "市级", "县级", "区政府", "县政府", "市政府", "区人民政府", "市民服务中心"].contains(where: {
      head.hasSuffix($0)
    }) {
      return .district
    }
    return .unsaid
  }

  /// The owner's name before a place's word.
  private static func owner(endingIn head: Substring) -> String {
    let marks: Set<Character> = [
      "，", "。", "；", "、", "：", "／", "/", " ", "　", "“", "到", "在", "由", "向", "往", "从", "或", "和", "及",
    ]
    return String(head.suffix(12).reversed().prefix { !marks.contains($0) }.reversed())
  }
}
