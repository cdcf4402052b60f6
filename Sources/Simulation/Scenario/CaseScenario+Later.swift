import Groundwork
package import Hall

/// Steps beside the course of a case, and its papers. Each says the command and the request.
extension CaseScenario {
  package indirect enum Later: Sendable {
    /// 在 kiosk-1: the paper of the step is printed there; what has to be told is not told by hand.
    case at(String, Verb)
    /// 当面交 TX-…: the paper of that number was handed over.
    case tell(String)
    case undoAccept
    case reassign(String)
    case correct(CaseField, material: String?, value: String, second: String)
    case explain(String)
    case relocate(String)
    case further([CorrectionLine])
    case delivered
    /// 补打: nil for the newest paper that is the applicant's.
    case print(String?, kiosk: String)
    /// 出纸, 没出纸: what became of the slip that was asked for last.
    case paper(cameOut: Bool)
    /// 看单, 看提醒.
    case showPapers, showAlarms
    /// 看姓名: masked, as lists have it. 看屏上: what an open list says that the next resident may see.
    case showName, showOnScreen
  }

  static func later(_ word: String, _ rest: [String]) -> Later? {
    switch word {
    case "当面交": return rest.first.map { .tell($0) }
    case "撤销受理": return .undoAccept
    case "转给": return rest.first.map { .reassign($0) }
    case "更正": return correction(rest)
    case "说明超期": return rest.first.map { .explain($0) }
    case "换位": return rest.first.map { .relocate($0) }
    case "再要": return lines(rest).map { .further($0) }
    case "已送到": return .delivered
    case "补打":
      guard let index = rest.firstIndex(of: "在"), index + 1 < rest.count else { return nil }
      return .print(index == 0 ? nil : rest[0], kiosk: rest[index + 1])
    case "出纸": return .paper(cameOut: true)
    case "没出纸": return .paper(cameOut: false)
    case "看单": return .showPapers
    case "看提醒": return .showAlarms
    case "看姓名": return .showName
    case "看屏上": return .showOnScreen
    default: return nil
    }
  }

  /// 更正 AJ001 原件 申请书 2; 更正 AJ001 受理; 更正 AJ001 申请人.
  private static func correction(_ rest: [String]) -> Later? {
    guard rest.count >= 2 else { return nil }
    switch rest[1] {
    case "申请人": return .correct(.applicant, material: nil, value: "", second: rest[0])
    case "受理": return .correct(.acceptance, material: nil, value: "", second: rest[0])
    case "结果":
      return .correct(.outcome, material: nil, value: rest.last == "不予" ? "denied" : "granted", second: rest[0])
    case "原件" where rest.count == 4:
      return .correct(.originals, material: rest[2], value: rest[3], second: rest[0])
    case "部门" where rest.count == 3: return .correct(.department, material: nil, value: rest[2], second: rest[0])
    default: return nil
    }
  }

  /// Nil for a look, and for what becomes of paper.
  package static func command(_ verb: Verb, _ code: PublicCode) -> CaseCommand? {
    guard case .later(let later) = verb else { return step(verb).map { .step(code, $0) } }
    switch later {
    case .at(let kiosk, let verb):
      let inner = if case .later(let later) = verb { later.step } else { step(verb, isTold: false) }
      return inner.map { .step(code, $0, paper: PaperWish(kiosk: kiosk)) }
    case .print(let number, let kiosk):
      let number = number.map { CaseNumber($0) ?? none }
      return .print(code, number, PaperWish(kiosk: kiosk))
    default: return later.step.map { .step(code, $0) }
    }
  }

  /// A number that no case has.
  private static let none = CaseNumber(
    kind: .further, division: "000000000", date: CivilDate(daysSinceEpoch: 0), ordinal: 9_999)
}

