/// What the law says about telling an applicant what is missing (补正告知), where it says something.
///
/// 行政许可法 第三十二条第一款第四项 binds licences: told once within five days, or the application counts as accepted from
/// the day of its receipt. Benefits, confirmations and public services have rules of their own, or none; an item without
/// this field has the hall's promise, after which nothing counts as accepted.
package struct ItemCorrection: Hashable, Sendable, Codable {
  /// 1...60, in a counted unit.
  package let count: Int
  package let unit: LimitUnit
  /// The law with its article.
  package let basis: String?
  /// 视为受理: what is not told in time is accepted.
  package let deemedAcceptance: Bool
  /// Nil where no law gives the resident a time, which is nearly always.
  package let returnWithin: ReturnWithin?

  /// Until when a resident has to come back with what was missing, by law.
  package struct ReturnWithin: Hashable, Sendable, Codable {
    package let count: Int
    package let unit: LimitUnit
    package let basis: String

    package init(count: Int, unit: LimitUnit, basis: String) {
      self.count = count
      self.unit = unit
      self.basis = basis
    }
  }

  package init(
    count: Int, unit: LimitUnit, basis: String? = nil, deemedAcceptance: Bool = false, returnWithin: ReturnWithin? = nil
  ) {
    self.count = count
    self.unit = unit
    self.basis = basis
    self.deemedAcceptance = deemedAcceptance
    self.returnWithin = returnWithin
  }

  package static let counts = 1...60

  /// Whether the law takes silence for acceptance: only by a named article.
  package var isDeemed: Bool { deemedAcceptance && basis.map(Self.namesArticle) ?? false }

  /// Whether a basis names an article: 行政许可法第三十二条.
  package static func namesArticle(_ basis: String) -> Bool {
    guard let start = basis.lastIndex(of: "第"), let end = basis[start...].firstIndex(of: "条") else {
      return basis.split(separator: " ").last.map { $0.allSatisfy(\.isNumber) } ?? false
    }
    let number = basis[basis.index(after: start)..<end]
    return !number.isEmpty && number.allSatisfy { $0.isNumber || "一二三四五六七八九十百零".contains($0) }
  }
}

extension Item {
  /// 事项类型, as the 基本编码 has it.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// 行政许可.
    case licence
    /// 行政确认.
    case confirmation
    /// 行政给付.
    case benefit
    /// 行政奖励.
    case award
    /// 行政裁决.
    case ruling
    /// 行政征收.
    case levy
    /// 行政检查.
    case inspection
    /// 行政处罚.
    case penalty
    /// 行政强制.
    case coercion
    /// 其他行政权力.
    case otherPower = "other_power"
    /// 公共服务.
    case publicService = "public_service"

    package var words: String {
      switch self {
      case .licence: "行政许可"
      case .confirmation: "行政确认"
      case .benefit: "行政给付"
      case .award: "行政奖励"
      case .ruling: "行政裁决"
      case .levy: "行政征收"
      case .inspection: "行政检查"
      case .penalty: "行政处罚"
      case .coercion: "行政强制"
      case .otherPower: "其他行政权力"
      case .publicService: "公共服务"
      }
    }
  }

  /// A licence by its kind, or by its official code: types of the 基本编码 begin with their number, 01 for licences.
  package var isLicence: Bool { kind == .licence || kind == nil && nationalBasicCode?.hasPrefix("0001") == true }
}
