import Groundwork
import Hall

/// The words for refusals of agency cases.
extension AgencyRefusal {
  /// Title and detail, in Chinese and English.
  var words: (title: (String, String), detail: (String, String)) {
    switch self {
    case .unknownAgency:
      return (("没有这个代办件", "There is no such agency case"), ("请核对委托单上的码。", "Check the code on the paper."))
    case .agencyIs(let stage):
      return (
        ("代办件已是“\(stage.chinese)”", "The agency case is \(stage.rawValue)"),
        ("这一步现在不能做，请刷新后看代办件到了哪一步。", "This step does not fit: look at it again.")
      )
    case .mustBeInPerson(let reason):
      return (
        ("这件事要本人办，不能代办", "This has to be done in person"),
        ("\(reason)。可以陪同或上门帮办。", "\(reason). Go with the resident, or to their home.")
      )
    case .notOwnAgency:
      return (("不是您的代办件", "Another agent carries it"), ("由经办的代办员或统筹人员操作。", "Its agent or a coordinator does this."))
    case .agentOnly:
      return (("由代办员操作", "An agent has to do this"), ("请代办员登录后操作。", "An agent signs in for it."))
    case .askedByAgent:
      return (
        ("办过这件事的代办员不能回访", "Whoever carried it does not ask about it"),
        ("由统筹人员或另一位代办员回访。", "A coordinator or another agent asks.")
      )
    case .agencyIncomplete(let names):
      return (
        ("材料还没有齐", "Papers are missing"),
        ("还缺：\(names.joined(separator: "、"))。", "Missing: \(names.joined(separator: ", ")).")
      )
    case .agencyOriginalsOpen(let open):
      return (
        ("还有原件没有退还", "Originals have not been given back"),
        (
          open.map { "\($0.name) \($0.count) 份" }.joined(separator: "、") + "。",
          open.map { "\($0.name) \($0.count)" }.joined(separator: ", ") + "."
        )
      )
    case .badOriginals:
      return (("原件选得不对", "The originals are wrong"), ("请刷新后，按现在在谁手里再选。", "Look again at who has which."))
    case .handOverUnproven:
      return (
        ("交接要有对方的工号或签字", "The other one's badge or signature is needed"),
        ("写已签到的对方工号，或在纸上签字后勾选“已签字”。", "Give a badge that is signed in, or have it signed on paper.")
      )
    case .signatureNeeded:
      return (
        ("要委托人签字", "The principal's signature is needed"), ("在纸上签字后勾选“已签字”。", "Tick it once the paper is signed.")
      )
    case .badAgencyDate:
      return (
        ("日期不对", "The date is wrong"),
        ("期限不早于今天，最长一年；站里的单子最多补录 31 天内的。", "Not before today, at most a year; papers of a station at most 31 days old.")
      )
    case .badAgencyText:
      return (
        ("有一项没有写对", "A field is wrong"),
        (
          "名称不能空着、太长；份数 1 到 20；尾号最多 4 位字母数字。",
          "Names not empty or too long, counts 1 to 20, marks of at most 4 characters."
        )
      )
    case .paperKnown:
      return (("这张委托单已经录过", "This paper was entered before"), ("扫单子上的码就能打开。", "Its code opens it."))
    case .badStationPaper:
      return (
        ("不是别的站打的委托单", "This is no paper of another station"),
        ("编号以 DB- 开头，码是 12 位。", "The number begins with DB-, the code has 12 characters.")
      )
    case .noSuchAgent:
      return (("没有这位代办员", "There is no such agent"), ("写另一位代办员的工号。", "Give the badge of another agent."))
    case .badBatch:
      return (
        ("一趟最多带 \(AgencyBatch.most) 件", "A trip has at most \(AgencyBatch.most)"),
        ("至少选一件，都是同一位代办员的。", "At least one, all of one agent.")
      )
    case .alreadyAsked:
      return (("已经回访过", "The principal was asked"), ("每件回访一次。", "Once for each."))
    case .tooManyAgencies(let limit):
      return (("在办的代办件太多", "Too many open agency cases"), ("最多 \(limit) 件。", "At most \(limit)."))
    }
  }
}
