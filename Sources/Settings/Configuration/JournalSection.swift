import YAMLDocuments

/// `journal:` how long closed business days stay in the journal.
package struct JournalSection {
  /// Three years. No law sets a term for a hall's queue; the archives' rules for papers of a case are the district's.
  package static let usualDays = 1096
  /// At least half a year of network logs (网络安全法), and the 180 days in which a notice is opened by its
  /// code; at most thirty years.
  package static let range = 190...10_957

  private let top: YAMLTable

  init(_ top: YAMLTable) { self.top = top }

  func days() -> Int {
    guard let section = top.table("journal", required: false) else { return Self.usualDays }
    defer { section.refuseUnknown() }
    return section.integer("keep_days", in: Self.range) ?? Self.usualDays
  }
}
