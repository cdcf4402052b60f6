package import Hall
package import Ports

/// A hall's own table of items as a catalogue file.
///
/// A row is a material of an item, or an item alone; rows of one item follow each other, and the item's own cells stand
/// in the first. What the table does not say is left to the catalogue's own rules, whose findings come back to the row.
package struct CatalogueImport: Sendable {
  /// The catalogue as YAML; also with errors, so that it can be mended there.
  package let text: String
  package let report: ImportReport
  /// Nil when the catalogue's rules find a fault in it.
  package let catalogue: Catalogue?

  /// Why a file is no table.
  package struct Refused: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// Largest file that is read.
  package static let largestFile = 32 << 20

  /// Reads a file of the hall's.
  ///
  /// - Parameter asOf: the date the catalogue gives for itself, `2026-11-22`.
  package static func load(
    _ path: String, asOf: String, pinyin: PinyinTable, sealing: any Sealing
  ) throws(Refused) -> CatalogueImport {
    let log = FaultLog()
    guard let bytes = BoundedFile.bytes(path, atMost: largestFile, log) else {
      throw Refused(description: log.faults.first?.description ?? "\(path): 读不出来")
    }
    return try CatalogueImport(bytes, asOf: asOf, pinyin: pinyin, sealing: sealing)
  }

  package init(_ bytes: [UInt8], asOf: String, pinyin: PinyinTable, sealing: any Sealing) throws(Refused) {
    let (decoded, encoding) = try Self.decode(bytes)
    let rows = try Self.rows(decoded)
    guard let head = rows.first else { throw Refused(description: "文件是空的：请导出含表头的表格") }
    let columns = head.cells.map { SheetColumn(heading: $0) }
    guard columns.contains(.name) else {
      let seen = head.cells.prefix(6).map { $0.trimmed.prefix(12) }.joined(separator: "、")
      throw Refused(
        description: "按 \(encoding.rawValue) 读取，第 1 行没有“事项名称”一列（读到：\(seen)）："
          + "请让第一行是表头；若文字是乱码，请另存为“CSV UTF-8”再导入")
    }
    var report = ImportReport(
      encoding: encoding,
      unknownColumns: zip(head.cells, columns).filter { $0.1 == nil && !$0.0.trimmed.isEmpty }.map { $0.0.trimmed })
    var sheet = SheetReader(head.cells, columns)
    for row in rows.dropFirst() { sheet.take(row, &report) }
    let written = YAMLText.write(
      .table(
        [
          (key: "schema", value: .text("yichuang-catalogue/1")), (key: "as_of", value: .text(asOf)),
          (key: "items", value: .list(sheet.items.map(\.asText))),
        ], row: 0))
    text = written.text
    let read = CatalogueFile.read(text, file: "", pinyin: pinyin, sealing: sealing)
    for (findings, severity) in [(read.faults, ImportReport.Severity.error), (read.warnings, .warning)] {
      for finding in findings {
        let row = written.rows.indices.contains(finding.line - 1) ? written.rows[finding.line - 1] : 0
        report.say(row, severity, finding.words(inChinese: true))
      }
    }
    self.report = report
    catalogue = read.value
  }

  private static func decode(_ bytes: [UInt8]) throws(Refused) -> (String, TextEncoding) {
    do throws(TextEncoding.Fault) {
      return try TextEncoding.decode(bytes)
    } catch {
      switch error {
      case .workbook: throw Refused(description: "这是工作簿（xlsx、xls 或 et），不是 CSV：请在 WPS 或 Excel 里另存为“CSV UTF-8”")
      case .binary: throw Refused(description: "这不是文本文件：请在 WPS 或 Excel 里另存为“CSV UTF-8”")
      case .unknown(let place):
        throw Refused(description: "既不是 UTF-8，也不是 GB 18030（第 \(place + 1) 个字节起读不出）：请另存为“CSV UTF-8”")
      case .noConverter: throw Refused(description: "本机缺少 GB 18030 转换模块（libc6 的 gconv）：请装上，或另存为“CSV UTF-8”")
      }
    }
  }

  private static func rows(_ text: String) throws(Refused) -> [CSVText.Row] {
    do throws(CSVText.Fault) {
      return try CSVText.rows(text)
    } catch {
      switch error {
      case .openQuote(let line): throw Refused(description: "第 \(line) 行的引号没有结束：请检查这一行，或重新导出")
      case .tooManyRows(let limit): throw Refused(description: "超过 \(limit) 行：请分开导入")
      case .tooManyColumns(let line, let limit): throw Refused(description: "第 \(line) 行超过 \(limit) 列：请检查分隔符")
      case .longCell(let line, let limit): throw Refused(description: "第 \(line) 行有一格超过 \(limit) 字：多半是引号没有配对")
      }
    }
  }
}
