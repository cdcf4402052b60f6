/// Why a badge PIN is not accepted.
package enum WeakPIN: Hashable, Sendable {
  /// Not 4 to 8 digits.
  case shape
  /// It repeats a digit or counts up or down, or many people choose it.
  case common
  /// It is a year, or the end of the badge or of a phone number of the hall.
  case known

  package var english: String {
    switch self {
    case .shape: "a badge PIN has \(BadgePIN.shortest) to \(BadgePIN.longest) digits"
    case .common: "this PIN repeats, counts, or is one that many take"
    case .known: "a year, the badge or a phone number of the hall is easily guessed"
    }
  }

  package var chinese: String {
    switch self {
    case .shape: "数字密码是 \(BadgePIN.shortest) 到 \(BadgePIN.longest) 位数字"
    case .common: "这个数字密码是重复、连续的，或太多人用"
    case .known: "年份、工号、大厅电话容易被猜到"
    }
  }
}

/// The badge PIN (数字密码): what a clerk types after the badge's own code was scanned, instead of the secret.
///
/// It is valid only together with the badge's code, which nobody can guess (DAY §2.2), and only for a clerk at a window.
/// These are two factors, each of which is weak alone. After ten wrong PINs in a row there is none any more, until its
/// owner signs in with the secret and sets another one.
package enum BadgePIN {
  package static let shortest = 4
  package static let longest = 8
  /// Wrong PINs in a row after which there is none any more.
  package static let tries = 10

  /// Nil for a PIN that is accepted.
  ///
  /// - Parameter words: what others know: the badge, phone numbers of the hall.
  package static func weakness(of pin: String, words: [String]) -> WeakPIN? {
    guard isPIN(pin) else { return .shape }
    if SecretRule.isPattern(pin) || common.contains(pin) { return .common }
    if pin.count == 4, pin.hasPrefix("19") || pin.hasPrefix("20") { return .known }
    let digits = words.map { $0.filter(\.isASCIIDigit) }.filter { !$0.isEmpty }
    return digits.contains { $0.hasSuffix(pin) || pin.hasSuffix($0) && $0.count >= 3 } ? .known : nil
  }

  static func isPIN(_ text: String) -> Bool {
    (shortest...longest).contains(text.utf8.count) && text.allSatisfy(\.isASCIIDigit)
  }

  /// Common PINs that neither count nor repeat: lucky numbers, rows and columns of the keypad.
  private static let common: Set<String> = [
    "1314", "5201", "5200", "5211", "9958", "1688", "8866", "6688", "7758", "2580", "0852", "1470", "3690", "1590",
    "7530", "1379", "2468", "1357", "13579", "24680", "147258", "258369", "159357", "357159", "147369", "789456",
    "456789", "5201314", "1314520", "1314521", "201314", "521521", "584520", "147258369", "12345679",
  ]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
