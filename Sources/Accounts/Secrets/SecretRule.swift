import Foundation

/// Why a secret is too easily guessed.
package enum WeakSecret: Hashable, Sendable {
  case tooShort, tooLong
  /// It is on the list of common secrets, or one of them with a few characters more.
  case common
  /// It repeats a few characters, or they follow each other on the keyboard or in the alphabet.
  case pattern
  /// It is a date, a phone number or an identity number, or a short number.
  case number
  /// It consists of a badge, a name, or a phone number of the hall and little else.
  case known

  package var english: String {
    switch self {
    case .tooShort: "a secret has at least \(SecretRule.shortest) characters"
    case .tooLong: "a secret has at most \(SecretRule.longest) characters"
    case .common: "this secret is a common one: take several words that do not belong together"
    case .pattern: "this secret repeats or counts: take several words that do not belong together"
    case .number: "a number alone is easily guessed: add words"
    case .known: "badge, name, hall or phone number in a secret are easily guessed: take other words"
    }
  }

  package var chinese: String {
    switch self {
    case .tooShort: "口令至少 \(SecretRule.shortest) 个字符"
    case .tooLong: "口令最多 \(SecretRule.longest) 个字符"
    case .common: "这个口令太常见：换成几个互不相关的词"
    case .pattern: "这个口令是重复或连续的字符：换成几个互不相关的词"
    case .number: "只用数字（日期、电话、证件号）容易被猜到：加上几个词"
    case .known: "口令里有工号、姓名、大厅名称或电话，容易被猜到：换别的词"
    }
  }
}

/// Which secrets are accepted when one is chosen (NIST SP 800-63B-4 §3.1.1.2: a length and a list, no rules of
/// composition). Secrets that exist are not checked.
package struct SecretRule: Sendable {
  /// In characters as people count them, whatever bytes they take.
  package static let shortest = 8
  package static let longest = 128
  /// Characters that have to remain beside a word that others know.
  static let remaining = 5
  /// The fewest digits of a number that is accepted: dates and phone numbers are shorter.
  static let digits = 13

  private let words: [String]

  /// - Parameter words: what others know: badge, name, the hall's name and phone numbers.
  package init(words: [String]) {
    // The digits of a phone number with its area code and without. One-character words are left out below, because
    // they would be found in nearly every secret.
    let phones = words.map { $0.filter(\.isNumber) } + words.flatMap { $0.split { !$0.isNumber }.map(String.init) }
    self.words = Set((words + phones).map(Self.folded)).filter { $0.count >= 2 }.sorted { $0.count > $1.count }
  }

  /// Nil for a secret that is accepted.
  package func weakness(of secret: String) -> WeakSecret? {
    guard secret.count >= Self.shortest else { return .tooShort }
    guard secret.count <= Self.longest else { return .tooLong }
    let text = Self.folded(secret)
    if Self.isPattern(text) { return .pattern }
    if Self.isNumber(text) { return .number }
    if isKnown(text) { return .known }
    return Self.isCommon(text) ? .common : nil
  }

  /// Letters and digits in lower case, in the plain forms of what an input method writes full-width.
  private static func folded(_ text: String) -> String {
    text.precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private func isKnown(_ text: String) -> Bool {
    var rest = text
    for word in words { rest = rest.replacing(word, with: "") }
    return rest.count < text.count && rest.count < Self.remaining
  }

  /// Whether it is on the list: as it is, with a number before or behind it, or with digits for letters (`p4ssw0rd`).
  private static func isCommon(_ text: String) -> Bool {
    if text.count < 4 { return true }
    let plain = String(text.map { Self.digitsAsLetters[$0] ?? $0 })
    for text in [text, plain] {
      let core = text.trimmingPrefix { $0.isNumber }
      let end = core.lastIndex { !$0.isNumber }.map { core.index(after: $0) } ?? core.startIndex
      for word in [text, String(core), String(core[..<end])] where CommonSecrets.all.contains(word) { return true }
      // Nothing but words of the list: `adminadmin`, `iloveyoubaby`.
      if isMadeOfCommonWords(text.filter { !$0.isNumber }) { return true }
    }
    return false
  }

  private static func isMadeOfCommonWords(_ text: String) -> Bool {
    guard !text.isEmpty, text.count <= 24 else { return false }
    let letters = Array(text)
    var reached: Set<Int> = [0]
    var words = [0: 0]
    for start in 0..<letters.count where reached.contains(start) {
      for end in start + 1...letters.count where CommonSecrets.all.contains(String(letters[start..<end])) {
        reached.insert(end)
        words[end] = min(words[end] ?? .max, (words[start] ?? 0) + 1)
      }
    }
    // Three words or more are a good secret, even where each of them is common.
    return words[letters.count].map { $0 <= 2 } ?? false
  }

  private static let digitsAsLetters: [Character: Character] = [
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t",
  ]

  /// Digits alone: short ones, dates, phone and identity numbers.
  private static func isNumber(_ text: String) -> Bool {
    let isIdentity = text.count == 18 && text.dropLast().allSatisfy(\.isNumber) && text.last == "x"
    guard text.allSatisfy(\.isNumber) else { return isIdentity }
    return text.count < digits || text.count == 15 || text.count == 18
  }

  /// A few characters repeated, or steps along an alphabet or a row of the keyboard in nearly the whole text.
  static func isPattern(_ text: String) -> Bool {
    let characters = Array(text)
    if Set(characters).count <= 2 { return true }
    for period in 1...4 where characters.count >= 2 * period {
      if characters.indices.dropFirst(period).allSatisfy({ characters[$0] == characters[$0 - period] }) { return true }
    }
    let steps = zip(characters, characters.dropFirst()).count { isStep($0, $1) }
    return characters.count > 1 && steps * 5 >= (characters.count - 1) * 4
  }

  private static let rows = [
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "qawsedrftgyhujikolp",
    "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸",
  ].flatMap { [Array($0), Array($0.reversed())] }

  private static let steps: Set<[Character]> = Set(rows.flatMap { row in zip(row, row.dropFirst()).map { [$0, $1] } })

  private static func isStep(_ one: Character, _ next: Character) -> Bool {
    one == next || steps.contains([one, next])
  }
}
