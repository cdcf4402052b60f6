/// Phone numbers as Chinese offices publish them.
package enum PhoneNumber {
  package static let remedy =
    "write a hotline (12345), one with its area code (023-12333), a line (023-45678901) or a mobile number"

  package static let chineseRemedy = "写热线（12345）、带区号的热线（023-12333）、座机（023-45678901）或手机号"

  /// Whether the text is one complete number in the form of slips and screens.
  ///
  /// A hotline of 3 digits (110), 5 (12345, 95598) or 6 (96xxxx), optionally after an area code; a line with its area
  /// code, optionally with an extension; a mobile number; 400-123-4567.
  package static func isOne(_ text: String) -> Bool {
    let read = PhoneText(text)
    return read.numbers == [text] && read.doubtful.isEmpty
  }

  /// What to write instead, with the number itself where the text is unambiguous.
  package static func remedy(for text: String) -> (english: String, chinese: String) {
    let read = PhoneText(text)
    guard read.numbers.count == 1, read.doubtful.isEmpty, let number = read.numbers.first else {
      return (remedy, chineseRemedy)
    }
    return ("write \(number)", "写成 \(number)")
  }
}