extension CaseScenario.Later {
  fileprivate var step: CaseStep? {
    guard let sealed = CaseScenario.sealed else { return nil }
    switch self {
    case .tell(let number): return CaseNumber(number).map { .tell($0) }
    case .undoAccept: return .undoAccept
    case .reassign(let badge): return .reassign(to: badge, reason: "顶岗补位")
    case .correct(let field, let material, let value, let second):
      var entry = CorrectEntry(field: field, reason: sealed, second: second)
      (entry.material, entry.value) = (material, value)
      if field == .applicant { entry.applicant = CaseScenario.heir }
      return .correctEntry(entry)
    case .explain(let text): return .explain(ExplainOverdue(text: text))
    case .relocate(let location): return .relocate(to: location)
    case .further(let lines): return .askFurther(lines)
    case .delivered: return .deliver(on: nil)
    case .at, .print, .paper, .showPapers, .showAlarms, .showName, .showOnScreen: return nil
    }
  }

  /// The last part of the route and the body; nil for a look, and where another verb says it.
  package var request: (path: String, body: String)? {
    switch self {
    case .tell(let number): return ("told", #"{"number":"\#(number)"}"#)
    case .undoAccept: return ("undo-accept", "{}")
    case .reassign(let badge): return ("reassign", #"{"to":"\#(badge)","reason":"顶岗补位"}"#)
    case .correct(let field, let material, let value, let second):
      var fields = [#""field":"\#(field.rawValue)""#, #""reason":"登记有误""#, #""second":"\#(second)""#]
      if let material { fields.append(#""material":"\#(material)""#) }
      if !value.isEmpty { fields.append(#""value":"\#(value)""#) }
      if field == .applicant { fields.append(#""applicant":{"name":"演示员乙"}"#) }
      return ("correct", "{\(fields.joined(separator: ","))}")
    case .explain(let text): return ("explain", #"{"text":"\#(text)"}"#)
    case .relocate(let location): return ("place", #"{"place":"\#(location)"}"#)
    case .further(let lines):
      let each = lines.map { line in
        let reasons = line.reasons.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        return #"{"material":"\#(line.material ?? "")","reasons":[\#(reasons)]}"#
      }
      return ("further", #"{"lines":[\#(each.joined(separator: ","))]}"#)
    case .delivered: return ("delivered", "{}")
    case .print(let number, let kiosk):
      let number = number.map { #""number":"\#($0)","# } ?? ""
      return ("print", #"{\#(number)"kiosk":"\#(kiosk)"}"#)
    case .at, .paper, .showPapers, .showAlarms, .showName, .showOnScreen: return nil
    }
  }
}

/// What a scenario shows of papers and reminders.
extension CaseScenario {
  private static let slipWords = [
    "queued": "待打", "printing": "在打", "printed": "已打", "sent": "已发送", "not_sent": "没打出", "unknown": "不明",
    "expired": "过期",
  ]

  /// 件1 单子 收件凭证 受理通知=已打 特别程序告知=待打未告知.
  package static func papers(
    _ name: String, _ papers: [(title: String, state: String?, isVoid: Bool, isUntold: Bool)]
  ) -> String {
    let words = papers.map { paper in
      let state = paper.state.map { slipWords[$0] ?? $0 } ?? ""
      let marks = state + (paper.isVoid ? "作废" : "") + (paper.isUntold ? "未告知" : "")
      return marks.isEmpty ? paper.title : "\(paper.title)=\(marks)"
    }
    return "\(name) 单子 \(words.joined(separator: " "))"
  }

  /// 件1 姓名 演**甲; 件1 屏上 建房许可.
  package static func name(_ name: String, _ masked: String) -> String { "\(name) 姓名 \(masked)" }

  package static func onScreen(_ name: String, item: String, isSensitive: Bool) -> String {
    "\(name) 屏上 \(isSensitive ? "不写事项" : item)"
  }

  /// 密钥 2026H2; 密钥 无.
  package static func keys(_ halves: Set<HalfYear>) -> String {
    let words = halves.map(\.description).sorted()
    return "密钥 \(words.isEmpty ? "无" : words.joined(separator: " "))"
  }

  /// 件1 提醒 tell_soon; 件1 提醒 无.
  package static func alarms(_ name: String, _ alarms: [String]) -> String {
    "\(name) 提醒 \(alarms.isEmpty ? "无" : alarms.joined(separator: " "))"
  }
}
