import FoundationEssentials
import Groundwork
import Hall
import Ports
import SlipRender
import Slips
import Testing

@Suite("Directory posters")
struct PosterTests {
  /// Forty items of three departments, including the longest names that offices have.
  private static let catalogue = Catalogue(
    version: "9c1e4f7a20b35d68", asOf: "2026-11-22",
    items: (1...40).map { number in
      Item(
        code: "P-\(number)", name: number % 5 == 0 ? "困难残疾人生活补贴和重度残疾人护理补贴申请（第\(number)项）" : "事项第\(number)项",
        initials: "", category: ["医疗保障", "社会救助", "公安户籍"][number % 3], queueGroup: "综合", handledBy: .agent,
        materials: [
          Material(name: "居民身份证", kind: .original, originals: 1, copies: 0, required: true),
          Material(name: "申请表", kind: .form, originals: 1, copies: 0, required: true),
          Material(name: "户口簿", kind: .copy, originals: 0, copies: 1, necessity: .necessary, shared: true),
        ], steps: ["提交", "审核", "发放"], promisedLimit: TimeLimit(count: number, unit: .workingDay),
        level: .village, directory: number % 4 == 0 ? .service : .agency)
    })

  private static func render(
    _ content: DirectoryPoster.Content, onA3: Bool, as name: String = "poster"
  ) async throws -> URL {
    let poster = DirectoryPoster(content, of: catalogue)
    return try Workshop.keep(
      try await Workshop.renderer.get().posters([poster], onA3: onA3),
      as: "\(name)-\(content)-\(onA3 ? "a3" : "a4").pdf"
    )
  }

  @Test("a list holds its own items, by department, each with papers, course, limit and code")
  func content() throws {
    let agency = DirectoryPoster(.agency, of: Self.catalogue)
    let service = DirectoryPoster(.service, of: Self.catalogue)
    #expect(agency.title == "代办事项目录" && service.title == "服务事项目录")
    #expect(agency.sections.flatMap(\.entries).count == 30 && service.sections.flatMap(\.entries).count == 10)
    #expect(agency.sections.map(\.title) == ["社会救助", "公安户籍", "医疗保障"])
    #expect(agency.sections.flatMap(\.entries).map(\.number) == Array(1...30))
    let entry = try #require(agency.sections.first?.entries.first)
    #expect(entry.payload == "事项第1项\nITEM P-1" && CodePayload.item(in: entry.payload) == "P-1")
    #expect(entry.facts.map(\.key) == ["要带", "流程", "时限"])
    #expect(entry.facts[0].text == "必带：居民身份证（必要）；现场填写：申请表（必要）；可不带：户口簿（必要，窗口可查，不用带）")
    #expect(entry.facts[2].text == "承诺时限 1 个工作日　法定时限 请问窗口　收费 不收费")
  }

  @Test("its foot says whom to ask and to complain to, which version it is and when it was printed")
  func foot() throws {
    let rules = HallRules(
      identity: try HallIdentity(
        division: Division(code: "500151105", name: "安居镇", kind: .town, pilot: true), level: .town),
      address: "", hoursText: "", consultPhone: "023-45800000", supervisePhone: "023-45800001", mode: .undifferentiated,
      lanes: [], windows: [], calendar: WorkCalendar(off: [:], worked: [], years: [2026]), hours: .always,
      catalogue: Self.catalogue, kiosks: [])
    let foot = DirectoryPoster(.hall, of: Self.catalogue, for: rules, printedOn: CivilDate("2026-11-23")).foot
    for words in [
      "咨询电话 023-45800000", "监督电话 023-45800001、12345", "目录版本 \(Self.catalogue.version)", "2026-11-23 打印", "问窗口",
    ] { #expect(foot.contains(words), "\(foot)") }
  }

  @Test("an item whose text is longer than a page is refused by its name, never cut off")
  func tooLong() async throws {
    func catalogue(_ steps: Int) -> Catalogue {
      Catalogue(
        version: "00000000000000ff", asOf: "2026-11-23",
        items: [
          Item(
            code: "P-1", name: "流程很长的事项", initials: "LC", category: "社会救助", queueGroup: "综合", handledBy: .window,
            steps: (1...steps).map { "第\($0)步，到第\($0)个部门办理并取回盖章的回执" }, level: .village, directory: .agency)
        ])
    }
    let renderer = try Workshop.renderer.get()
    _ = try await renderer.posters([DirectoryPoster(.agency, of: catalogue(20))], onA3: true)
    await #expect(throws: SlipRenderFault.posterTooLong(piece: "流程很长的事项")) {
      try await renderer.posters([DirectoryPoster(.agency, of: catalogue(200))], onA3: true)
    }
  }

  @Test("what a scanner reads of a poster names an item, and of anything else none")
  func scanned() {
    #expect(CodePayload.item(in: "???? ITEM RS-004\r\n") == "RS-004", "a keyboard scanner garbles the name")
    #expect(CodePayload.item(in: "A042\n\(Samples.code)") == nil)
    #expect(CodePayload.item(in: " RS-004\n") == "RS-004", "a label of its own")
    #expect(
      CodePayload.item(in: "事项 RS-004") == nil && CodePayload.item(in: "ITEM") == nil && CodePayload.item(in: "") == nil
    )
    #expect(CodePayload.item(in: String(repeating: "x ", count: 400) + "ITEM RS-004") == nil)
    #expect(CodePayload.code(in: CodePayload.item(name: "社保卡", code: "RS-004")) == nil, "it is no slip's code")
  }

  @Test("pages have the paper's size, and every item of the list is on one of them", arguments: [true, false])
  func pages(onA3: Bool) async throws {
    let file = try await Self.render(.agency, onA3: onA3)
    let info = try #require(await Workshop.output("/usr/bin/pdfinfo", [file.path]))
    #expect(
      info.contains(
        onA3 ? /Page size: +84[12]\.\d+ x 1190\.\d+ pts \(A3\)/ : /Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/))
    let text = try #require(await Workshop.output("/usr/bin/pdftotext", [file.path, "-"]))
    let plain = text.filter { !$0.isWhitespace }
    for entry in DirectoryPoster(.agency, of: Self.catalogue).sections.flatMap(\.entries) {
      #expect(plain.ranges(of: "\(entry.number).\(entry.name)".filter { !$0.isWhitespace }).count == 1, "\(entry.name)")
    }
  }

  @Test(
    "every code on the wall is read, also on the smaller paper",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zbarimg"), "zbar-tools is not installed"))
  func codes() async throws {
    let file = try await Self.render(.agency, onA3: false, as: "codes")
    let stem = file.deletingPathExtension().path
    _ = try #require(await Workshop.output("/usr/bin/pdftoppm", ["-r", "203", "-gray", file.path, stem]))
    let folder = file.deletingLastPathComponent()
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("codes-agency-a4-") && $0.hasSuffix(".pgm") }.map { folder.path + "/" + $0 }
    let read = try #require(await Workshop.output("/usr/bin/zbarimg", ["--quiet", "--raw", "--nodbus"] + pages))
    for entry in DirectoryPoster(.agency, of: Self.catalogue).sections.flatMap(\.entries) {
      // The name may be garbled, as by a keyboard-mode scanner; the item's code is on a line of its own.
      let code = entry.payload.split(separator: "\n").last.map(String.init) ?? "?"
      let isRead = read.split(separator: "\n").contains { $0 == code }
      #expect(isRead, "\(entry.name)")
    }
  }
}
