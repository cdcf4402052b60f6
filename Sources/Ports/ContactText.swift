import Hall

/// Name and phone as somebody typed them.
package enum ContactText {
  package enum Fault: Error, Hashable, Sendable {
    case name
    case phone

    package var chinese: String {
      switch self {
      case .name: "姓名最多 \(SealedContact.longestName) 个字，不能有控制字符。"
      case .phone: "电话写 5 到 \(SealedContact.longestPhone) 位数字，可以有空格、短横和开头的加号。"
      }
    }

    package var english: String {
      switch self {
      case .name: "A name has at most \(SealedContact.longestName) characters and no control characters."
      case .phone:
        "A phone has 5 to \(SealedContact.longestPhone) digits; spaces, hyphens and a leading plus are allowed."
      }
    }
  }

  /// Nil where neither was given; empty texts count as not given.
  package static func contact(_ name: String?, _ phone: String?) throws(Fault) -> Contact? {
    let name = trimmed(name)
    let phone = trimmed(phone)
    if let name {
      guard name.count <= SealedContact.longestName, name.utf8.count <= 4 * SealedContact.longestName,
        !name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
      else { throw .name }
    }
    if let phone {
      let digits = phone.filter { $0.isASCII && $0.isNumber }.count
      let isPlain = phone.enumerated().allSatisfy { index, character in
        character.isASCII
          && (character.isNumber || character == " " || character == "-" || index == 0 && character == "+")
      }
      guard phone.utf8.count <= SealedContact.longestPhone + 4, isPlain,
        (5...SealedContact.longestPhone).contains(digits)
      else { throw .phone }
    }
    return name == nil && phone == nil ? nil : Contact(name: name, phone: phone)
  }

  private static func trimmed(_ text: String?) -> String? {
    guard let text else { return nil }
    let kept = text.drop(while: \.isWhitespace)
    let end = kept.lastIndex { !$0.isWhitespace }
    return end.map { String(kept[...$0]) }
  }
}
