package import Hall

/// What the QR code of a slip holds: text that a person can read on a phone, then the slip's code on a line of its own.
///
/// The code stands last and alone, so that a scanner that types key by key ends with a line that is the code even where
/// it garbles Chinese text.
package enum CodePayload {
  /// `A042`, line feed, code.
  package static func ticket(number: TicketNumber, code: PublicCode) -> String { "\(number)\n\(code)" }

  /// Hall, notice number and code, a line each.
  package static func notice(hall: String, number: String, code: PublicCode) -> String {
    "\(hall)\n\(Wording.noticeInCode) \(number)\n\(code)"
  }

  /// The code in what a scanner read: the last word that is one.
  ///
  /// Nil when none is, also for text over 512 bytes.
  package static func code(in scanned: String) -> PublicCode? {
    guard scanned.utf8.count <= 512 else { return nil }
    return scanned.split(whereSeparator: \.isWhitespace).reversed().lazy
      .filter { $0.utf8.count == 12 }
      .compactMap { PublicCode($0) }.first
  }
}
