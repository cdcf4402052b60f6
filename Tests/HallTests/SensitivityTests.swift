import Hall
import Testing

/// Goal: an item that reveals its holder's health, status or age is sensitive whatever its catalogue says (个人信息保护法 28).
@Suite("sensitive items")
struct SensitivityTests {
  private static func item(
    _ name: String, category: String = "综合", audience: Item.Audience = .person, aliases: [String] = [],
    situations: [String] = [], papers: [String] = [], declared: String? = nil
  ) -> Item {
    Item(
      code: "X", name: name, initials: "X", aliases: aliases, category: category, queueGroup: "综合", audience: audience,
      handledBy: .window, sensitivity: declared,
      situations: situations.map { Situation(key: $0, label: $0) },
      materials: papers.map { Material(name: $0, kind: .original, originals: 1, copies: 0, required: true) })
  }

  @Test(
    "words of health, standing and age make an item sensitive",
    arguments: [
      ("最低生活保障申请", [Sensitivity.specialIdentity]), ("低保边缘家庭认定", [.specialIdentity]), ("特困人员救助供养", [.specialIdentity]),
      ("残疾人证换领", [.health, .specialIdentity]), ("失业登记", [.specialIdentity]), ("生育服务证登记", [.health]),
      ("生育保险待遇申领", [.health]),
      ("门诊慢特病认定", [.health]), ("工伤认定申请", [.health]), ("孤儿认定", [.specialIdentity, .minor]), ("新生儿落户", [.minor]),
      ("义务教育入学报名", [.minor]), ("优抚对象抚恤金申领", [.specialIdentity]), ("社区矫正人员报到", [.specialIdentity]),
      ("独生子女父母奖励", [.health]),
    ])
  func implied(name: String, kinds: [Sensitivity]) {
    #expect(Sensitivity.implied(by: Self.item(name)) == kinds)
    #expect(Self.item(name).isSensitive)
  }

  @Test(
    "what only sounds so is not",
    arguments: [
      "城乡居民基本医疗保险参保登记", "城乡居民基本养老保险参保登记", "社会保障卡申领", "居民身份证换领", "居住证申领", "高龄津贴申请", "农作物病虫害防治", "动物疫病诊断", "动物救助登记",
      "小学教师资格认定", "农村宅基地申请", "取件", "可再生能源补贴", "老年人优待证办理",
    ])
  func notImplied(name: String) {
    #expect(Sensitivity.implied(by: Self.item(name)) == [])
    #expect(!Self.item(name).isSensitive)
  }

  @Test("the department, another name, a grave answer or paper tell as much as the name; an ordinary answer does not")
  func elsewhere() {
    #expect(Self.item("补贴申请", category: "残疾人服务").isSensitive)
    #expect(Self.item("生活补助", aliases: ["五保"]).isSensitive)
    #expect(Self.item("登记", situations: ["刑满释放、解除矫正"]).isSensitive)
    #expect(Self.item("登记", papers: ["解除社区矫正宣告书"]).isSensitive)
    #expect(!Self.item("参保登记", situations: ["新生儿", "残疾人"], papers: ["出生医学证明", "残疾人证"]).isSensitive)
  }

  @Test("a catalogue may say more than the rule, never less; an enterprise is no person")
  func declared() {
    #expect(Self.item("某事项", declared: "health").isSensitive)
    #expect(Self.item("失业登记", declared: nil).isSensitive)
    #expect(!Self.item("残疾人康复机构备案", audience: .enterprise).isSensitive)
  }
}
