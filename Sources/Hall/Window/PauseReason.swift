/// Why a window pauses (暂停): a word that can be counted, and where needed a text for the hall's own record.
///
/// Outside nobody sees it; boards show 暂停服务.
package struct PauseReason: Hashable, Sendable {
  /// Its raw values stand in the journal and in the API.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// 用餐.
    case meal
    /// 休息.
    case rest
    /// 送件、会办.
    case papers
    /// 会议.
    case meeting
    /// 培训.
    case training
    /// 业务系统故障.
    case system
    /// 陪同、上门.
    case escort
    /// Anything else; only here the text is needed.
    case other

    package var chinese: String {
      switch self {
      case .meal: "用餐"
      case .rest: "休息"
      case .papers: "送件、会办"
      case .meeting: "会议"
      case .training: "培训"
      case .system: "业务系统故障"
      case .escort: "陪同、上门"
      case .other: "其他"
      }
    }

    /// The code whose Chinese word this is.
    package init?(chinese word: String) {
      guard let code = Self.allCases.first(where: { $0.chinese == word }) else { return nil }
      self = code
    }
  }

  package let code: Code
  /// 1...60 characters; nil where the code says enough.
  package let text: String?

  package init(_ code: Code, _ text: String? = nil) {
    self.code = code
    self.text = text
  }

  /// For staff: the text, else the code's Chinese word.
  package var words: String { text ?? code.chinese }
}
