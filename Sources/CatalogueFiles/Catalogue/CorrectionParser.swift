import Hall
import YAMLDocuments

/// Parses `correction: {limit, unit, basis, deemed_acceptance, return_within: {limit, unit, basis}}`; null where no law
/// says anything.
struct CorrectionParser {
  private let table: YAMLTable

  init(_ table: YAMLTable) { self.table = table }

  func correction() -> ItemCorrection? {
    guard let entry = table.table("correction", required: false) else { return nil }
    defer { entry.mentionUnknown() }
    let count = entry.integer("limit", in: ItemCorrection.counts, required: true)
    let unit = entry.choice("unit", of: LimitUnit.counted)
    let basis = entry.text("basis", required: false, atMost: 120)
    let isDeemed = entry.flag("deemed_acceptance") ?? false
    let within = returnWithin(entry)
    guard let count, let unit else { return nil }
    return ItemCorrection(
      count: count, unit: unit, basis: basis, deemedAcceptance: isDeemed, returnWithin: within)
  }

  /// The time within which a resident has to return. It needs an article of a law, which the slip names.
  private func returnWithin(_ entry: YAMLTable) -> ItemCorrection.ReturnWithin? {
    guard let within = entry.table("return_within", required: false) else { return nil }
    defer { within.mentionUnknown() }
    let count = within.integer("limit", in: 1...366, required: true)
    let unit = within.choice("unit", of: LimitUnit.counted)
    let basis = within.text("basis", atMost: 120)
    guard let count, let unit, let basis else { return nil }
    if !ItemCorrection.namesArticle(basis) {
      table.log.fault(
        within.location(of: "basis"), "`return_within` without an article", "write the law and its article",
        zh: "补正期限（return_within）的依据没有写到条：写明法律和条文")
    }
    return ItemCorrection.ReturnWithin(count: count, unit: unit, basis: basis)
  }
}
