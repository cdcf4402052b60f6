/// Words of the office that are not broken across lines: 医疗／保险 and 身份／证 are hard to read.
///
/// A word longer than a line would be broken anywhere, so none has more than four characters, which fit the list column
/// on the narrowest paper in the largest letters: 居民身份证 may break before 身份证 only. Common words of two characters (居民,
/// 就读, 关系) are listed where lists of papers use them.
enum KnownTerms {
  static let words: [String] = [
    "身份证", "户口簿", "居住证", "保障卡", "社保卡", "结婚证", "离婚证", "残疾人证", "优待证", "退役证",
    "毕业证书", "营业执照", "护照", "医学证明", "不动产", "证书", "登记照", "免冠照", "照片", "相片", "复印件", "原件",
    "医疗保险", "养老保险", "失业保险", "社会保险", "医疗救助", "社会救助", "临时救助", "生活保障", "特困人员", "高龄津贴",
    "生活补贴", "护理补贴", "生育登记", "出生登记", "失业登记", "参保登记", "信息变更", "资格认证", "电子证照", "代办人",
    "代办员", "申请人", "监护人", "监护", "申请表", "登记表", "申请书", "授权书", "承诺书", "委托书", "声明", "证明材料",
    "诊断证明", "收费票据", "费用清单", "病历", "便民", "政务", "服务站", "服务中心", "派出所", "村民", "社区", "工作日",
    "自然日", "不收费", "工本费", "群众评议", "公示", "非必要", "必要", "容缺后补", "窗口", "取号机", "大厅", "残疾人", "退役军人",
    "居民", "户口", "户籍", "家庭", "成员", "父母", "子女", "配偶", "亲属", "对象", "人员", "学生", "劳动者", "优抚", "困难", "残疾", "城乡", "市外",
    "就业", "就读", "关系", "劳动", "合同", "房屋", "租赁", "产权", "住宿", "收入", "支出", "财产", "状况", "情况", "工资", "养老金", "存折", "能力", "义务",
    "证件", "凭证", "通知书", "通知", "回执", "决定书", "证明书", "宣告书", "证明", "佐证", "材料", "书面", "项目", "类别", "变更", "更名", "申请", "领取",
    "评定", "核查",
    "有效", "来源", "经济", "社会", "条例", "办法", "规定", "制度", "意见", "权益", "保障", "管理", "促进", "国务院", "重庆市",
    "规划许可", "许可证", "离婚协议", "判决书", "调解书", "权属证书", "人民法院", "医学鉴定", "经营单位", "服务机构",
    "宅基地", "计划生育", "老年人", "未成年人", "法定时限", "承诺时限", "咨询电话", "监督电话", "受理", "审核", "办理", "打印",
    "发号", "叫过", "办结", "过号", "弃号", "未办", "已打印", "首次", "末次",
  ]

  /// By their first character, the longest first.
  private static let byFirst: [Unicode.Scalar: [[Unicode.Scalar]]] = Dictionary(
    grouping: words.map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }, by: { $0[0] })

  /// For each index of `text` whether it lies inside a word, so that no line begins there.
  static func insides(of text: [Unicode.Scalar]) -> [Bool] {
    var inside = Array(repeating: false, count: text.count)
    var index = 0
    while index < text.count {
      let word = byFirst[text[index]]?.first { word in
        word.count <= text.count - index && zip(word, text[index...]).allSatisfy { $0 == $1 }
      }
      guard let word else {
        index += 1
        continue
      }
      for offset in 1..<word.count { inside[index + offset] = true }
      index += word.count
    }
    return inside
  }
}
