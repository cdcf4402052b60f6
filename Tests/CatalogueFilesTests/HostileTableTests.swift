import FileKit
import Foundation
import Hall
import Testing

@testable import CatalogueFiles

/// Goal: what somebody hides in a cell has no effect in a spreadsheet, a page or a slip. Method: each attack in each
/// column that importing knows and in one that it does not; the whole output is searched.
@Suite("hostile cells of a hall's table")
struct HostileTableTests {
  static let unknown = "责任科室"
  static let columns = SheetColumn.all.map(\.heading) + [unknown]

  private func imported(_ column: String, _ cell: String) throws -> CatalogueImport {
    let plain: [SheetColumn: String] = [
      .code: "SQ-001", .name: "养犬登记", .category: "便民服务", .queueGroup: "社保", .level: "镇街", .basis: "《办法》", .steps: "申请",
      .promisedLimit: "即时办结", .fee: "不收费", .consultPhone: "12345", .supervisePhone: "12345", .material: "居民身份证",
      .kind: "原件", .necessity: "必要", .originals: "1",
    ]
    let row =
      SheetColumn.all.map { column == $0.heading ? cell : plain[$0] ?? "" } + [column == Self.unknown ? cell : ""]
    let table = [Self.columns, row].map { cells in
      cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
    }.joined()
    return try CatalogueImport(
      Array(table.utf8), asOf: "2026-11-22", pinyin: try Reference.pinyin(), sealing: TellApart())
  }

  @Test("a formula in any column is not taken over, and its row says so", arguments: columns)
  func formula(column: String) throws {
    for attack in ["=HYPERLINK(\"http://evil\",\"点这里\")", "@SUM(evil)", "＝evil()", "\t=evil()"] {
      let result = try imported(column, attack)
      #expect(!result.text.contains("evil"), "\(column): \(result.text)")
      #expect(result.report.rows.first?.remarks.contains { $0.words.contains("公式") && $0.severity == .error } == true)
    }
  }

  @Test("a control character in any column reaches neither catalogue nor export as it is", arguments: columns)
  func controls(column: String) throws {
    for attack in ["甲\u{7}乙", "甲\u{1B}@乙", "甲\u{202E}乙", "甲\u{85}乙"] {
      let result = try imported(column, attack)
      let isRaw = result.text.unicodeScalars.contains { scalar in
        scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
      }
      #expect(!isRaw, "\(column)")
      guard let catalogue = result.catalogue else { continue }
      for row in try CSVText.rows(String(CatalogueExport.csv(catalogue).dropFirst())) {
        for cell in row.cells {
          #expect(
            !cell.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }, "\(column)")
        }
      }
    }
  }

  @Test("a table with zero bytes is no text, and nothing of it is read")
  func zero() {
    #expect(throws: CatalogueImport.Refused.self) { try imported(Self.unknown, "甲\u{0}乙") }
  }
}
