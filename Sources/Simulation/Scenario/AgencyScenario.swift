package import Groundwork
package import Hall

/// The steps of agency cases in a scenario: 委托, 出发, 收代办件, and 代办 with the name of one (代1 is the first) and a verb.
package enum AgencyScenario {
  package struct Entrusting: Sendable {
    package let badge: String
    package let item: String
    package let originals: [AgencyOriginal]
    package let copies: [AgencyCopies]
    /// The number of the paper that a station without network has printed.
    package let paper: CaseNumber?
    package let until: CivilDate?

    /// The code on that paper: the same for the same number.
    package var paperCode: PublicCode {
      PublicCode(entropy: UInt64(truncatingIfNeeded: paper?.ordinal ?? 0) << 40 | 77)
    }
  }

  package enum Verb: Sendable {
    case take(missing: [String])
    case decline
    case handIn(HandOver, kept: [Int])
    case fetch(isFinished: Bool, HandOver)
    case giveBack([Int])
    case deliver
    case file(Int)
    case ask(AgencyAnswer)
    case end(AgencyEnder, isReturned: Bool)
    case renew(CivilDate)
    case reassign(String)
    case show
  }

  /// 委托 DB001 SF-001 户口簿=1,1234 照片=复印件2 到 2027-02-01 站 DB-500151105213-20261120-0001.
  static func entrusting(_ words: [String]) -> Entrusting? {
    guard words.count >= 2 else { return nil }
    var rest = Array(words.dropFirst(2))
    func take(_ word: String) -> String? {
      guard let index = rest.firstIndex(of: word), index + 1 < rest.count else { return nil }
      defer { rest.removeSubrange(index...index + 1) }
      return rest[index + 1]
    }
    let (paper, until) = (take("站"), take("到"))
    var originals: [AgencyOriginal] = []
    var copies: [AgencyCopies] = []
    for word in rest {
      let parts = word.split(separator: "=").map(String.init)
      guard parts.count == 2 else { return nil }
      if parts[1].hasPrefix("复印件"), let count = decimal(parts[1].dropFirst(3)) {
        copies.append(AgencyCopies(name: parts[0], count: count))
        continue
      }
      let values = parts[1].split(separator: ",").map(String.init)
      guard let count = values.first.flatMap({ decimal($0) }) else { return nil }
      originals.append(AgencyOriginal(name: parts[0], count: count, mark: values.count > 1 ? values[1] : nil))
    }
    return Entrusting(
      badge: words[0], item: words[1], originals: originals, copies: copies, paper: paper.flatMap { CaseNumber($0) },
      until: until.flatMap { CivilDate($0) })
  }

  /// 代办 代1 DB001 受理.
  static func step(_ words: [String]) -> (name: String, badge: String, verb: Verb)? {
    guard words.count >= 3, let verb = verb(words[2], Array(words.dropFirst(3))) else { return nil }
    return (words[0], words[1], verb)
  }

  private static func verb(_ word: String, _ rest: [String]) -> Verb? {
    switch word {
    case "受理": return .take(missing: rest.first == "缺" ? Array(rest.dropFirst()) : [])
    case "不予代办": return .decline
    case "交镇": return .handIn(proof(rest), kept: indices(rest))
    case "取回": return .fetch(isFinished: rest.contains("办好"), proof(rest))
    case "退还": return .giveBack(indices(rest))
    case "送达": return .deliver
    case "归档": return rest.first.flatMap { decimal($0) }.map { .file($0) }
    case "回访": return rest.first.flatMap { answers[$0] }.map { .ask($0) }
    case "终止": return rest.first.flatMap { enders[$0] }.map { .end($0, isReturned: rest.contains("退还")) }
    case "续办": return rest.first.flatMap { CivilDate($0) }.map { .renew($0) }
    case "移交": return rest.first.map { .reassign($0) }
    case "看": return .show
    default: return nil
    }
  }

  private static let answers: [String: AgencyAnswer] = [
    "非常满意": .verySatisfied, "满意": .satisfied, "不满意": .dissatisfied, "没联系上": .notReached,
  ]
  private static let enders: [String: AgencyEnder] = [
    "委托人": .principal, "代办员": .agent, "去世": .death, "办不成": .impossible,
  ]

  /// A badge, or else a signature.
  private static func proof(_ words: [String]) -> HandOver {
    words.first { $0.hasPrefix("AJ") || $0.hasPrefix("DB") }.map { .badge($0) } ?? .signature
  }

  /// The originals are counted from 1 in a scenario.
  private static func indices(_ words: [String]) -> [Int] { words.compactMap { decimal($0) }.map { $0 - 1 } }

  /// A text that nobody can open: scenarios on the core have no keys.
  private static let sealed = SealedCaseText("2026H2:" + String(repeating: "5e", count: 64))

  static func command(_ entrusting: Entrusting) -> EntrustAgency {
    guard let sealed else { preconditionFailure("it has the length of a box") }
    var entrust = EntrustAgency(item: entrusting.item, principal: sealed)
    entrust.originals = entrusting.originals
    entrust.copies = entrusting.copies
    entrust.until = entrusting.until
    entrust.paper = entrusting.paper.map { EntrustAgency.StationPaper(number: $0, code: entrusting.paperCode) }
    return entrust
  }

  /// Nil for a look.
  static func step(_ verb: Verb) -> AgencyStep? {
    guard let sealed else { return nil }
    switch verb {
    case .take(let missing): return .take(missing: missing)
    case .decline: return .decline(.papers, reason: sealed, isReturned: true)
    case .handIn(let proof, let kept):
      var handIn = HandInAgency(proof: proof)
      handIn.kept = kept
      return .handIn(handIn)
    case .fetch(let isFinished, let proof): return .fetch(originals: nil, isFinished: isFinished, proof)
    case .giveBack(let indices): return .giveBack(originals: indices, isSigned: true)
    case .deliver: return .deliver(fee: nil, isSigned: true)
    case .file(let sheets): return .file(sheets: sheets)
    case .ask(let answer): return .ask(answer, .phone)
    case .end(let by, let isReturned): return .end(by, reason: sealed, isReturned: isReturned, AgencyPaper())
    case .renew(let until): return .renew(until: until, reason: sealed, isSigned: true, AgencyPaper())
    case .reassign(let badge): return .reassign(to: badge, reason: sealed, isAgreed: true)
    case .show: return nil
    }
  }

  /// What one looks like in a scenario: 代1 待送达 DB001 手上1 镇里0 送达 2026-11-27 续办或终止 2027-02-19.
  package static func words(
    _ name: String, stage: String, agent: String, withAgent: Int, withTown: Int, duties: [(word: String, by: String)]
  ) -> String {
    ([name, AgencyStage(rawValue: stage)?.chinese ?? stage, agent, "手上\(withAgent)", "镇里\(withTown)"]
      + duties.flatMap { [$0.word, $0.by] }).joined(separator: " ")
  }

  static func words(_ one: AgencyCase, _ name: String, _ rules: HallRules) -> String {
    words(
      name, stage: one.stage.rawValue, agent: one.agent, withAgent: one.indices(.withAgent).count,
      withTown: one.indices(.withTown).count,
      duties: one.duties(rules.calendar, rules.agency).map { ($0.duty.chinese, $0.by.description) })
  }

  package static let refusals = [
    "unknown_agency": "没有这个代办件", "agency_is": "代办件不在这一步", "must_be_in_person": "要本人办", "not_own_agency": "不是自己的代办件",
    "agent_only": "由代办员办", "asked_by_agent": "经办人不能回访", "agency_incomplete": "代办材料不齐",
    "agency_originals_open": "原件还没有退还", "bad_originals": "原件不对", "hand_over_unproven": "交接没有凭据",
    "signature_needed": "要委托人签字", "bad_agency_date": "日期不对", "paper_known": "这张单子录过了", "bad_station_paper": "不是站里的单子",
    "bad_agency_text": "事项不对",
    "no_such_agent": "没有这位代办员", "bad_batch": "批次不对", "already_asked": "已经回访过",
  ]
}
