import YAMLDocuments
import CatalogueFiles
import FileKit
import Hall
import Testing

@Suite("search over items")
struct SearchTests {
  private let catalogue: Catalogue
  private let table: PinyinTable
  private let index: ItemIndex

  init() throws {
    catalogue = try Reference.catalogue()
    table = try Reference.pinyin()
    index = ItemIndex(catalogue.items, table)
  }

  private func codes(_ query: String, department: String? = nil) -> [String] {
    index.search(query, department: department).map(\.code)
  }

  @Test(
    "an item is found by what residents type",
    arguments: [
      ("社会保障卡申领", "RS-004"), ("社保卡", "RS-004"), ("低保", "MZ-001"), ("补换", "RS-005"),
      ("shehuibaozhangkashenling", "RS-004"), ("SheHui BaoZhang", "RS-004"), ("sbk", "RS-004"), ("SHBZKSL", "RS-004"),
      ("dibao", "MZ-001"), ("db", "MZ-001"), ("zuidishenghuo", "MZ-001"), ("社会bzk", "RS-004"), ("shbaozhk", "RS-004"),
      ("ＳＨＢＺＫ", "RS-004"), ("rs-004", "RS-004"), ("RS004", "RS-004"), ("lingxing", "YB-003"), ("零星", "YB-003"),
      ("linshi", "MZ-003"), ("换身份", "GA-002"), ("zhaijidi", "NY-001"), ("she'bao'ka", "RS-004"),
      ("chushengd", "GA-003"),
    ])
  func found(query: String, code: String) { #expect(codes(query).contains(code), "\(codes(query))") }

  @Test(
    "an item is found by what residents call it, and last of all by the whole name of a paper that it needs",
    arguments: [
      ("合作医疗", "YB-001"), ("新农合", "YB-001"), ("准生证", "WJ-001"), ("生育证", "WJ-001"), ("户口本", "RS-001"),
      ("hukouben", "RS-001"),
      ("户口簿", "GA-002"), ("社保卡", "RS-004"), ("残疾证", "CL-001"), ("五保", "MZ-002"), ("老年证", "MZ-006"), ("暂住证", "GA-001"),
      ("退伍证", "RS-006"), ("出生证", "GA-003"), ("建房", "NY-001"), ("上户口", "GA-003"), ("Social security card", "RS-004"),
    ])
  func common(query: String, code: String) { #expect(codes(query).contains(code), "\(codes(query))") }

  @Test("a paper finds by its whole name only, behind what is called so")
  func papers() {
    #expect(codes("身份证").first == "GA-002" && codes("身份证").count > 10)
    #expect(
      codes("户口") == codes("户口").filter { ["GA-003"].contains($0) },
      "half of a paper's name finds no paper: \(codes("户口"))")
    #expect(codes("dibao") == ["MZ-001"])
  }

  @Test("common names hold for a catalogue that has none of its own")
  func commonNames() {
    let items = [("A-1", "居民医疗保障缴费"), ("A-2", "生育登记"), ("A-3", "户口簿补领")].map { code, name in
      Item(code: code, name: name, initials: "", category: "试", queueGroup: "试", handledBy: .window)
    }
    let index = ItemIndex(items, table)
    #expect(index.search("医保").map(\.code) == ["A-1"])
    #expect(index.search("准生证").map(\.code) == ["A-2"])
    #expect(index.search("户口本").map(\.code) == ["A-3"] && index.search("hkb").map(\.code) == ["A-3"])
  }

  @Test("what is nobody's name finds nothing", arguments: ["xyzzy", "社保卡卡卡", "qqq", "！？", "zz-999", "bzksh社"])
  func notFound(query: String) { #expect(codes(query).isEmpty, "\(codes(query))") }

  @Test("items with the same initials are all listed, each with its department")
  func collidingInitials() {
    #expect(codes("CXJMJBYLBXCBDJ") == ["YB-001", "RS-001"])
    #expect(index.search("cxjmjbylbxcbdj").map(\.category) == ["医疗保障", "社会保险"])
    #expect(codes("cxjmjbylbxcbdj", department: "社会保险") == ["RS-001"])
  }

  @Test("a blank query lists everything in the catalogue's order, a department its own")
  func blank() {
    #expect(codes("") == catalogue.items.map(\.code))
    #expect(codes("  \t") == catalogue.items.map(\.code))
    #expect(codes("", department: "公安户籍") == ["GA-001", "GA-002", "GA-003"])
    #expect(codes("", department: "没有").isEmpty)
  }

  @Test("a name that begins so stands before one that holds it, and the name before another name")
  func order() {
    #expect(codes("失业").first == "RS-006")
    #expect(codes("社会保障卡").prefix(2) == ["RS-004", "RS-005"])
    #expect(codes("rs-001").first == "RS-001")
  }

  @Test("a character with several readings is found by each of them")
  func heteronyms() {
    let items = [("A-1", "重庆音乐行当"), ("A-2", "绿证"), ("A-3", "参保重办")].map { code, name in
      Item(code: code, name: name, initials: "", category: "试", queueGroup: "试", handledBy: .window)
    }
    let index = ItemIndex(items, table)
    for query in [
      "chongqingyinyuehangdang", "zhongqing", "yinle", "xingdang", "cqyy", "zqyl", "hangd",
    ] {
      #expect(index.search(query).map(\.code) == ["A-1"], "\(query)")
    }
    #expect(index.search("lvzheng").map(\.code) == ["A-2"] && index.search("lüzheng").map(\.code) == ["A-2"])
    #expect(index.search("chongban").map(\.code) == ["A-3"])
  }

  @Test("every item is found by its whole name, its whole pinyin and its initials")
  func everyItem() {
    for item in catalogue.items {
      let readings = item.name.map { table.readings(of: $0).first ?? "" }
      #expect(codes(item.name).contains(item.code))
      #expect(codes(readings.joined()).contains(item.code), "\(readings.joined())")
      #expect(codes(item.initials).contains(item.code), "\(item.initials)")
    }
  }

  @Test("a query of any length and of the worst kind is answered")
  func longQueries() {
    let worst = Item(
      code: "W-1", name: String(repeating: "啊", count: 60), initials: "", category: "试", queueGroup: "试",
      handledBy: .window)
    let index = ItemIndex(Array(repeating: worst, count: 20), table)
    #expect(index.search(String(repeating: "a", count: 100_000)).isEmpty)
    #expect(index.search(String(repeating: "a", count: 60)).count == 20)
    #expect(index.search(String(repeating: "a", count: 59) + "b").isEmpty)
  }

  @Test("a table of readings with wrong lines names each of them")
  func readings() throws {
    let scratch = try Scratch()
    let path = try scratch.write("# c\n一\tyi\n丁丁\tding\n七\n乃\tNǎi\n重\tzhong,chong\n", as: "p.tsv")
    #expect(PinyinTable.load(path).faults.map(\.line) == [3, 4, 5])
    #expect(PinyinTable.load(try scratch.write("# c\n", as: "e.tsv")).faults.count == 1)
  }
}
