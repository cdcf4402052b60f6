import Groundwork
import Hall

/// The words of the closing slip (日结单).
extension Wording {
  static let closingTitle = "日结单"
  static let dayOpened = "开班"
  static let dayClosed = "日终"
  static let noNumbers = "当日没有发号。"
  static let calls = "叫号"
  static let notices = "告知单"
  static let headTitle = "账本校验头"
  static let headAdvice = "请抄在值班本上，或拍照发给上级；不要只留在这台机器里"
  static let headInCode = "码里就是上面的校验头"
  static let headUse = "核对：yichuangctl verify --head"
  static let signature = "负责人签字："

  // A no-break space keeps a word and its number on one line.
  static func figures(_ lane: LaneFigures) -> String {
    var parts = ["发号\u{A0}\(lane.issued)", "叫过\u{A0}\(lane.called)", "办结\u{A0}\(lane.served)"]
    if lane.missed > 0 { parts.append("过号\u{A0}\(lane.missed)") }
    if lane.abandoned > 0 { parts.append("弃号\u{A0}\(lane.abandoned)") }
    if lane.open > 0 { parts.append("未办\u{A0}\(lane.open)") }
    return parts.joined(separator: "　")
  }

  /// The times of the first and the last call; with their dates where the dates differ.
  static func span(_ first: Timestamp, _ last: Timestamp, zone: ZoneOffset) -> String {
    let (from, to) = (zone.civil(first), zone.civil(last))
    return from.date == to.date
      ? "首次\u{A0}\(from.time)　末次\u{A0}\(to.time)"
      : "首次\u{A0}\(moment(first, zone: zone))　末次\u{A0}\(moment(last, zone: zone))"
  }

  static func notices(_ count: Int, printed: Int) -> String { "出具\u{A0}\(count)　已打印\u{A0}\(printed)" }

  static func closingNumber(_ day: ClosedDay) -> String { "日结 \(day.date)，账本第 \(day.closedSequence) 条记录关日" }
}
