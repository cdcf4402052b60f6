import Hall
import Ports

extension Announcement {
  /// The words of an announcement: 请 A 零 四 二 号，到 三 号窗口办理. The ticket number digit by digit as on the slip, the window
  /// as a number.
  var words: [SpokenWord] {
    switch language {
    case .mandarin: (isTraining ? [SpokenWord("yanlian", "yan3 lian4", pause: true)] : []) + mandarin
    case .english: (isTraining ? [SpokenWord("training", "training", pause: true)] : []) + english
    }
  }

  /// The text for the synthesiser.
  var sentence: String {
    words.map { $0.spelling + ($0.pause ? "," : "") }.joined(separator: " ")
  }

  private var digits: [Int] { number.description.dropFirst().compactMap(\.wholeNumberValue) }

  private var mandarin: [SpokenWord] {
    [SpokenWord("qing", "qing3"), Self.letter(number, Mandarin.letters)]
      + digits.map { SpokenWord("\($0)", Mandarin.digits[$0]) }
      + [SpokenWord("hao", "hao4", pause: true), SpokenWord("dao", "dao4")]
      + Mandarin.count(window)
      + [SpokenWord("haochuangkou-banli", "hao4 chuang1 kou3 ban4 li3")]
  }

  private var english: [SpokenWord] {
    var number = digits.map { SpokenWord("\($0)", English.digits[$0]) }
    if let last = number.popLast() { number.append(SpokenWord(last.clip, last.spelling, pause: true)) }
    return [Self.letter(self.number, English.letters)] + number
      + [SpokenWord("please-go-to-window", "please go to window")] + English.count(window)
  }

  private static func letter(_ number: TicketNumber, _ names: [String: String]) -> SpokenWord {
    let letter = number.lane.description
    return SpokenWord(letter, names[letter] ?? letter)
  }
}

/// Mandarin in pinyin with tone numbers.
///
/// espeak-ng 1.51, which Debian 12 has, reads Chinese characters through an English dictionary (its voice `cmn` says
/// "king three" for 请); its voice `cmn-latn-pinyin` reads pinyin correctly.
private enum Mandarin {
  static let digits = ["ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"]

  /// The names of the letters as they are said in Chinese halls.
  static let letters = [
    "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "ai2 fu4", "G": "ji4", "H": "ai2 qi4",
    "J": "zhei4", "K": "kai4", "L": "ai2 lu4", "M": "ai2 mu4", "N": "en1", "P": "pi4", "Q": "kiu4", "R": "a4",
    "S": "ai2 si1", "T": "ti4", "U": "you1", "V": "wei1", "W": "da1 bu4 liu2", "X": "ai2 ke4 si1", "Y": "wai4",
    "Z": "zei4",
  ]

  /// 1...99: 三, 十, 十二, 二十, 三十五.
  static func count(_ value: Int) -> [SpokenWord] {
    guard (1...99).contains(value) else { return [] }
    let (tens, ones) = (value / 10, value % 10)
    var words: [SpokenWord] = []
    if tens > 1 { words.append(SpokenWord("\(tens)", digits[tens])) }
    if tens > 0 { words.append(SpokenWord("shi", "shi2")) }
    if ones > 0 { words.append(SpokenWord("\(ones)", digits[ones])) }
    return words
  }
}

private enum English {
  static let digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
  static let teens = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  static let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

  /// Letters that the synthesiser reads as a word.
  static let letters = ["A": "ay"]

  static func count(_ value: Int) -> [SpokenWord] {
    switch value {
    case 1...9: [SpokenWord("\(value)", digits[value])]
    case 10...19: [SpokenWord(teens[value - 10], teens[value - 10])]
    case 20...99:
      [SpokenWord(tens[value / 10 - 2], tens[value / 10 - 2])]
        + (value % 10 == 0 ? [] : [SpokenWord("\(value % 10)", digits[value % 10])])
    default: []
    }
  }
}
