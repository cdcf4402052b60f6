package import Groundwork
package import Hall

/// Whose matter a case is, and who came for them. Nothing else of a person is kept.
package struct Applicant: Hashable, Sendable {
  package let name: String
  /// The number of their card; nil where none was shown.
  package let number: String?
  package let phone: String?
  /// The name of a relative or an agent; nil where the applicant came.
  package let bearer: String?

  package init(name: String, number: String? = nil, phone: String? = nil, bearer: String? = nil) {
    self.name = name
    self.number = number
    self.phone = phone
    self.bearer = bearer
  }

  /// The longest name and number, in characters.
  package static let longestName = 30
  package static let longestNumber = 30

  /// The number with enough left out that it names nobody: 18 and 15 characters keep the first three, others the first.
  package var maskedNumber: String? {
    guard let number else { return nil }
    let (front, back) =
      switch number.count {
      case 18: (3, 4)
      case 15: (3, 3)
      default: (1, 3)
      }
    guard number.count > front + back else { return String(repeating: "*", count: number.count) }
    let stars = String(repeating: "*", count: number.count - front - back)
    return number.prefix(front) + stars + number.suffix(back)
  }

  package var maskedName: String { MaskedName(name).description }
}

/// An applicant as somebody typed them.
package enum ApplicantText {
  package enum Fault: Error, Hashable, Sendable {
    case name
    case number
    case phone

    package var chinese: String {
      switch self {
      case .name: "姓名 1 到 \(Applicant.longestName) 个字，不能有控制字符。"
      case .number: "证件号码不对：身份证 18 位要对得上校验位，别的证件最多 \(Applicant.longestNumber) 位字母和数字。"
      case .phone: ContactText.Fault.phone.chinese
      }
    }

    package var english: String {
      switch self {
      case .name: "A name has 1 to \(Applicant.longestName) characters and no control characters."
      case .number:
        "The number is wrong: 18 characters need their check character; others have at most \(Applicant.longestNumber)."
      case .phone: ContactText.Fault.phone.english
      }
    }
  }

  /// A card's number as it is kept: without spaces, in capitals; empty where none was given, nil where it is wrong.
  package static func number(_ text: String) -> String? {
    let number = text.filter { !$0.isWhitespace }.uppercased()
    guard number.utf8.count <= Applicant.longestNumber,
      number.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
      number.count != 18 || isResidentNumber(number)
    else { return nil }
    return number
  }

  package static func applicant(
    name: String, number: String?, phone: String?, bearer: String?
  ) throws(Fault) -> Applicant {
    let number = try number.map { text throws(Fault) in
      guard let number = Self.number(text) else { throw .number }
      return number
    }
    var phoneNumber: String?
    do throws(ContactText.Fault) {
      phoneNumber = try ContactText.contact(nil, phone)?.phone
    } catch { throw .phone }
    let came = try bearer.flatMap { text throws(Fault) in text.isEmpty ? nil : try checked(text) }
    return Applicant(
      name: try checked(name), number: number.flatMap { $0.isEmpty ? nil : $0 }, phone: phoneNumber, bearer: came)
  }

  private static func checked(_ name: String) throws(Fault) -> String {
    let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard (1...Applicant.longestName).contains(words.count), words.utf8.count <= 8 * Applicant.longestName,
      !words.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
    else { throw .name }
    return words
  }

  /// 公民身份号码: seventeen digits and the check character of ISO 7064 MOD 11-2 (GB 11643).
  private static func isResidentNumber(_ number: String) -> Bool {
    let characters = Array(number.utf8)
    guard characters.prefix(17).allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    let sum = characters.prefix(17).reduce(0) { ($0 + Int($1) - 0x30) * 2 % 11 }
    let check = (12 - sum) % 11
    return characters[17] == (check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check))
  }
}

/// Seals personal data of cases under a key for each half-year, which is destroyed when its time has ended and nothing
/// of it is open.
package protocol CaseSealing: Sendable {
  /// - Parameter text: at most `longestSealed` bytes.
  /// - Throws: when the key can be neither read nor made, and for a longer text; then nothing is taken.
  func seal(_ text: String, in half: HalfYear) throws -> SealedCaseText
  /// Nil once the key is gone, and for anything that it has not sealed.
  func open(_ sealed: SealedCaseText) -> String?
  /// Destroys the keys of half-years that ended before a date, except those that are still needed.
  ///
  /// - Returns: how many were destroyed.
  @discardableResult
  func destroyKeys(endedBefore date: CivilDate, keeping: Set<HalfYear>) throws -> Int
}

extension CaseSealing {
  package func seal(_ applicant: Applicant, in half: HalfYear) throws -> SealedCaseText {
    let parts = [applicant.name, applicant.number ?? "", applicant.phone ?? "", applicant.bearer ?? ""]
    return try seal(parts.joined(separator: "\n"), in: half)
  }

  package func applicant(_ sealed: SealedCaseText) -> Applicant? {
    let parts = open(sealed)?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let parts, parts.count == 4 else { return nil }
    func maybe(_ text: String) -> String? { text.isEmpty ? nil : text }
    return Applicant(name: parts[0], number: maybe(parts[1]), phone: maybe(parts[2]), bearer: maybe(parts[3]))
  }
}

extension Sealing {
  /// The pseudonym by which a person's cases are found: a keyed digest of their card's number.
  package func caseHolder(_ number: String?) -> HolderPseudonym? {
    guard let number, !number.isEmpty else { return nil }
    return HolderPseudonym(digest: keyedDigest(Array(number.utf8), for: .caseHolder))
  }
}
