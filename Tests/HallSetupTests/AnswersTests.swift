import FileKit
import Foundation
import HallSetup
import Settings
import Testing
import YAMLDocuments

/// Goal: an answer that cannot be is said at its line, with what to write instead. Method: one thing of good answers is changed.
struct AnswersTests {
  @Test(
    "each fault at its line, once",
    arguments: [
      Edit("machine: new\n", "", says: "`machine` is missing"),
      Edit("machine: new", "machine: old", says: "write one of", below: 0),
      Edit("division: 安居", "division: 无此镇", says: "no division is"),
      Edit("division: 安居", "division: 街道", says: "may be"),
      Edit("hours: ['09:00-12:00', '14:00-17:30']", "hours: ['12:00-09:00']", says: "the session"),
      Edit("consult_phone: '12345'", "consult_phone: '1'", says: "`consult_phone` is"),
      Edit("comprehensive: 2", "comprehensive: 0", says: "`comprehensive` is"),
      Edit("pick_up: 1}", "pick_up: 1, vip: 3}", says: "`vip` is not known here"),
      Edit("model: generic-80", "model: laser", says: "no printer model"),
      Edit("address: 重庆", "adress: 重庆", says: "`adress` is not known here"),
      Edit("role: coordinator", "role: boss", says: "the role"),
      Edit("badge: AJ100", "badge: AJ001", says: "stands in line 11 too"),
      Edit("badge: AJ100", "badge: 一百", says: "the badge"),
      Edit("staff:", "certificates: yichuang.local\nstaff:", says: "`certificates` is"),
      Edit("staff:", "backup: {recipient: age1short, target: /srv}\nstaff:", says: "no recipient of age"),
      Edit("staff:", "backup: none\nscreen: perhaps\nstaff:", says: "`screen`", below: 1),
    ])
  func faults(_ edit: Edit) throws {
    let kit = try SetupKit()
    let changed = try edit.applied(to: SetupKit.good)
    let faults = try kit.answers(changed.text).faults
    // A misspelt key is also missing under its right name; the remedies of choices stand in the remedy.
    let said = faults.filter { "\($0.what); \($0.remedy)".contains(edit.says) }
    #expect(said.count == 1, "\(faults)")
    #expect(said.first?.line == changed.line, "\(faults)")
    #expect(faults.count <= 2)
  }

  @Test("a table of WPS is read by its headings, in GB 18030 too, and both lines of a badge that is twice are named")
  func table() throws {
    let kit = try SetupKit()
    _ = try kit.write("\u{FEFF}姓名,工号,角色\r\n演示员甲,AJ001,窗口人员\r\n演示统筹员,AJ100,统筹人员\r\n", to: "staff.csv")
    let list = SetupKit.good.range(of: "staff:\n").map { String(SetupKit.good[..<$0.lowerBound]) } ?? ""
    let good = try kit.good(list + "staff: staff.csv\n")
    #expect(good.staff.map(\.badge) == ["AJ001", "AJ100"])
    _ = try kit.write("工号,姓名,角色\nAJ001,甲,窗口\nAJ100,乙,统筹\nAJ001,丙,代办\nAJ002,丁,局长\n", to: "staff.csv")
    let faults = try kit.answers(list + "staff: staff.csv\n").faults
    #expect(faults.map(\.line) == [4, 5])
    #expect(faults.allSatisfy { $0.file.hasSuffix("staff.csv") })
    #expect(faults.first?.what.contains("line 2") == true)
    // 姓名,工号,角色 and one row in GB 18030.
    let gb: [UInt8] = [
      0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB9, 0xA4, 0xBA, 0xC5, 0x2C, 0xBD, 0xC7, 0xC9, 0xAB, 0x0A, 0xBC, 0xD7, 0x2C, 0x41,
      0x31,
      0x2C, 0xCD, 0xB3, 0xB3, 0xEF, 0x0A,
    ]
    try Data(gb).write(to: URL(fileURLWithPath: kit.folder + "/staff.csv"))
    #expect(try kit.good(list + "staff: staff.csv\n").staff == [.init(badge: "A1", name: "甲", role: .coordinator)])
  }

  @Test("every role of a configuration may stand in the table, in Chinese or as the configuration has it")
  func roles() throws {
    let kit = try SetupKit()
    let list = SetupKit.good.range(of: "staff:\n").map { String(SetupKit.good[..<$0.lowerBound]) } ?? ""
    let chinese = ["窗口人员", "代办员", "统筹人员", "系统管理员", "安全管理员", "审计管理员"]
    for words in [chinese, StaffSettings.Role.allCases.map(\.rawValue)] {
      let rows = words.enumerated().map { "A\($0.offset),甲,\($0.element)" }
      _ = try kit.write("工号,姓名,角色\n" + rows.joined(separator: "\n"), to: "staff.csv")
      #expect(try kit.good(list + "staff: staff.csv\n").staff.map(\.role) == StaffSettings.Role.allCases)
    }
  }

  @Test("the example of the package is a whole one")
  func example() throws {
    let kit = try SetupKit()
    let text = try String(contentsOfFile: SetupKit.root + "/packaging/answers.yaml.example", encoding: .utf8)
    let answers = try kit.good(text)
    _ = try kit.settings(kit.draft(nil, answers).text)
  }
}
