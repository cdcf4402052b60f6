/// Codes of the 实施清单 (GB/T 39554.1): 12 digits of the national item; 31 characters of the body's own.
enum OfficialCode {
  /// 基本编码.
  static func isNational(_ code: String) -> Bool {
    code.utf8.count == 12 && code.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// 实施编码: the body's unified social credit code, one digit for its level (1 to 6), the 基本编码.
  static func isImplementation(_ code: String) -> Bool {
    let characters = Array(code)
    guard characters.count == 31, "123456".contains(characters[18]), isNational(String(characters[19...])) else {
      return false
    }
    return isCreditCode(String(characters[..<18]))
  }

  /// 统一社会信用代码: 18 characters, the last a check character (GB 32100-2015: weights 3^i modulo 31).
  static func isCreditCode(_ code: String) -> Bool {
    let values = code.compactMap { alphabet.firstIndex(of: $0) }
    guard code.count == 18, values.count == 18 else { return false }
    var sum = 0
    var weight = 1
    for value in values[..<17] {
      sum += value * weight
      weight = weight * 3 % 31
    }
    return values[17] == (31 - sum % 31) % 31
  }

  /// Digits and capital letters without I, O, S, V, Z.
  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
}
