/// Certificates that a village or community committee must not issue: 民发〔2020〕20号, first list.
enum ForbiddenCertificate {
  private static let subjects = [
    "亲属关系", "居民身份信息", "户口登记项目内容变更申请", "居民养犬", "无犯罪记录", "社区戒毒社区康复人员情况", "人员失踪", "婚姻状况", "出生", "健在", "死亡", "疾病状况",
    "残疾状况", "婚育状况", "居民就业状况", "居民个人档案", "居民财产", "遗产继承权", "市场主体住所", "证件遗失",
  ]
  private static let separators: Set<Character> = [
    "（", "）", "(", ")", "、", "／", "/", "，", "；", " ", "　", "“", "”", "或", "和", "及", "：",
  ]
  /// What may stand around a certificate's name in an item's: 开具无犯罪记录证明, 婚姻状况证明办理.
  private static let verbs = ["开具", "出具", "办理", "申请", "申办", "打印", "提供"]

  /// The certificate that a name is, word for word: 出生证明, but not 出生医学证明, which a hospital issues.
  static func named(by name: String) -> String? {
    let words = name.split { separators.contains($0) }.map { word in bare(String(word)) }
    return subjects.map { $0 + "证明" }.first { words.contains($0) || words.contains($0 + "书") }
  }

  private static func bare(_ word: String) -> String {
    var word = word
    for verb in verbs where word.hasPrefix(verb) { word.removeFirst(verb.count) }
    for verb in verbs where word.hasSuffix(verb) { word.removeLast(verb.count) }
    return word
  }

  static func isVillage(_ source: String?) -> Bool {
    guard let source else { return false }
    return ["村委会", "居委会", "村民委员会", "居民委员会", "村（居）", "村(居)", "村（社区）"].contains { source.holds($0) }
  }
}
