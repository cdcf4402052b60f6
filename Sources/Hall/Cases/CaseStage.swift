/// Where a case stands (办件状态).
package enum CaseStage: String, Hashable, Sendable, CaseIterable {
  /// 已收件.
  case received
  /// 待补正.
  case correcting
  /// 已受理.
  case accepted
  /// 已流转.
  case forwarded
  /// 办结.
  case decided
  /// 待领取.
  case ready
  /// 已领取.
  case collected
  /// 已送达.
  case sent
  /// 不予受理.
  case refused
  /// 转其他机关.
  case redirected
  /// 撤回.
  case withdrawn

  package var hasEnded: Bool {
    switch self {
    case .received, .correcting, .accepted, .forwarded, .decided, .ready: false
    case .collected, .sent, .refused, .redirected, .withdrawn: true
    }
  }

  /// Whether the time limit to decide runs.
  package var isRunning: Bool { self == .accepted || self == .forwarded }

  package var chinese: String {
    switch self {
    case .received: "已收件"
    case .correcting: "待补正"
    case .accepted: "已受理"
    case .forwarded: "已流转"
    case .decided: "已办结"
    case .ready: "待领取"
    case .collected: "已领取"
    case .sent: "已送达"
    case .refused: "不予受理"
    case .redirected: "转其他机关"
    case .withdrawn: "已撤回"
    }
  }
}

/// Who stands before the window for a case.
package enum CaseBearer: String, Hashable, Sendable, CaseIterable {
  case oneself = "self", relative, agent
}

/// Why an application is not accepted.
package enum RefusalGround: String, Hashable, Sendable, CaseIterable {
  /// 依法不需要申请 (行政许可法 第三十二条第一款第一项).
  case notNeeded = "not_needed"
  /// 不属于本机关职权 (第二项).
  case notCompetent = "not_competent"
  /// Another article.
  case other
}

package enum CaseOutcome: String, Hashable, Sendable, CaseIterable {
  case granted, denied, other

  package var chinese: String {
    switch self {
    case .granted: "准予"
    case .denied: "不予"
    case .other: "其他"
    }
  }
}
