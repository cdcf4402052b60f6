import Hall
import Testing

/// Goal: a hall's name is derived from its division and level (铜府办〔2023〕32号 二（一）), and every retired name is
/// refused with the right one. Method: the district's 28 divisions, and the names that old signs still carry.
@Suite("Who the hall is")
struct IdentityTests {
  static let divisions: [(code: String, name: String, kind: Division.Kind, pilot: Bool)] =
    ["巴川街道", "东城街道", "南城街道", "蒲吕街道", "旧县街道"].enumerated().map {
      ("50015100\($0.offset + 1)", $0.element, .street, true)
    }
    + [
      (101, "土桥镇"), (103, "二坪镇"), (104, "水口镇"), (105, "安居镇"), (106, "白羊镇"), (107, "平滩镇"), (108, "小林镇"),
      (109, "双山镇"), (110, "虎峰镇"), (111, "石鱼镇"), (112, "福果镇"), (113, "庆隆镇"), (114, "少云镇"), (115, "维新镇"),
      (116, "高楼镇"), (117, "大庙镇"), (118, "围龙镇"), (119, "华兴镇"), (120, "永嘉镇"), (121, "安溪镇"), (122, "西河镇"),
      (123, "侣俸镇"), (124, "太平镇"),
    ].map { ("500151\($0.0)", $0.1, .town, ["二坪镇", "安居镇", "大庙镇"].contains($0.1)) }

  @Test("there are 28 divisions, of which 8 are pilots")
  func count() {
    #expect(Self.divisions.count == 28)
    #expect(Self.divisions.count { $0.pilot } == 8)
  }

  @Test("each of the 28 divisions gives its own hall its name", arguments: divisions)
  func derived(code: String, name: String, kind: Division.Kind, pilot: Bool) throws {
    let division = Division(code: code, name: name, kind: kind, pilot: pilot)
    let identity = try HallIdentity(division: division, level: .town)
    #expect(identity.name == "\(name)便民服务中心")
    #expect(identity.fullName == "重庆市铜梁区\(name)便民服务中心")
    #expect(throws: Never.self) { try identity.accept(givenName: identity.name) }
    #expect(throws: Never.self) { try identity.accept(givenName: identity.fullName) }
    #expect(throws: HallIdentity.Fault.levelDoesNotFit(kind, .village)) {
      try HallIdentity(division: division, level: .village)
    }
  }

  @Test(
    "a village and a community each name their station by their own kind",
    arguments: [("黄升村", Division.Kind.village, "黄升村便民服务站"), ("文兴社区", .community, "文兴社区便民服务站")])
  func station(name: String, kind: Division.Kind, expected: String) throws {
    let division = Division(code: "500151117201", name: name, kind: kind, pilot: false)
    #expect(try HallIdentity(division: division, level: .village).name == expected)
    #expect(throws: HallIdentity.Fault.levelDoesNotFit(kind, .town)) {
      try HallIdentity(division: division, level: .town)
    }
  }

  @Test(
    "a division whose name does not end as its kind says is refused",
    arguments: [
      ("安居", Division.Kind.town, HallLevel.town), ("安居街道", .town, .town), ("巴川镇", .street, .town),
      ("镇", .town, .town), ("街道", .street, .town), ("安居镇（街道）", .town, .town), ("××镇（街道）", .street, .town),
      ("文兴村", .community, .village), ("文兴社区", .village, .village), ("村（社区）", .community, .village),
    ])
  func wrongEnding(name: String, kind: Division.Kind, level: HallLevel) {
    let division = Division(code: "500151105", name: name, kind: kind, pilot: false)
    #expect(throws: HallIdentity.Fault.nameDoesNotEndAsKind(name, kind)) {
      try HallIdentity(division: division, level: level)
    }
  }

  @Test(
    "a retired name is refused with the right one beside it",
    arguments: [
      "安居镇公共服务中心", "重庆市铜梁区安居镇公共服务中心", "安居镇便民服务站", "安居镇便民服务室", "安居镇社会保障服务所", "安居镇政务服务大厅",
      "安居镇（街道）便民服务中心", "安居镇(街道)便民服务中心",
    ])
  func legacyTown(given: String) throws {
    let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    let identity = try HallIdentity(division: division, level: .town)
    #expect(throws: HallIdentity.Fault.nameIsNotDerived(given: given, expected: "安居镇便民服务中心", legacy: true)) {
      try identity.accept(givenName: given)
    }
  }

  @Test("a village's old name 便民服务中心 is retired too", arguments: ["黄升村便民服务中心", "黄升村（社区）便民服务站", "黄升村便民服务室"])
  func legacyVillage(given: String) throws {
    let division = Division(code: "500151117201", name: "黄升村", kind: .village, pilot: false)
    let identity = try HallIdentity(division: division, level: .village)
    #expect(throws: HallIdentity.Fault.nameIsNotDerived(given: given, expected: "黄升村便民服务站", legacy: true)) {
      try identity.accept(givenName: given)
    }
  }

  @Test("another hall's name is refused, though it is no retired one")
  func otherName() throws {
    let division = Division(code: "500151105", name: "安居镇", kind: .town, pilot: true)
    let identity = try HallIdentity(division: division, level: .town)
    #expect(
      throws: HallIdentity.Fault.nameIsNotDerived(given: "大庙镇便民服务中心", expected: "安居镇便民服务中心", legacy: false)
    ) { try identity.accept(givenName: "大庙镇便民服务中心") }
  }
}
