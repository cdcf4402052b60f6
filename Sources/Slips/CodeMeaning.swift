package import Hall

/// What a scanned text is to this hall: the code of one of its slips, or of an item; everything else is foreign.
///
/// The same for a kiosk's scanner, a console's and a keyboard. Badges are not known here: who asks looks for them first.
/// Receipts and reservations get codes of the same form as tickets and notices, and their place here.
package enum CodeMeaning: Hashable, Sendable {
  case ticket(PublicCode)
  /// With what it was issued for, so that a page opens the same list again.
  case notice(PublicCode, item: String, situations: [String])
  /// A code of the catalogue, from a poster.
  case item(String)
  /// A slip's code that this hall does not know any more, or never did.
  case oldSlip
  case foreign(ForeignCode)

  package init(_ text: String, _ state: HallState, _ rules: HallRules) {
    if let code = CodePayload.code(in: text) {
      if state.tickets[code] != nil {
        self = .ticket(code)
      } else if let notice = state.notices.notice(code) {
        self = .notice(code, item: notice.item, situations: notice.situations)
      } else if let item = CodePayload.item(in: text, of: rules.catalogue) {
        // Another hall's notice, as a village's in town: this hall's own list of the item.
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

/// A code of somebody else's. It may hold a name and a number, so nothing of its text is kept, shown or logged.
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
