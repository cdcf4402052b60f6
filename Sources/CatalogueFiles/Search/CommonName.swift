import YAMLDocuments

/// Residents' names for papers and matters with other official names: 户口本, 合作医疗, 准生证.
///
/// They apply to every catalogue, including one imported from a table, which has no column for them; an item's own
/// `aliases` are added.
enum CommonName {
  /// The common names for a text's official names; empty for none.
  static func of(_ text: String) -> [String] {
    table.filter { text.holds($0.official) }.flatMap(\.common)
  }

  /// For a paper the official word too, because its name may have more words: 夫妻双方居民身份证、户口簿.
  static func ofPaper(_ text: String) -> [String] {
    table.filter { text.holds($0.official) }.flatMap { [$0.official] + $0.common }
  }

  private static let table: [(official: String, common: [String])] = [
    ("户口簿", ["户口本", "户口册"]),
    ("身份证", ["二代证"]),
    ("居民基本医疗保险", ["合作医疗", "新农合", "农村医保", "居民医保", "医保"]),
    ("医疗保障", ["医保"]),
    ("基本养老保险", ["社保", "养老金"]),
    ("养老保险待遇", ["领养老金", "养老金认证"]),
    ("社会保障卡", ["社保卡", "医保卡"]),
    ("生育服务证", ["准生证", "生育证"]),
    ("生育登记", ["准生证", "生育证"]),
    ("再生育", ["准生证", "生育证"]),
    ("出生医学证明", ["出生证"]),
    ("出生登记", ["上户口", "报户口", "落户"]),
    ("最低生活保障", ["低保", "低保户"]),
    ("特困人员", ["五保", "五保户"]),
    ("临时救助", ["困难补助"]),
    ("高龄津贴", ["老人补贴", "高龄补贴"]),
    ("老年人优待证", ["老年证", "老年卡", "敬老证"]),
    ("残疾人证", ["残疾证", "残疾本"]),
    ("独生子女父母光荣证", ["独生子女证"]),
    ("退役军人", ["退伍军人", "老兵"]),
    ("退出现役证", ["退伍证", "转业证"]),
    ("失业登记", ["失业证", "下岗证"]),
    ("就业困难人员", ["4050"]),
    ("手工（零星）报销", ["医药费报销", "住院报销", "报药费"]),
    ("居住证", ["暂住证"]),
    ("宅基地", ["地基", "建房", "修房子", "盖房子"]),
    ("结婚证", ["结婚证书"]),
    ("毕业证书", ["毕业证", "文凭"]),
    ("收费票据", ["发票"]),
    ("取件", ["领证", "拿证"]),
    ("咨询", ["投诉", "问事"]),
  ]
}
