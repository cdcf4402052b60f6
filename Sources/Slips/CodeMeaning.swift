package import Hall

/// What a scanned text means to this hall: the code of one of its slips, or of an item; any other text is foreign.
///
/// The same for a kiosk's scanner, a console's and a keyboard. Badges are not known here: the caller looks for them
/// first.
package enum CodeMeaning: Hashable, Sendable {
  case ticket(PublicCode)
  case reservation(PublicCode)
  /// A case (办件), by the code on any of its papers.
  case ofCase(PublicCode)
  /// An agency case (代办件), by the code on any of its papers, its item, and the town's case where there is one.
  case ofAgency(PublicCode, item: String, town: PublicCode?)
  /// An agent's trip, by the code on its list (代办批次单).
  case trip(PublicCode)
  /// The item and situations that it was issued for, so that a page opens the same list again.
  case notice(PublicCode, item: String, situations: [String])
  /// An item's code, from a poster.
  case item(String)
  /// A slip's code that is no longer, or never was, known to this hall.
  case oldSlip
  case foreign(ForeignCode)

  package init(_ text: String, _ state: HallState, _ rules: HallRules) {
    if let code = CodePayload.code(in: text) {
      if state.tickets[code] != nil {
        self = .ticket(code)
      } else if state.reservations[code] != nil {
        self = .reservation(code)
      } else if state.cases[code] != nil {
        self = .ofCase(code)
      } else if let one = state.agency[code] {
        self = .ofAgency(
          code, item: one.entrusted.item, town: one.townCase.flatMap { state.cases[$0] == nil ? nil : $0 })
      } else if state.agency.batches[code] != nil {
        self = .trip(code)
      } else if let notice = state.notices.notice(code) {
        self = .notice(code, item: notice.item, situations: notice.situations)
      } else if let item = CodePayload.item(in: text, of: rules.catalogue) {
        // A notice of another hall, such as a village's shown in town: opens this hall's own list of the item.
        self = .item(item)
      } else {
        self = .oldSlip
      }
    } else if let item = CodePayload.item(in: text, of: rules.catalogue) {
      self = .item(item)
    } else {
      self = .foreign(ForeignCode(text))
    }
  }
}

/// A code of another issuer. It may hold a name and an identity number, so its text is never kept, shown or logged.
package struct ForeignCode: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 网址.
    case link
    /// 数字.
    case number
    /// 文字.
    case text
  }

  package let kind: Kind
  /// In characters.
  package let length: Int

  package init(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    length = words.reduce(max(0, words.count - 1)) { $0 + $1.count }
    if words.count == 1, words[0].contains("://") {
      kind = .link
    } else if words.count == 1,
      words[0].allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "X" || $0 == "x" || $0 == "-") })
    {
      kind = .number
    } else {
      kind = .text
    }
  }
}
