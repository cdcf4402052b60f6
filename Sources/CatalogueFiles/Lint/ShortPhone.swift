/// Phone numbers of seven digits: Chongqing's lines (023) have had eight since 2003, so such a number cannot be
/// reached.
enum ShortPhone {
  /// A seven-digit line in the text, as written; nil where there is none.
  ///
  /// - Parameter isPhone: the whole text is a phone number; otherwise a number needs 023 or a word of telephony before
  ///   it.
  static func found(in text: String, isPhone: Bool) -> String? {
    guard mayHoldOne(text) else { return nil }
    for run in runs(text) where run.digits.count >= 7 {
      let afterArea = run.digits.hasPrefix("023") ? run.digits.dropFirst(3) : nil
      if let afterArea, afterArea.count == 7, !afterArea.hasPrefix("0") { return run.written }
      guard run.digits.count == 7, [[7], [3, 4]].contains(run.parts), !run.digits.hasPrefix("0"), !run.isAmount else {
        continue
      }
      if isPhone || run.isAnnounced { return run.written }
    }
    return nil
  }

  /// A cheap filter: few texts have seven digits. A full-width digit begins with EF BC.
  private static func mayHoldOne(_ text: String) -> Bool {
    text.utf8.count { (0x30...0x39).contains($0) || $0 == 0xBC } >= 7
  }

  private struct Run {
    var digits = ""
    var written = ""
    /// Digits in each part, as blanks and hyphens separate them; a date such as 2026-1-22 has other parts than a
    /// number.
    var parts: [Int] = []
    /// A word of telephony precedes it closely.
    var isAnnounced = false
    /// A unit of counting or money follows: 元, 人, 号.
    var isAmount = false
  }

  private static let words = ["电话", "座机", "热线", "致电", "拨打", "来电", "咨询", "联系", "监督", "投诉", "TEL", "Tel", "tel", "☎"]

  /// Digits with the separators within one number: blanks, hyphens, brackets. Full-width digits count.
  private static func runs(_ text: String) -> [Run] {
    var runs: [Run] = []
    var run = Run()
    var before = ""
    var gap = ""
    func isJoint(_ character: Character) -> Bool { "-－—– 　()（）".contains(character) }
    func end(_ next: Character?) {
      if !run.digits.isEmpty {
        run.isAmount = next.map { "元万亿人件次号份年%％".contains($0) } ?? false
        runs.append(run)
      }
      before += run.written + gap
      (run, gap) = (Run(), "")
    }
    for character in text {
      if let digit = character.wholeNumberValue, character.isNumber, (0...9).contains(digit), isDigit(character) {
        if run.digits.isEmpty {
          run.isAnnounced = words.contains { before.suffix(14).contains($0) }
          before += gap
        } else {
          run.written += gap
        }
        if gap.isEmpty, let last = run.parts.indices.last { run.parts[last] += 1 } else { run.parts.append(1) }
        gap = ""
        run.digits += String(digit)
        run.written.append(character)
      } else if isJoint(character), gap.count < 2 {
        gap.append(character)
      } else {
        end(character)
        before.append(character)
      }
    }
    end(nil)
    return runs
  }

  private static func isDigit(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
  }
}
