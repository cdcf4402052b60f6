import FileKit
import Foundation
import Groundwork
import Hall
import Settings
import SlipRender
import Slips
import Testing
import Views

/// Every item of the shipped catalogue in every combination of situations, on the notice, the poster and the API: none
/// of them says anything that sends people home in vain.
@Suite("every notice of the shipped catalogue")
struct EveryNoticeTests {
  enum Place: String, CaseIterable, Sendable {
    case town = "demo.yaml"
    case village = "demo-village.yaml"
  }

  private static func rules(_ place: Place) throws -> HallRules {
    try Reference.require(
      ConfigurationFile.load(
        Reference.folder + "/" + place.rawValue, models: Reference.models, sealing: TellApart())
    ).rules
  }

  private static func document(_ item: Item, _ said: [String], _ rules: HallRules, large: Bool = false) -> SlipDocument
  {
    NoticeSlip(
      slip: SlipID("n"),
      hall: NoticeSlip.Contact(
        name: rules.identity.name, address: rules.address, hours: rules.hoursText, consultPhone: rules.consultPhone,
        supervisePhone: rules.supervisePhone, station: rules.station),
      item: item, situations: said, number: "GZ-500151105-20261123-0042", code: PublicCode(entropy: 42),
      checkCode: "7F3A91C2", catalogueVersion: rules.catalogue.version, place: rules.place(of: item),
      ticket: TicketNumber("A042"), printedAt: Timestamp(milliseconds: 1_795_396_357_000), largeType: large
    ).document()
  }

  /// The document's check items by group.
  private static func groups(_ document: SlipDocument) -> [String: [(name: String, details: [String])]] {
    var groups: [String: [(name: String, details: [String])]] = [:]
    var group = ""
    for block in document.blocks {
      switch block {
      case .section(let title, _): group = title
      case .checkItem(_, let name, _, let details, _): groups[group, default: []].append((name, details))
      default: break
      }
    }
    return groups
  }

  private static func texts(_ document: SlipDocument) -> [String] {
    document.blocks.flatMap { block -> [String] in
      switch block {
      case .heading(let text), .title(let text), .bigNumber(let text), .paragraph(let text, _): [text]
      case .keyValue(let key, let value): [key, value]
      case .section(let title, let advice): [title, advice ?? ""]
      case .checkItem(_, let name, let copies, let details, _): [name] + copies + details
      case .step(_, let text): [text]
      case .cutLine(let caption): [caption]
      case .code(_, let beside, let caption): beside.flatMap { [$0.key ?? "", $0.text] } + [caption]
      case .sealBox(let caption, let beside): [caption] + beside
      case .rule, .space: []
      }
    }
  }

