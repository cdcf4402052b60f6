import Hall
import Ports
import Slips

extension CodeNews {
  /// What a scanned text is to this hall if it is no badge: the code of one of its slips, or of an item; everything else is unknown.
  ///
  /// Receipts and reservations get codes of the same form as tickets and notices, and their place here.
  init(_ text: String, _ state: HallState, _ rules: HallRules) {
    if let code = CodePayload.code(in: text) {
      if state.tickets[code] != nil {
        self = .ticket(code)
      } else if let notice = state.notice(code) {
        self = .notice(code, item: notice.item, situations: notice.situations)
      } else {
        self = .oldSlip
      }
    } else if let item = CodePayload.item(in: text), rules.catalogue.item(item) != nil {
      self = .item(item)
    } else {
      self = .unknown(
        String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(Self.longestShown)))
    }
  }
}
