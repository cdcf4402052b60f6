package import Hall

/// What the QR code of a slip holds: text that a person can read on a phone, then the slip's code on a line of its own.
///
/// The code stands last and alone, so that what a keyboard-mode scanner types ends with the code even where it garbles
/// Chinese text.
package enum CodePayload {
  /// `A042`, line feed, code.
  package static func ticket(number: TicketNumber, code: PublicCode) -> String { "\(number)\n\(code)" }

  /// `预约 2026-12-01 10:00`, line feed, code.
  package static func reservation(_ moment: String, code: PublicCode) -> String {
    "\(Wording.reservedInCode) \(moment)\n\(code)"
  }

  /// The paper's number, line feed, the case's code, which is the same on all its papers.
  ///
  /// It has no Chinese characters: scanners that guess an encoding misread two of them as other characters.
  package static func ofCase(number: String, code: PublicCode) -> String { "\(number)\n\(code)" }

  /// The number of the paper, the item's code after `ITEM`, and the agency case's own code, a line each.
  ///
  /// Another hall, such as the town for a station without network, opens its own list of the item, and takes the number and the
  /// code from the scanned text.
  package static func ofAgency(number: String, item: String, code: PublicCode) -> String {
    "\(number)\n\(itemWord) \(item)\n\(code)"
  }

  /// Hall, notice number, the item's code after `ITEM`, and the notice's own code, a line each. A hall that did not issue the
  /// notice opens its own list of the item.
  package static func notice(hall: String, number: String, item: String, code: PublicCode) -> String {
    "\(hall)\n\(Wording.noticeInCode) \(number)\n\(itemWord) \(item)\n\(code)"
  }

  /// The item's name, then `ITEM` and its code on a line of its own: the code beside an item on a poster.
  package static func item(name: String, code: String) -> String { "\(name)\n\(itemWord) \(code)" }

  private static let itemWord = "ITEM"

  /// A candidate for an item's code: the code of a poster's QR code, or the only word of a label. Nil for anything else
  /// and for text over 512 bytes. The catalogue decides whether it exists.
  package static func item(in scanned: String) -> String? {
    var words = ScannedWords(scanned).words
    // A notice's own code follows the item's.
    if words.count > 2, let last = words.last, last.utf8.count == 12, PublicCode(last) != nil { words.removeLast() }
    guard let last = words.last, last.uppercased() != itemWord else { return nil }
    guard words.count == 1 || words[words.count - 2].uppercased() == itemWord else { return nil }
    return last
  }

  /// The code of the item, as the catalogue has it, that a scanned text names; read without case. Nil for none.
  package static func item(in scanned: String, of catalogue: Catalogue) -> String? {
    guard let code = item(in: scanned) else { return nil }
    if catalogue.item(code) != nil { return code }
    let wanted = code.uppercased()
    return catalogue.items.first { $0.code.uppercased() == wanted }?.code
  }

  /// The slip's code in a scanned text: the last word of its form. Nil when there is none, and for text over 512 bytes.
  package static func code(in scanned: String) -> PublicCode? {
    ScannedWords(scanned).words.reversed().lazy
      .filter { $0.utf8.count == 12 }
      .compactMap { PublicCode($0) }.first
  }
}
