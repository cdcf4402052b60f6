import Groundwork
import Hall

/// The words for refusals of cases.
extension CaseRefusal {
  /// Title and detail, in Chinese and English.
  var words: (title: (String, String), detail: (String, String)) {
    func list(_ names: [String]) -> String { names.joined(separator: "、") }
    switch self {
    case .unknownCase:
      return (
        ("没有这个办件", "There is no such case"), ("请核对收件凭证上的码。", "Check the code on the receipt.")
      )
    case .caseIs(.received):
      return (
        ("办件已是“已收件”", "The case is received"),
        ("还在收件：缺材料的发补正告知书，不能因此不受理。", "Papers that are missing are told in a correction notice; look at the case again.")
      )
    case .caseIs(let stage):
      return (
        ("办件已是“\(stage.chinese)”", "The case is \(stage.rawValue)"),
        ("这一步现在不能做，请刷新后看办件状态。", "This step does not fit: look at the case again.")
      )
    case .itemNeedsAnswers(let question):
      return (
        ("先问清情形", "A question of the item is open"),
        ("还有问题没有回答：\(question)。", "Not answered: \(question).")
      )
    case .materialNotListed(let name):
      return (
        ("清单里没有这份材料", "The list does not have this"),
        (
          name.isEmpty ? "清单外的材料要写明法律条文，并由第二个人确认（行政许可法第三十一条）。" : "“\(name)”不在本事项这种情形的清单里。",
          name.isEmpty
            ? "What the list does not have needs a law's article and a second member of the staff."
            : "\(name) is not on the list."
        )
      )
    case .sharedMaterial(let name):
      return (
        ("“\(name)”系统能查，不能要求提供", "The hall gets \(name) itself"),
        ("确实查不到的，原因选“系统查不到”。", "Where it cannot be found, the reason is shared_failed.")
      )
    case .askNeeded:
      return (
        ("写明请带什么", "Say what exactly to bring"), ("名称、份数、怎样算合格、哪里能办。", "Name, copies, standard, and where to get it.")
      )
    case .reasonNeeded:
      return (
        ("请写明原因或依据", "A reason or an article is needed"),
        ("原因至少 4 个字；依据写到条。", "At least 4 characters; a law with its article.")
      )
    case .secondBadgeNeeded:
      return (
        ("要第二个在岗的人", "A second member of the staff is needed"),
        ("写另一位已签到人员的工号。", "Give the badge of somebody else who is signed in.")
      )
    case .secondNotice(let names):
      return (
        ("这一项第一次就该告知，将记为二次告知", "This should have been told the first time"),
        (
          "\(list(names))：写明原因后可以发出，会报统筹人员。",
          "With a reason it may be issued; the coordinator is told: \(list(names))."
        )
      )
    case .toldTooLate(let by):
      return (
        ("已过告知期限，不能再因此不受理", "The time to tell is over"),
        (
          "期限是 \(by.date)。请受理，审查中再请申请人补充（不停计时）。",
          "It was \(by.date). Accept it, and ask for the rest while it is examined."
        )
      )
    case .notTold:
      return (
        ("还没有告知到", "Nobody has been told yet"),
        ("纸没有打出来；已手工交给本人的，注明手工送达。", "The paper has not come out; say so if it was handed over by hand.")
      )
    case .papersMissing(let names):
      return (
        ("必要材料不齐", "Papers are missing"),
        ("还缺：\(list(names))。请发补正告知书。", "Missing: \(list(names)). Issue a correction notice.")
      )
    case .noApprover:
      return (
        ("没有设审批人", "There is no approver"),
        ("在配置 cases.approvers 里设这个事项的审批人。", "Name one for the item in cases.approvers.")
      )
    case .notApprover:
      return (("不是这个事项的审批人", "Not an approver of this item"), ("请审批人登录后决定。", "An approver has to decide."))
    case .ownProposal:
      return (("不能批自己提的", "Nobody approves their own proposal"), ("请另一位审批人决定。", "Another approver has to decide."))
    case .nothingProposed:
      return (
        ("没有待批的不予受理", "Nothing is proposed"), ("先由窗口提出理由和依据。", "A clerk proposes it first, with reason and article.")
      )
    case .owed(let names):
      return (("还欠容缺后补的材料", "Papers are owed"), ("补齐后才能办结：\(list(names))。", "Before the decision: \(list(names))."))
    case .paused: return (("计时暂停中", "The clock is paused"), ("先恢复计时。", "Let it run again first."))
    case .notPaused: return (("计时没有暂停", "The clock is not paused"), ("请刷新后再看。", "Look again."))
    case .stageNotExcluded(let stage):
      return (
        ("“\(stage)”要计入时限", "\(stage) counts"),
        ("只有目录里写明不计入的环节（行政许可还有第四十五条所列）才能停计时。", "Only stages that the limit leaves out stop it.")
      )
    case .badCaseDate:
      return (
        ("日期不对", "The date is wrong"),
        ("不能晚于今天、早于受理日；补录最多往回两个工作日。", "Not ahead, not before acceptance, at most two working days back.")
      )
    case .alreadyExtended: return (("已经延长过一次", "It was extended once"), ("只能延长一次。", "Once only."))
    case .badExtension:
      return (
        ("延长的期限不对", "The extension is wrong"),
        (
          "单位与时限相同；最多 10 个工作日，另有规定的不超过原时限。",
          "In the limit's unit; at most 10, or the limit itself where that is longer."
        )
      )
    case .originalsOpen(let held):
      return (
        ("还有原件没有退还", "Originals are still here"),
        (
          list(held.map { "\($0.material) \($0.count) 份" }) + "。退还后勾选“原件已退”。",
          "Give them back: " + held.map { "\($0.material) \($0.count)" }.joined(separator: ", ")
        )
      )
    case .noSuchOriginals(let name):
      return (("没有这么多原件", "There are not so many originals"), ("核对“\(name)”的份数。", "Count \(name) again."))
    case .notEntrusted:
      return (
        ("这件事没有委托村里受理", "The station may not take this"),
        ("请居民到镇街窗口，或开代办。", "The town's windows take it, or an agent carries it.")
      )
    case .notServedHere:
      return (
        ("本窗口不办这件事", "This window does not do it"), ("请能办这个事项的窗口操作。", "A window that serves the item has to do it.")
      )
    case .proxyNeeded:
      return (
        ("代领代签要有委托", "A signed authority is needed"),
        ("凭证背面的委托要有申请人签字。", "The applicant signs it on the back of the receipt.")
      )
    case .badCaseText:
      return (
        ("有一项没有写对", "A field is wrong"),
        ("不能空着、太长或有控制字符，同一材料只写一次。", "Not empty, not too long, no control characters; each material once.")
      )
    case .tooManyCases(let limit):
      return (("在办的办件太多", "Too many open cases"), ("最多 \(limit) 件。", "At most \(limit)."))
    case .notAtWork(let badge):
      return (("\(badge) 没有签到", "\(badge) is not at work"), ("转给已签到的人。", "Give it to somebody who is signed in."))
    case .tooLateToUndo:
      return (
        ("已过撤销时间", "Too late to take it back"),
        ("受理后几秒内可由本人撤销；现在请统筹人员更正登记。", "A coordinator can correct the entry.")
      )
    case .notOverdue:
      return (("还没有超期", "It is not overdue"), ("过了告诉申请人的日期才说明。", "Only after the day that was told."))
    case .badCorrection(let field):
      return (
        ("更正的内容不对", "The correction is wrong"),
        ("\(field.rawValue)：与原来相同，或不是可以填的值。", "\(field.rawValue): the same as before, or not a possible value.")
      )
    case .unknownPaper:
      return (("这个办件没有这张单子", "There is no such paper"), ("请核对单子上的编号。", "Check its number."))
    case .paperNotApproved(let kind):
      return (
        ("《\(kind.chinese)》的文本还没有审定", "The text of this paper is not approved yet"),
        ("选“不打印”可以先办；审定后请管理员从 cases.unapproved 里去掉。", "It goes on without paper; see cases.unapproved.")
      )
    case .noTimeLimit:
      return (
        ("目录里没写这件事的办理时限，不能收件", "The catalogue has no time limit for this item"),
        ("请管理员在目录里补上承诺办结时限，重新载入后再收。", "Add its promised limit to the catalogue, and reload it.")
      )
    case .nothingToList(let department):
      return (
        ("没有要交给\(department)的办件", "Nothing is on its way to \(department)"),
        ("流转了、还没有上过交接清单的才列出来。", "A list has what was handed over and stands on no list yet.")
      )
    case .cannotSeal:
      return (
        ("个人信息不能加密保存，没有收件", "Personal data cannot be sealed; nothing was taken"),
        ("请管理员检查密钥文件夹。", "The administrator checks the folder of keys.")
      )
    }
  }
}
