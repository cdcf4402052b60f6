import Hall
package import Ports
import YAMLDocuments

/// `journal:` how long closed business days are kept in the journal and in their exports, and where closing slips are
/// printed.
package struct JournalSection {
  /// Three years in days. No law sets a term for a hall's queue. The district has the rules for archiving papers of a case.
  package static let usualDays = 1096
  /// Days: at least half a year of network logs (网络安全法), and more than the 180 days in which a notice is opened by its
  /// code. At most thirty years.
  package static let range = 190...10_957
  /// Ten years in days: an export that nobody has archived by then will not be archived. At most thirty-one years.
  package static let usualExportDays = 3653
  package static let exportRange = 191...11_323

  private let top: YAMLTable

  init(_ top: YAMLTable) { self.top = top }

  /// - Parameter kiosks: those that are configured.
  func read(kiosks: [KioskSettings]) -> (retention: RetentionRule, closingSlip: ClosingSlipRule) {
    guard let section = top.table("journal", required: false) else { return (Self.usual, .anywhere) }
    defer { section.refuseUnknown() }
    let days = section.integer("keep_days", in: Self.range) ?? Self.usualDays
    let exportDays = section.integer("keep_exports_days", in: Self.exportRange)
    if let exportDays, exportDays <= days {
      section.log.fault(
        section.location(of: "keep_exports_days"), "`keep_exports_days` is \(exportDays), not more than `keep_days`",
        "write more than \(days): both count from the business day",
        zh: "导出文件的保留天数（keep_exports_days）是 \(exportDays)，不比账本的（keep_days）多：两个都从营业日算起，写大于 \(days) 的数")
    }
    let rule = RetentionRule(days: days, exportDays: exportDays ?? max(Self.usualExportDays, days + 366))
    return (rule, closingSlip(section, kiosks))
  }

  /// The rule of a configuration without the section.
  package static let usual = RetentionRule(days: usualDays, exportDays: usualExportDays)

  /// The id of a kiosk with a printer, or `none`.
  private func closingSlip(_ section: YAMLTable, _ kiosks: [KioskSettings]) -> ClosingSlipRule {
    guard let text = section.text("closing_slip", required: false, atMost: 32) else { return .anywhere }
    if text == "none" { return .off }
    let printing = kiosks.filter { $0.printer != nil }.map(\.id)
    if !printing.contains(text) {
      let known = printing.joined(separator: ", ")
      section.log.fault(
        section.location(of: "closing_slip"), "`closing_slip` is “\(text)”, which is no kiosk with a printer",
        printing.isEmpty ? "take it out, or write none" : "write one of: \(known), or none, or take it out",
        zh: "日结单（closing_slip）写的是“\(text)”，不是有打印机的取号机："
          + (printing.isEmpty ? "去掉这一行，或写 none" : "写其中之一：\(known)，不打写 none，或去掉这一行"))
    }
    return .kiosk(text)
  }
}
