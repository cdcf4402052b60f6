package import Groundwork
import Hall

/// The head of a journal as a text that people keep elsewhere: on paper, in a message, on another machine.
///
/// `482113-20261123-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX`: the number of the newest record; the business day that was opened
/// last (zeros where none was); three characters that tell which `hall.key` it is of, and a check character; a code of
/// twenty characters. The code is the first 100 bits of HMAC-SHA-256 over number, day and that record's digest in the hash
/// chain, under a key that is derived from the hall's. The digest covers every record up to it, so whoever changes one
/// later cannot give the journal this head again, with or without the key.
package struct JournalHead: Hashable, Sendable, CustomStringConvertible {
  package let sequence: Int64
  package let day: CivilDate?
  /// Three characters: whether two heads are of one key.
  private let key: String
  /// Twenty characters.
  private let code: String

  /// Ends the name of the file beside a backup that has its head, to be kept elsewhere.
  package static let fileSuffix = ".head"

  private static let alphabet = CrockfordBase32.alphabet
  private static let codeLength = 20
  private static let keyLength = 3
  private static let noDay = "00000000"

  /// - Parameter digest: the record's digest in the hash chain, 32 bytes.
  package init(sequence: Int64, digest: [UInt8], day: CivilDate?, sealing: any Sealing) {
    self.sequence = sequence
    self.day = day
    key = Self.keyMark(sealing)
    code = Self.code(sequence, digest, day, sealing)
  }

  /// Parses a typed or scanned head. Lower case, other separators or none, `O` for 0, and `I` and `L` for 1 are taken.
  ///
  /// Nil for anything else, and for a text whose check character is wrong: it was mistyped.
  package init?(_ text: String) {
    let letters = text.uppercased().utf8.filter { byte in
      (48...57).contains(byte) || (65...90).contains(byte)
    }
    let plain = letters.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "O"): UInt8(ascii: "0")
      case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
      default: byte
      }
    }
    let symbols = Self.keyLength + 1 + Self.codeLength
    guard (symbols + 9...symbols + 8 + 18).contains(plain.count),
      plain.suffix(symbols).allSatisfy(Self.alphabet.contains)
    else { return nil }
    func part(_ start: Int, _ end: Int) -> String { String(decoding: plain[start..<end], as: UTF8.self) }
    let dayEnd = plain.count - symbols
    guard let sequence = Int64(part(0, dayEnd - 8)) else { return nil }
    let digits = part(dayEnd - 8, dayEnd)
    let day = CivilDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    guard digits == Self.noDay || day != nil else { return nil }
    self.sequence = sequence
    self.day = day
    key = part(dayEnd, dayEnd + Self.keyLength)
    code = part(dayEnd + Self.keyLength + 1, plain.count)
    guard Self.check(sequence, day, key, code) == part(dayEnd + Self.keyLength, dayEnd + Self.keyLength + 1)
    else { return nil }
  }

  package var description: String {
    let groups = stride(from: 0, to: Self.codeLength, by: 4).map { start in
      String(decoding: Array(code.utf8)[start..<(start + 4)], as: UTF8.self)
    }
    let marks = key + Self.check(sequence, day, key, code)
    return ([String(sequence), Self.digits(day), marks] + groups).joined(separator: "-")
  }

  /// Compares this head, which was kept elsewhere, with a copy of the journal.
  ///
  /// - Parameters:
  ///   - first: the record after which the copy begins.
  ///   - last: its last record.
  ///   - digest: that of record `sequence`, of a chain that was verified up to there; nil when it was not reached.
  package func verdict(first: Int64, last: Int64, digest: [UInt8]?, sealing: any Sealing) -> HeadVerdict {
    if key != Self.keyMark(sealing) { return .otherKey }
    if sequence < first { return .hasLeft(first: first) }
    if sequence > last { return .endsBefore(last: last) }
    guard let digest else { return .notReached }
    return code == Self.code(sequence, digest, day, sealing) ? .found(later: last - sequence) : .contradicted
  }

  private static func digits(_ day: CivilDate?) -> String {
    day.map { String($0.description.filter { $0 != "-" }) } ?? noDay
  }

  private static func keyMark(_ sealing: any Sealing) -> String {
    CrockfordBase32.text(sealing.keyedDigest(Array("key".utf8), for: .journalHead), characters: keyLength)
  }

  private static func code(_ sequence: Int64, _ digest: [UInt8], _ day: CivilDate?, _ sealing: any Sealing) -> String {
    let text = "head\n\(sequence)\n\(digits(day))\n"
    return CrockfordBase32.text(
      sealing.keyedDigest(Array(text.utf8) + digest, for: .journalHead), characters: codeLength)
  }

  /// The Luhn algorithm modulo 32 over all other characters, as in `PublicCode`: every wrong character is noticed, and
  /// nearly every swap of neighbours.
  private static func check(_ sequence: Int64, _ day: CivilDate?, _ key: String, _ code: String) -> String {
    var (sum, isDoubled) = (0, true)
    for character in (String(sequence) + digits(day) + key + code).utf8.reversed() {
      let value = (alphabet.firstIndex(of: character) ?? 0) * (isDoubled ? 2 : 1)
      sum += value / 32 + value % 32
      isDoubled.toggle()
    }
    return String(decoding: [alphabet[(32 - sum % 32) % 32]], as: UTF8.self)
  }
}

