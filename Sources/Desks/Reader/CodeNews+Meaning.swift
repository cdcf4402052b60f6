import Hall
import Ports
import Slips

extension CodeNews {
  /// What a scanned text is to this hall: the code of one of its slips, of an item, or a badge; everything else is unknown.
  ///
  /// A slip's code stands last in its QR code and alone in a Code 128; a poster's item code stands last likewise.
  init(_ text: String, _ state: HallState, _ rules: HallRules) {
    if let code = CodePayload.code(in: text) {
      if state.tickets[code] != nil {
        self = .ticket(code)
        return
      }
      if let notice = state.notices[code] {
        self = .notice(code, item: notice.item, situations: notice.situations)
        return
      }
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    if let last = words.last, let item = rules.catalogue.item(String(last)) {
      self = .item(item.code)
    } else if words.count == 1, Self.isBadge(words[0]) {
      self = .badge
    } else {
      self = .unknown(String(words.joined(separator: " ").prefix(Self.longestShown)))
    }
  }

  /// Two letters and three to six digits: AJ001. Whether somebody has that badge is asked at the window only.
  private static func isBadge(_ word: Substring) -> Bool {
    let letters = word.utf8.prefix(2)
    let digits = word.utf8.dropFirst(2)
    return letters.count == 2 && letters.allSatisfy { (0x41...0x5A).contains($0) }
      && (3...6).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
  }
}
