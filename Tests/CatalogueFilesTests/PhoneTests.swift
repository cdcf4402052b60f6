import FileKit
import Hall
import Settings
import Testing
import YAMLDocuments

@testable import CatalogueFiles

/// Goal: a phone in any spelling is read whole or refused, never cut to another number. Method: spellings from offices'
/// tables and files, each with its expected result.
@Suite("phone numbers")
struct PhoneTests {
  @Test(
    "a number in an office's spelling is read whole",
    arguments: [
      ("（023）4563 0000", "023-45630000"), ("(023)45630000", "023-45630000"), ("023－45630000", "023-45630000"),
      ("023 45630000", "023-45630000"), ("02345630000", "023-45630000"), ("０２３－４５６３００００", "023-45630000"),
      ("023—45630000", "023-45630000"), ("023\u{2011}4563\u{A0}0000", "023-45630000"),
      ("023-4563-0000", "023-45630000"),
      ("+86 023 45630000", "023-45630000"), ("0571-8765432", "0571-8765432"), ("057187654321", "0571-87654321"),
      ("138 0000 0000", "13800000000"), ("138-0000-0000", "13800000000"), ("+8613800000000", "13800000000"),
      ("400-123-4567", "400-123-4567"), ("4001234567", "400-123-4567"), ("023 12345", "023-12345"),
      ("12345热线", "12345"),
      ("96123", "96123"), ("023-45630000转8001", "023-45630000-8001"), ("023-45630000-8001", "023-45630000-8001"),
      ("窗口咨询：一楼3号窗口；电话：023-45678901", "023-45678901"), ("邮编402560，电话023-45630000", "023-45630000"),
      ("人民路128号 023-45630000", "023-45630000"), ("周一至周五9:00-17:00，023-45630000", "023-45630000"),
      ("工作日 9:00—12:00 12345", "12345"), ("传真：023-45630001 电话：023-45630000", "023-45630000"),
      ("023-\u{200B}45630000", "023-45630000"),
    ])
  func reads(text: String, number: String) {
    #expect(SheetWords.phone(text) == .number(number))
    #expect(PhoneNumber.isOne(number))
  }

  @Test(
    "what may be a part of a number, or was changed by a spreadsheet, is doubtful",
    arguments: [
      "2.345630E+10", "45630000", "4563000", "023-4563000", "023-456300001", "23-45630000", "0234563000", "402560",
      "023-45630000.5",
      "023-45630000-45630001", "023-45630000/1", "1380000000", "138000000001", "128-9", "02345630000E1", "45630000.0",
      "建设路119", "023-4563 00", "1388",
    ])
  func doubts(text: String) {
    guard case .doubtful = SheetWords.phone(text) else {
      Issue.record("\(text): \(SheetWords.phone(text))")
      return
    }
    #expect(!PhoneNumber.isOne(text))
  }

  @Test("of several numbers the first is told, the others are said to be there; hours and houses are none")
  func several() {
    #expect(SheetWords.phone("023-45630000、023-45630001") == .first("023-45630000"))
    #expect(SheetWords.phone("023-45630000/45630001") == .first("023-45630000"))
    #expect(SheetWords.phone("023-45630000或12345") == .first("023-45630000"))
    for text in ["窗口咨询", "一楼3号窗口", "人民路128号2楼", "9:00-17:00", "邮编：402560", "110室"] {
      #expect(SheetWords.phone(text) == .none, "\(text)")
    }
    #expect(SheetWords.phone("本厅电话") == .hall)
  }

  @Test(
    "a file's phone stands as slips print it; the remedy writes it out where it is plain",
    arguments: [
      ("（023）4563 0000", "写成 023-45630000"), ("023－45630000", "写成 023-45630000"), ("02345630000", "写成 023-45630000"),
      ("023-4563000", "写热线"), ("4563000", "写热线"), ("45630000", "写热线"), ("402560", "写热线"), ("128", "写热线"),
      ("2.345630E+10", "写热线"),
      ("023-45630000、023-45630001", "写热线"),
    ])
  func files(text: String, remedy: String) throws {
    let good = "as_of: '2026-11-22'\nitems:\n" + CatalogueSample.village
    #expect(try CatalogueSample.read(good).faults.isEmpty)
    for key in ["consult_phone: '@hall'", "supervise_phone: '12345'"] {
      let name = key.prefix { $0 != ":" }
      let read = try CatalogueSample.read(good.replacing(key, with: "\(name): '\(text)'"))
      let fault = try #require(read.faults.first, "\(text)")
      #expect(read.faults.count == 1 && fault.chinese.contains(remedy), "\(fault)")
    }
    let configuration = try Reference.text("reference/demo.yaml")
    let line = try #require(configuration.split(separator: "\n").first { $0.contains("consult_phone:") })
    let hall = try Scratch().configuration(configuration.replacing(line, with: "  consult_phone: '\(text)'"))
    #expect(
      hall.faults.contains { $0.what.contains("consult_phone") && $0.chinese.contains(remedy) },
      "\(hall.faults)")
  }
}
