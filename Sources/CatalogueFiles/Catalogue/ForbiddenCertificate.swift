/// Certificates that a village or community committee must not issue: 民发〔2020〕20号, first list.
enum ForbiddenCertificate {
  /// The twenty, each with other names under which offices still ask for it.
  private static let subjects: [(subject: String, others: [String])] = [
    ("亲属关系", ["亲子关系", "父子关系", "母子关系", "父母子女关系", "直系亲属", "血缘关系", "家庭成员关系"]), ("居民身份信息", ["身份信息"]),
    ("户口登记项目内容变更申请", ["户口登记项目变更", "户口项目变更"]), ("居民养犬", ["养犬"]),
    ("无犯罪记录", ["无违法犯罪记录", "无犯罪", "有无犯罪记录"]), ("社区戒毒社区康复人员情况", ["社区戒毒、社区康复人员情况", "社区戒毒人员情况", "社区康复人员情况"]),
    ("人员失踪", ["失踪", "下落不明"]), ("婚姻状况", ["婚姻", "未婚", "单身", "已婚", "离异", "丧偶", "无婚姻登记记录"]), ("出生", []),
    ("健在", ["生存", "在世", "存活", "生存认证"]), ("死亡", []), ("疾病状况", ["疾病", "患病", "病情"]), ("残疾状况", ["残疾"]),
    ("婚育状况", ["婚育", "生育状况", "计划生育"]), ("居民就业状况", ["就业状况", "未就业", "无业", "失业"]), ("居民个人档案", ["个人档案"]),
    ("居民财产", ["财产", "财产状况"]), ("遗产继承权", ["继承权", "遗产继承"]), ("市场主体住所", ["企业住所", "经营场所", "住所（经营场所）"]),
    ("证件遗失", ["遗失", "丢失", "遗失补办"]),
  ]
  private static let separators: Set<Character> = [
    "（", "）", "(", ")", "、", "／", "/", "，", "；", " ", "　", "“", "”", "‘", "’", "「", "」", "《", "》", "或", "和", "及", "与",
    "：", ":", ",", ";",
    "+", "＋",
  ]
  /// Words around a certificate's name in an item's name: 开具无犯罪记录证明, 婚姻状况证明办理.
  private static let verbs = ["开具", "出具", "办理", "申请", "申办", "打印", "提供", "开"]
  /// Endings of certificates' names, longest first.
  private static let endings = [
    "证明原件及复印件", "证明复印件", "证明原件", "证明材料", "证明文件", "证明信", "证明函", "证明书", "证明表", "证明单", "证明",
  ]
  private static let matters = ["情况", "状况", "事实", "一事", "事项", "的事"]

  /// The forbidden certificate that a name stands for, in the list's words: 出生证明, but not 出生医学证明, which a hospital
  /// issues.
  ///
  /// 亲属关系证明材料, 关于张某与李某亲属关系的证明 and 户口簿遗失证明 are the same papers under other names.
  static func named(by name: String) -> String? {
    let words = name.split { separators.contains($0) }.map { bare(String($0)) }
    // 亲属关系、婚姻状况证明: the last word makes all of them certificates.
    let areCertificates = words.contains { ending(of: $0) != nil }
    for word in words {
      let body = ending(of: word).map { String(word.dropLast($0.count)) } ?? (areCertificates ? word : nil)
      if let body, let subject = subject(of: body) { return subject + "证明" }
    }
    return nil
  }

  private static func ending(of word: String) -> String? { endings.first { word.hasSuffix($0) } }

  /// The subject at the end of a body: a person may precede it, and 的 or 情况 may follow.
  private static func subject(of body: String) -> String? {
    var body = body
    if body.hasPrefix("关于") { body.removeFirst(2) }
    for _ in 0..<2 {
      if body.hasSuffix("的") { body.removeLast() }
      if let matter = matters.first(where: { body.hasSuffix($0) && !ends(body) }) { body.removeLast(matter.count) }
    }
    return subjects.first { subject, others in ([subject] + others).contains { body.hasSuffix($0) } }?.subject
  }

  /// True when the body ends with a subject in its exact form, such as 婚姻状况.
  private static func ends(_ body: String) -> Bool {
    subjects.contains { subject, others in ([subject] + others).contains { body.hasSuffix($0) } }
  }

  private static func bare(_ word: String) -> String {
    var word = word
    for verb in verbs where word.hasPrefix(verb) { word.removeFirst(verb.count) }
    for verb in verbs where word.hasSuffix(verb) && !ends(word) { word.removeLast(verb.count) }
    return word
  }

  /// True for a village or community as the source: its committee, its groups, or just 社区 and 户籍地村.
  static func isVillage(_ source: String?) -> Bool {
    guard let source else { return false }
    if committees.contains(where: { source.holds($0) }) { return true }
    return follows(
      "社区", in: source, never: ["卫生", "医院", "医疗", "矫正", "戒毒", "康复", "民警", "警务", "养老", "工厂", "事务受理"], notBehind: [])
      || follows("村", in: source, never: ["镇", "卫生", "医", "信用", "商业", "庄", "合作", "土地"], notBehind: ["农", "乡", "新"])
  }

  private static let committees = [
    "村委", "居委", "村民委员会", "居民委员会", "村（居）", "村(居)", "居（村）", "居(村)", "村（社区）", "村(社区)", "村/社区", "村／社区", "村、社区", "村居",
    "村民小组", "居民小组", "村组", "村集体",
  ]

  /// Whether the word occurs in a context that is not excluded: not before one of `next`, not behind one of `before`.
  private static func follows(_ word: String, in text: String, never next: [String], notBehind before: [String]) -> Bool
  {
    guard text.holds(word) else { return false }
    return text.ranges(of: word).contains { range in
      let rest = text[range.upperBound...]
      let head = text[..<range.lowerBound]
      return !next.contains { rest.hasPrefix($0) } && !before.contains { head.hasSuffix($0) }
    }
  }
}
