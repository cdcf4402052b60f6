/// Why an item is sensitive personal information of its applicant (个人信息保护法 28): the application reveals something of
/// their health, of their legal status, or that a child under 14 is concerned.
///
/// The rule matches words, so that it applies to any catalogue. A catalogue may mark further items as sensitive; it
/// cannot unmark a matched one.
package enum Sensitivity: String, Sendable, CaseIterable {
  /// 医疗健康: illness, disability, pregnancy and childbearing.
  case health
  /// 特定身份: relief, unemployment, convictions, veterans.
  case specialIdentity = "special_identity"
  /// 不满十四周岁未成年人.
  case minor = "minor_under_14"

  /// The kinds that the item's words imply, in the order of `allCases`; empty for none. An enterprise is not a person.
  package static func implied(by item: Item) -> [Self] {
    guard item.audience == .person else { return [] }
    let names = ([item.name, item.category, item.result ?? ""] + item.aliases).map { Array($0.utf8) }
    // Answers and papers of an ordinary item may name a sensitive case among others; these words reveal everybody who
    // applies.
    let details = (item.situations.map(\.label) + item.materials.map(\.name)).map { Array($0.utf8) }
    return allCases.filter { kind in
      names.contains { $0.holdsOne(of: bytes[kind]?.words) && !$0.holdsOne(of: bytes[kind]?.otherFields) }
        || details.contains { $0.holdsOne(of: bytes[kind]?.graveWords) }
    }
  }

  private struct Bytes {
    let words: [[UInt8]]
    let otherFields: [[UInt8]]
    let graveWords: [[UInt8]]
  }

  /// The words as UTF-8: searching by characters would take many times as long.
  private static let bytes: [Self: Bytes] = Dictionary(
    uniqueKeysWithValues: allCases.map { kind in
      func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }
      return (
        kind,
        Bytes(
          words: bytes(kind.words), otherFields: bytes(kind.otherFields), graveWords: bytes(kind.graveWords))
      )
    })

  private var words: [String] {
    switch self {
    case .health:
      [
        "残疾", "残障", "伤残", "致残", "失能", "失智", "康复", "护理补贴", "长期护理", "精神障碍", "智力障碍", "听障", "视障", "盲人",
        "聋", "病", "诊断", "医疗救助", "医疗费", "医药费", "住院", "手术", "门诊", "工伤", "生育", "独生子女", "四孩", "三孩", "二孩", "准生",
        "孕", "产假", "产前", "流产", "节育", "避孕", "绝育", "辅助生殖", "婚检", "艾滋", "戒毒", "吸毒", "器官捐献", "遗体捐献",
      ]
    case .specialIdentity:
      [
        "低保", "最低生活保障", "低收入", "特困", "五保", "救助", "救济", "困难", "贫困", "脱贫", "返贫", "残疾", "残障", "失业", "刑满", "释放",
        "社区矫正", "解除矫正", "安置帮教", "戒毒", "孤儿", "无人抚养", "弃婴", "流浪", "乞讨", "失独", "特别扶助", "退役", "退伍", "复员",
        "军人", "军属", "烈属", "烈士", "优抚", "抚恤", "伤残", "宗教", "难民",
      ]
    case .minor:
      [
        "未成年", "儿童", "婴", "新生儿", "出生登记", "出生证", "出生医学", "幼儿", "托育", "入托", "小学", "义务教育", "孤儿", "收养", "预防接种",
        "上户口",
      ]
    }
  }

  /// Fields in which the words do not concern a person: 动物诊疗, 农作物病虫害, 小学教师资格.
  private var otherFields: [String] {
    switch self {
    case .health: ["动物", "畜", "禽", "兽", "植物", "农作物", "林木", "水产", "种苗", "病虫"]
    case .specialIdentity: ["动物"]
    case .minor: ["教师", "用品", "乐园"]
    }
  }

  private var graveWords: [String] {
    switch self {
    case .health: ["戒毒", "艾滋", "精神障碍"]
    case .specialIdentity: ["刑满", "释放证明", "社区矫正", "解除矫正", "戒毒"]
    case .minor: []
    }
  }
}

extension [UInt8] {
  fileprivate func holdsOne(of words: [[UInt8]]?) -> Bool { words?.contains(where: holds) == true }

  private func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first, count >= part.count else { return false }
    return (0...(count - part.count)).contains { start in
      self[start] == first && part.indices.allSatisfy { self[start + $0] == part[$0] }
    }
  }
}
