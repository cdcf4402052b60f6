/// Words that a resident cannot act on: a paper without a name, and an answer that only an official can judge.
enum PlainWords {
  /// True for 其他有效证明材料, 法律法规规定的其他材料, 相关证明: a paper that nobody can bring, because it is not named (优化营商环境条例 forbids
  /// such a catch-all). Text in brackets may name it: 佐证材料（残疾人证、低保证明）.
  static func isUnnamed(_ paper: String) -> Bool {
    guard vague.contains(where: { paper.holds($0) }) else { return false }
    let (outside, inside) = parted(paper)
    if inside.contains(where: isList) { return false }
    if vague.contains(outside) { return true }
    guard papers.contains(where: { outside.hasSuffix($0) }) else { return false }
    return vague.contains { outside.holds($0) }
  }

  /// The words of an answer that a resident cannot judge: 需补充材料的, 符合规定情形.
  static func official(in answer: String) -> String? { officialese.first { answer.holds($0) } }

  private static let papers = ["材料", "证明", "资料", "文件", "证件", "手续", "凭证", "证书", "等"]
  private static let vague = [
    "其他", "其它", "其余", "相关", "有关", "相应", "必要", "所需", "规定的", "要求的", "特殊情形", "特殊情况", "需要的", "需要提供的",
  ]
  private static let officialese = [
    "需补充", "需要补充", "需佐证", "需提供", "补充材料", "佐证", "其他情形", "其它情形", "其他情况", "其它情况", "特殊情形", "特殊情况", "符合规定", "符合条件",
    "符合政策", "按规定", "法定情形", "义务人", "赡抚养", "扶养人", "除外情形", "有关规定", "相关规定", "上述", "以上情形",
  ]

  /// True for a remark that names two papers or more: 如结婚证、离婚证.
  static func listsPapers(_ text: String) -> Bool { named(in: text[...]) >= 2 }

  /// Text in brackets after a paper's name is a list when it names one, beyond 如有 and 视情况提供.
  private static func isList(_ words: Substring) -> Bool { named(in: words) >= 1 }

  private static let thing = [
    "证", "书", "表", "簿", "本", "单", "票", "票据", "卡", "记录", "认定", "合同", "协议", "证明", "报告", "照片", "病历",
  ]

  private static func named(in words: Substring) -> Int {
    words.split { "、，,；;／/或和及".contains($0) }.count { item in
      let item = item.hasSuffix("等") ? item.dropLast() : item
      return thing.contains { item.hasSuffix($0) } && !vague.contains { item.contains($0) }
    }
  }

  /// The text outside of brackets, and the text in each.
  private static func parted(_ text: String) -> (outside: String, inside: [Substring]) {
    var outside = ""
    var inside: [Substring] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { "（(".contains($0) }),
      let close = rest[open...].firstIndex(where: { "）)".contains($0) })
    {
      outside += rest[..<open]
      inside.append(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    return (outside + rest, inside)
  }
}