  private static func json(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test(
    "可不带 holds only what the hall gets itself or the law lets be absent; necessity stands at each line",
    arguments: Place.allCases)
  func materials(place: Place) throws {
    let rules = try Self.rules(place)
    let views = ItemViews(rules)
    var seen = 0
    for item in rules.catalogue.items {
      for said in SlowChecklist.everythingSaid(item) {
        seen += 1
        let document = Self.document(item, said, rules)
        let groups = Self.groups(document)
        for (title, lines) in groups {
          for line in lines {
            let isSpare = title == "可不带"
            let tells = line.details.joined()
            #expect(tells.contains("必要") || tells.contains("容缺后补"), "\(item.code) \(said) \(line)")
            if isSpare {
              #expect(tells.contains("可查，不用带") || tells.contains("非必要"), "\(item.code) \(said) \(line)")
            } else {
              #expect(!tells.contains("可查，不用带"), "\(item.code) \(said) \(line)")
            }
          }
        }
        // Whoever has to show something is never told that there is nothing to bring.
        let answers = Answers(said, to: item.questions)
        let needed = item.materials.filter { material in
          guard material.kind != .form, material.necessity != .optional, !material.shared else { return false }
          guard let when = material.when else { return true }
          return answers.truth(of: when) == .holds
        }
        let must = groups["必带"] ?? []
        for material in needed where material.oneOf == nil {
          let line = must.first { $0.name == material.name }
          #expect(line != nil, "\(item.code) \(said): \(material.name)")
          if material.electronicAccepted {
            #expect(line?.details.first?.hasPrefix("可用电子证照") == true, "\(item.code): \(material.name)")
          }
        }
        if !needed.isEmpty {
          #expect(Self.texts(document).contains { $0.hasPrefix("请按此清单一次备齐") }, "\(item.code) \(said)")
        }
        // The same lists from the API, with the same words behind the names.
        let list = try Self.json(views.checklist(item, said))
        for (key, title) in [("bring", "必带"), ("fill", "现场填写"), ("spare", "可不带")] {
          let entries = try #require(list[key] as? [[String: Any]])
          #expect(
            entries.compactMap { $0["name"] as? String } == (groups[title] ?? []).map(\.name), "\(item.code) \(said)")
          for choice in entries.flatMap({ $0["choices"] as? [[String: Any]] ?? [] }) {
            let isShared = choice["shared"] as? Bool == true
            let necessity = choice["necessity"] as? String
            if key == "spare" { #expect(isShared || necessity == "非必要", "\(item.code) \(said)") }
            let behind = (choice["behind"] as? String).flatMap(Material.Behind.init(rawValue:))
            let expected: Material.Behind? =
              isShared
              ? (place == .village ? .sharedAtStation : .shared)
              : choice["electronic"] as? Bool == true ? .electronic : nil
            #expect(behind == expected, "\(item.code) \(said)")
          }
        }
      }
    }
    #expect(seen > 60, "cases of the shipped catalogue")
  }

  @Test(
    "one rule says where it is done: the same on notice, poster and API, with address, hours and phone",
    arguments: Place.allCases)
  func places(place: Place) throws {
    let rules = try Self.rules(place)
    let views = ItemViews(rules)
    let poster = DirectoryPoster(.hall, of: rules.catalogue, for: rules)
    for item in rules.catalogue.items {
      let whereText = rules.place(of: item)
      let told = try #require(try Self.json(views.whole(item))["told"] as? [String: String])
      let document = Self.document(item, [], rules)
      let texts = Self.texts(document)
      let whole = texts.joined(separator: "\n")
      let lead = texts.first { $0.contains(whereText.step) }
      #expect(lead != nil && texts.firstIndex(of: lead ?? "") ?? 99 < 6, "\(item.code): at the top")
      for one in whereText.places {
        for word in [one.name, one.address, one.hours, one.phone] {
          #expect(whole.contains(word), "\(item.code): \(word)")
        }
      }
      for (key, word) in [("收费", "cost"), ("承诺时限", "promised"), ("法定时限", "legal")] {
        #expect(document.blocks.contains(.keyValue(key: key, value: told[word] ?? "?")), "\(item.code) \(key)")
      }
      let facts = poster.sections.flatMap(\.entries).first { $0.name == item.name }?.facts ?? []
      let posted = facts.map(\.text).joined(separator: "\n")
      for word in ["cost", "promised", "legal"] { #expect(posted.contains(told[word] ?? "?"), "\(item.code) \(word)") }
      let words = told["place"] ?? "?"
      #expect(words == whereText.words && posted.contains(words), "\(item.code): \(words)")
      if case .keyValue(_, let value)? = document.blocks.first(where: {
        if case .keyValue("地点", _) = $0 { true } else { false }
      }), place == .town {
        #expect(value.hasPrefix(words), "\(item.code): \(value)")
      }
      switch (place, item.level, item.directory) {
      case (.town, .village, _):
        #expect(whereText.elsewhere?.kind == .village && whereText.places == rules.neighbours.villages)
      case (.village, _, nil) where item.isPoliceOnly:
        #expect(whereText.places == [rules.neighbours.police].compactMap(\.self))
      case (.village, _, nil): #expect(whereText.places == [rules.neighbours.town].compactMap(\.self))
      default: break
      }
    }
  }

  @Test("a station's notice has a station's words: 请交给代办员, and neither window nor board")
  func station() throws {
    let rules = try Self.rules(.village)
    for item in rules.catalogue.items {
      let document = Self.document(item, [], rules)
      let data =
        item.steps + item.conditions + item.basis
        + item.materials.flatMap { [$0.source, $0.note, $0.obtain, $0.standard].compactMap(\.self) }
      for text in Self.texts(document) where !data.contains(where: text.contains) && text != item.note {
        #expect(!text.contains("窗口") && !text.contains("大屏"), "\(item.code): \(text)")
      }
      if item.directory != nil {
        #expect(Self.texts(document).contains { $0.contains("交给代办员") }, "\(item.code)")
      }
    }
  }

  /// 低保 and 残疾人两项补贴 list more papers and law than fits a page in readable letters.
  private static let longerThanAPage: Set<String> = ["MZ-001", "MZ-004"]

  @Test("a notice fits one page of A4 where its text allows, for every combination of its item's situations")
  func sheets() async throws {
    let rules = try Self.rules(.town)
    let renderer = try SlipRenderer()
    var over: [String] = []
    var seen = 0
    for item in rules.catalogue.items {
      for said in SlowChecklist.everythingSaid(item) {
        seen += 1
        let pages = try await renderer.sheetImages(Self.document(item, said, rules)).count
        #expect(pages <= 2, "\(item.code) \(said)")
        if pages > 1, !Self.longerThanAPage.contains(item.code) { over.append("\(item.code) \(said): \(pages)") }
      }
    }
    #expect(over.isEmpty, "\(over.count) of \(seen): \(over)")
  }
}
