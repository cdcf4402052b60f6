package import Groundwork

/// The number of a paper of a case: `SJ-500151105-20261130-0042`, unique by its kind, division, date and ordinal.
package struct CaseNumber: Hashable, Sendable, CustomStringConvertible {
  /// The first two letters, by the pinyin of the paper's name.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 收件凭证.
    case receipt = "SJ"
    /// 材料补正一次性告知书.
    case correction = "BZ"
    /// 受理通知.
    case acceptance = "SL"
    /// 不予受理告知.
    case refusal = "BY"
    /// 物料流转单.
    case forward = "LZ"
    /// 特别程序告知.
    case pause = "TX"
    /// 延长办理期限告知.
    case extending = "YQ"
    /// 取件单.
    case result = "CJ"
    /// 超期说明.
    case overdue = "CQ"
    /// 补充材料通知.
    case further = "BC"
    /// 代办委托单.
    case agency = "DB"
    /// 代办批次单.
    case batch = "PC"
    /// 交接清单.
    case list = "JJ"

    /// The title of the paper.
    package var chinese: String {
      switch self {
      case .receipt: "收件凭证"
      case .correction: "材料补正一次性告知书"
      case .acceptance: "受理通知"
      case .refusal: "不予受理告知"
      case .forward: "物料流转单"
      case .pause: "特别程序告知"
      case .extending: "延长办理期限告知"
      case .result: "取件单"
      case .overdue: "超期说明"
      case .further: "补充材料通知"
      case .agency: "代办委托单"
      case .batch: "代办批次单"
      case .list: "交接清单"
      }
    }
  }

  package let kind: Kind
  /// 9 or 12 digits.
  package let division: String
  /// The civil date on which it was given, in the hall's zone.
  package let date: CivilDate
  /// Which of its kind on that date, from 1.
  package let ordinal: Int

  package init(kind: Kind, division: String, date: CivilDate, ordinal: Int) {
    self.kind = kind
    self.division = division
    self.date = date
    self.ordinal = ordinal
  }

  /// Nil for any text that is no such number.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, let kind = Kind(rawValue: String(parts[0])), parts[2].utf8.count == 8,
      let ordinal = decimal(parts[3]), ordinal > 0,
      let date = CivilDate("\(parts[2].prefix(4))-\(parts[2].dropFirst(4).prefix(2))-\(parts[2].suffix(2))"),
      parts[1].allSatisfy(\.isASCII), !parts[1].isEmpty
    else { return nil }
    self.init(kind: kind, division: String(parts[1]), date: date, ordinal: ordinal)
    guard description == text else { return nil }
  }

  package var description: String {
    let (year, month, day) = date.parts
    let digits = "\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))"
    return "\(kind.rawValue)-\(division)-\(digits)-\(padded(ordinal, 4))"
  }
}
