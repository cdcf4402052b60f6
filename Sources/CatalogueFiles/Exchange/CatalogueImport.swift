package import Hall
package import Ports
import YAMLDocuments

/// A hall's own table of items as a catalogue file.
///
/// A row is a material of an item, or an item alone. Rows of one item are consecutive, and the item's own cells are in
/// the first. The catalogue's rules check the result, and their findings are mapped back to rows.
package struct CatalogueImport: Sendable {
  /// The catalogue as YAML; also with errors, so that it can be corrected there.
  package let text: String
  package let report: ImportReport
  /// Nil when there is an error, in the table or by the catalogue's rules.
  package let catalogue: Catalogue?

  /// Why a file is not a table.
  package struct Refused: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
  }

  private static let longestHeading = 400

  /// Bytes; larger files are refused.
  package static let largestFile = 32 << 20

  /// Imports a file of the hall.
  ///
  /// - Parameter asOf: the catalogue's own date, `2026-11-22`.
  package static func load(
    _ path: String, asOf: String, pinyin: PinyinTable, sealing: any Sealing
  ) throws(Refused) -> CatalogueImport {
    let log = FaultLog()
    guard let bytes = BoundedFile.bytes(path, atMost: largestFile, log) else {
      throw Refused(description: log.faults.first?.chinese ?? "读不出来")
    }
    return try CatalogueImport(bytes, asOf: asOf, pinyin: pinyin, sealing: sealing)
  }

  package init(_ bytes: [UInt8], asOf: String, pinyin: PinyinTable, sealing: any Sealing) throws(Refused) {
    let (decoded, encoding) = try Self.decode(bytes)
    let rows = try Self.rows(decoded)
    let found = try Self.head(rows, encoding)
    let head = found.head
    var report = ImportReport(
      encoding: encoding,
      unknownColumns: zip(head.headings, head.meanings).filter { $0.1 == .unknown && !$0.0.isEmpty }.map(\.0))
    var sheet = SheetParser(head)
    let body = rows.dropFirst(found.titles.count + found.rows)
    for row in body { sheet.take(row, isLast: row.number == body.last?.number, &report) }
    for item in sheet.items { item.finish(&report) }
    for remark in SheetRemarks(found).remarks { report.say(0, remark.severity, remark.words) }
    let written = YAMLText.table(
      [
        (key: "schema", value: .text("yichuang-catalogue/1")), (key: "as_of", value: .text(asOf)),
        (key: "items", value: .list(sheet.items.map(\.asText))),
      ], row: 0
    ).written()
    text = written.text
    let log = FaultLog()
    let value =
      YAMLNode.isFullOfAliases(text, file: "", log)
      ? nil : CatalogueFile.read(written.root, pinyin, nil, sealing, log)
    let read = Loaded(value, log, first: "")
    for (findings, severity) in [(read.faults, ImportReport.Severity.error), (read.warnings, .warning)] {
      for finding in findings {
        let line = written.line(finding.line)
        let (name, field) = line.map(Self.field) ?? ("", nil)
        let row = line?.row ?? 0
        let column = field.flatMap { head.has($0) ? $0 : nil }
        // The catalogue's rules refuse a cell again that was refused here. It is reported once.
        if let column, severity == .error, report.hasError(row, naming: head.cell(column)) { continue }
        let cell = column.map { head.cell($0) + "：" } ?? ""
        let words = field.map { finding.chinese.replacing(name, with: $0.heading) }
        report.say(row, severity, cell + (words ?? finding.chinese))
      }
    }
    self.report = report
    catalogue = report.errors == 0 ? read.value : nil
  }

  /// The heading of a line's key, and the column that it came from. Lines of materials are indented deeper than those of
  /// their item.
  private static func field(_ line: WrittenYAML.Line) -> (name: String, column: SheetColumn?) {
    guard let key = line.key else { return ("", nil) }
    let isOfMaterial = line.indent > 4
    return (
      (isOfMaterial ? FieldNames.ofMaterial : .ofItem).of(key),
      (isOfMaterial ? SheetColumn.ofMaterialKey : SheetColumn.ofItemKey)[key]
    )
  }

  private static func head(_ rows: [CSVText.Row], _ encoding: TextEncoding) throws(Refused) -> SheetHead.Found {
    guard let first = rows.first else { throw Refused(description: "文件是空的：请导出含表头的表格") }
    guard let found = SheetHead.find(rows) else {
      let seen = first.cells.prefix(6).map { $0.trimmed.prefix(12) }.joined(separator: "、")
      throw Refused(
        description: "按 \(encoding.rawValue) 读取，前几行里没有“事项名称”一列（第 1 行读到：\(seen)）："
          + "请让表头有这一列；若文字是乱码，请另存为“CSV UTF-8”再导入")
    }
    // A key of YAML ends within 1,024 characters.
    if let column = found.head.headings.firstIndex(where: { $0.count > longestHeading }) {
      throw Refused(description: "\(SheetHead.letter(column)) 列的表头超过 \(longestHeading) 字：多半是引号没有配对")
    }
    // One item with its fields below one another, as platforms show it on a page.
    let body = rows.dropFirst(found.titles.count + found.rows)
    let columns = (0..<3).filter { column in
      body.prefix(40).count { $0.cells.indices.contains(column) && SheetColumn(heading: $0.cells[column]) != nil } >= 3
    }
    if !columns.isEmpty {
      throw Refused(
        description:
          "这张表是竖着的：要素在\(columns.map { SheetHead.letter($0) + " 列" }.joined(separator: "、"))，一个事项一张。请改成每个要素一列、每份材料一行")
    }
    return found
  }

  private static func decode(_ bytes: [UInt8]) throws(Refused) -> (String, TextEncoding) {
    do throws(TextEncoding.Fault) {
      return try TextEncoding.decode(bytes)
    } catch {
      switch error {
      case .workbook: throw Refused(description: "这是工作簿（xlsx、xls 或 et），不是 CSV：请在 WPS 或 Excel 里另存为“CSV UTF-8”")
      case .binary: throw Refused(description: "这不是文本文件：请在 WPS 或 Excel 里另存为“CSV UTF-8”")
      case .unknown(let offset):
        throw Refused(description: "既不是 UTF-8，也不是 GB 18030（第 \(offset + 1) 个字节起读不出）：请另存为“CSV UTF-8”")
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