/// What a head that was kept elsewhere says about a copy of the journal.
package enum HeadVerdict: Hashable, Sendable {
  /// Every record up to the head's is as it was then; so many came later, about which it says nothing.
  case found(later: Int64)
  /// The copy has other records up to the head's number than those that it was made of.
  case contradicted
  /// Not found: the copy ends before the head's record.
  case endsBefore(last: Int64)
  /// Not found: the copy begins after the head's record, which has left.
  case hasLeft(first: Int64)
  /// Not compared: it was made under another `hall.key`.
  case otherKey
  /// Not compared: a record before it is already not what was written.
  case notReached

  package var isFound: Bool { if case .found = self { true } else { false } }

  /// A stable word for programs.
  package var word: String {
    switch self {
    case .found: "found"
    case .contradicted: "contradicted"
    case .endsBefore, .hasLeft: "not_found"
    case .otherKey: "other_key"
    case .notReached: "not_reached"
    }
  }

  /// For the operator, with a remedy where it is not found.
  package var sentence: String {
    switch self {
    case .found(let later):
      "the head is found" + (later > 0 ? "; it says nothing about the \(later) records after it" : "")
    case .contradicted:
      """
      the head is contradicted: records up to its number are not those that it was made of. Keep this file, and look for \
      a backup in which the head is found
      """
    case .endsBefore(let last):
      """
      the head is not found: the records end with \(last), before it. Keep this file, and look for a backup in which the \
      head is found
      """
    case .hasLeft(let first):
      "the head is not found: its record left before record \(first + 1): verify the export that has it (exports/)"
    case .otherKey: "the head is of another hall.key: name the one of its time with --key"
    case .notReached: "the head was not compared, because a record before it is not what was written"
    }
  }

  /// The same in Chinese.
  package var chinese: String {
    switch self {
    case .found(let later): "校验头对得上" + (later > 0 ? "（它之后的 \(later) 条记录它管不到）" : "")
    case .contradicted: "校验头对不上：到它为止的记录不是原来那些。保留这个文件，找一份对得上的备份"
    case .endsBefore(let last): "找不到校验头：记录只到第 \(last) 条，在它之前就断了。保留这个文件，找一份对得上的备份"
    case .hasLeft(let first): "找不到校验头：它的记录已到期移出（账本从第 \(first + 1) 条开始）：到 exports 里有它的那个文件去核对"
    case .otherKey: "校验头是用另一把 hall.key 算的：用 --key 写当时的那一把"
    case .notReached: "校验头没有核对：它之前已有记录与写入时不一样"
    }
  }
}
