/// Phone numbers as Chinese offices publish them.
enum PhoneNumber {
  static let remedy =
    "write a hotline (12345), one with its area code (023-12333), a line (023-45678901) or a mobile number"

  static let chineseRemedy = "写热线（12345）、带区号的热线（023-12333）、座机（023-45678901）或手机号"

  /// A hotline of 5 or 6 digits or 3 (110), a line of 7 or 8 digits with an area code, a mobile number of 11 digits.
  static func isOne(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return false }
    switch parts.count {
    case 1:
      let digits = parts[0].utf8.count
      return digits == 3 || digits == 5 || digits == 6 || (digits == 11 && parts[0].hasPrefix("1"))
    case 2:
      return parts[0].hasPrefix("0") && (3...4).contains(parts[0].utf8.count) && (5...8).contains(parts[1].utf8.count)
    default: return false
    }
  }
}
