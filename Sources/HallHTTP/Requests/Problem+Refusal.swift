import Groundwork
import Hall
import HTTPTypes
import Ports
import Registrar

extension Problem {
  /// - Parameter zone: for moments in the texts.
  init(_ failure: RegistrarFailure, zone: ZoneOffset) {
    switch failure {
    case .refused(let refusal): self = Problem(refusal, zone: zone)
    case .keyReused:
      self = Problem(
        .unprocessableContent, "key_reused", Words("同一标识用于了不同的请求", "The key was used for another request"),
        Words("请刷新页面后重新操作。", "Use a new Idempotency-Key for a new request."))
    case .fault(.full):
      self = Problem(
        .serviceUnavailable, "storage_full", Words("系统存储已满", "The disk is full"),
        Words("暂时不能取号，请到窗口找工作人员；腾出空间后自动恢复。", "Ask the staff. Numbers go on by themselves once there is space."),
        retryAfter: 2)
    case .fault(.readOnly):
      self = Problem(
        .serviceUnavailable, "storage_fault", Words("系统存储只读，操作没有生效", "The disk is read-only; nothing has happened"),
        Words(
          "请到窗口找工作人员；管理员让磁盘恢复可写后自动恢复。",
          "Ask the staff. All goes on by itself once the administrator has made the disk writable again."),
        retryAfter: 2)
    case .fault(.delayed):
      self = Problem(
        .serviceUnavailable, "storage_fault", Words("系统存储没有响应", "The disk does not answer"),
        Words(
          "请稍候再按一次，不会重复取号；仍然不行请找工作人员。",
          "Send it again in a moment with the same Idempotency-Key: nothing happens twice. Then ask the staff."),
        retryAfter: 5)
    case .fault(.behind):
      self = Problem(
        .serviceUnavailable, "journal_behind",
        Words("这台机器现在只能看，不能办", "This machine follows the hall and decides nothing"),
        Words("请到别的机器上办理，并找管理员。", "Go to another machine, and tell the administrator."), retryAfter: 5)
    case .fault(.cutOff):
      self = Problem(
        .serviceUnavailable, "journal_cut_off", Words("连不上大厅的共用账本", "The hall's shared journal cannot be reached"),
        Words(
          "请稍候再按一次，不会重复取号；仍然不行请找工作人员。",
          "Send it again in a moment with the same Idempotency-Key: nothing happens twice. Then ask the staff."),
        retryAfter: 2)
    case .fault:
      self = Problem(
        .serviceUnavailable, "storage_fault", Words("系统存储故障", "The disk does not take data"),
        Words("暂时不能取号，请到窗口找工作人员。", "Ask the staff; the operator sees the fault on the health page."), retryAfter: 2)
    case .bug:
      self = Problem(
        .serviceUnavailable, "internal_fault", Words("系统出错，操作没有生效", "Something went wrong; nothing has happened"),
        Words("请再试一次；仍然不行请找工作人员。", "Try again, then ask the staff."), retryAfter: 2)
    case .overloaded:
      self = Problem(
        .serviceUnavailable, "busy", Words("系统繁忙", "The service is busy"), Words("请稍后再试。", "Try again in a moment."),
        retryAfter: 1)
    case .reconciling:
      self = Problem(
        .serviceUnavailable, "reconciling_prints", Words("正在核对上次的打印，请稍候", "Earlier slips are being looked up"),
        Words("几秒钟后就能取号；叫号照常。", "Numbers go on in a few seconds; calls go on meanwhile."), retryAfter: 2)
    case .tooFast(let milliseconds): self = .tooFast(milliseconds: milliseconds)
    case .stopping: self = .stale
    }
  }

  init(_ refusal: Refusal, zone: ZoneOffset) {
    let (title, detail) = Self.words(refusal, zone)
    self.init(Self.status(refusal), refusal.code, title, detail)
    switch refusal {
    case .queue(.hallClosed(let next?)), .queue(.pastCutOff(let next?)): more = [("next_opening", zone.rfc3339(next))]
    case .queue(.laneStopped(let lane, let next)):
      more = [("lane", lane.description)] + (next.map { [("next_opening", zone.rfc3339($0))] } ?? [])
    case .cases(.caseIs(let stage)): more = [("stage", stage.rawValue)]
    case .agency(.agencyIs(let stage)): more = [("stage", stage.rawValue)]
    case .window(.windowBusy(let number)): more = [("number", number.description)]
    case .queue(.holderHasTicket(let code, let number)), .queue(.tripHasTicket(let code, let number)):
      more = [("ticket", code.description), ("number", number.description)]
    case .queue(.doneElsewhere(let code, let elsewhere)):
      more = [("item", code), ("elsewhere", elsewhere.kind.rawValue)]
      if let place = elsewhere.places.first {
        more += [("place", place.name), ("address", place.address), ("hours", place.hours), ("phone", place.phone)]
      }
    default: break
    }
    if let field = Self.insisting(refusal) { more.append(("insist", field)) }
  }

  /// The field of the request that, set to true, makes the hall do it all the same; nil where nobody may insist.
  private static func insisting(_ refusal: Refusal) -> String? {
    switch refusal {
    case .day(.dateImplausible), .day(.dateBehindJournal): "confirm"
    case .day(.ticketsInService): "force"
    case .queue(.doneElsewhere), .window(.noOpenWindow): "insist"
    case .cases(.secondNotice): "second_reason"
    default: nil
    }
  }

  private static func status(_ refusal: Refusal) -> HTTPResponse.Status {
    switch refusal {
    case .reservation(.unknownReservation), .queue(.unknownTicket), .window(.unknownWindow), .help(.unknownHelp),
      .print(.unknownSlip), .cases(.unknownCase), .cases(.unknownPaper), .notice(.unknownNotice),
      .consult(.unknownTask), .agency(.unknownAgency):
      .notFound
    case .request(.unknownItem), .queue(.unknownLane), .request(.unknownKiosk), .notice(.unknownSituation),
      .notice(.unknownMaterial), .awareness(.unknownQuestion),
      .staff, .queue(.tooManyItems), .queue(.laneNeeded), .request(.badReason), .arrangement(.sessionPast),
      .arrangement(.sessionTooFar), .arrangement(.tooManyFrequent), .arrangement(.badPublicity),
      .reservation(.unknownSlot), .reservation(.dateNotOffered), .cases(.itemNeedsAnswers), .cases(.materialNotListed),
      .cases(.askNeeded), .cases(.reasonNeeded), .cases(.badCaseDate), .cases(.badExtension), .cases(.badCaseText),
      .cases(.badCorrection), .consult(.badConsultText), .consult(.badTaskDate),
      .agency(.badAgencyDate), .agency(.badAgencyText), .agency(.badOriginals), .agency(.handOverUnproven),
      .agency(.signatureNeeded), .agency(.badStationPaper), .agency(.noSuchAgent), .agency(.badBatch):
      .unprocessableContent
    case .request(.staffOnly), .request(.coordinatorOnly), .window(.notYourWindow),
      .cases(.notApprover), .cases(.ownProposal), .cases(.notServedHere), .cases(.notEntrusted),
      .consult(.notYourTask),
      .agency(.notOwnAgency), .agency(.agentOnly), .agency(.askedByAgent):
      .forbidden
    case .cases(.cannotSeal), .lease(.noNumbersLeft): .serviceUnavailable
    default: .conflict
    }
  }

  private static func words(_ refusal: Refusal, _ zone: ZoneOffset) -> (Words, Words) {
    func say(_ title: (String, String), _ detail: (String, String)) -> (Words, Words) {
      (Words(title.0, title.1), Words(detail.0, detail.1))
    }
    let askStaff = ("请找工作人员。", "Ask the staff.")
    switch refusal {
    case .day(.journalNotAccepted):
      return say(
        ("记录不完整，暂停取号", "The journal is shorter than it was"),
        ("请统筹人员核对后确认恢复。", "A coordinator looks at it and accepts it before numbers go on."))
    case .day(.dayNotOpen):
      return say(
        ("今天还没有开始取号", "The hall has not opened yet"),
        ("请稍候，或到窗口咨询；告知单可以先打印。", "Wait, or ask at a window; notices can be printed all the same."))
    case .day(.dayAlreadyOpen(let day)):
      return say(("这一天已经开始了", "The day is open already"), ("营业日 \(day)。", "Business day \(day)."))
    case .day(.dateBehindJournal(let given, let last)):
      return say(
        ("系统日期早于上次营业日", "The clock is behind the last business day"),
        (
          "系统显示 \(given)，上次营业日 \(last)。请对照手机：日期对，再按一次确认开始；不对，请管理员校准时间后再开始。",
          "The clock shows \(given), the last day was \(last). Compare with a phone: if the date is right, press again to confirm; if not, have the clock set first."
        ))
    case .day(.dateImplausible(let given, _)):
      return say(
        ("系统日期可疑", "The date is doubtful"),
        (
          "系统显示 \(given)。请对照手机：日期对，再按一次确认开始；不对，请管理员校准时间后再开始。",
          "The clock shows \(given). Compare with a phone: if the date is right, press again to confirm; if not, have the clock set first."
        ))
    case .day(.ticketsInService(let numbers)):
      let list = numbers.map(\.description).joined(separator: " ")
      return say(("窗口还有人在办", "Somebody is at a window"), ("\(list) 办完后再结束一天。", "Close after \(list)."))
    case .day(.formatNotRaised):
      return say(
        ("大厅还有机器没有升级", "A machine of the hall has an older program"),
        (
          "这项新功能要等每台机器都装上新版本才能用，其他照常。请管理员升级。",
          "This is new: it works once every machine of the hall is updated. Everything else goes on. Have the others updated."
        ))
    case .queue(.hallClosed(let next)):
      return say(("现在不在取号时间", "The hall is closed now"), opening(next, zone))
    case .queue(.pastCutOff(let next)):
      return say(("今天已停止取号", "No more numbers today"), opening(next, zone))
    case .queue(.laneStopped):
      return say(
        ("今天这个队列的号已发完", "No more numbers of this lane today"),
        (
          "下班前办不完更多的号。告知单照常打印；急事请找工作人员，可以代取。",
          "The windows cannot serve more people before closing time. Notices are printed as usual; staff can still take a number for you."
        ))
    case .queue(.noQueue):
      return say(
        ("本站不用取号", "No numbers are needed here"), ("请直接找代办员办理。", "Please go to the agent straight away."))
    case .request(.unknownItem(let code)):
      return say(("没有这个事项", "There is no such item"), ("事项 \(code) 不在目录中。", "\(code) is not in the catalogue."))
    case .queue(.unknownLane(let lane)):
      return say(("没有这个队列", "There is no such lane"), ("队列 \(lane) 不存在。", "Lane \(lane) does not exist."))
    case .request(.unknownKiosk(let id)):
      return say(("没有这台取号机", "There is no such kiosk"), ("取号机 \(id) 没有配置。", "Kiosk \(id) is not configured."))
    case .notice(.unknownSituation(let key)):
      return say(("没有这种情形", "There is no such situation"), ("情形 \(key) 不在目录中。", "\(key) is not in the catalogue."))
    case .notice(.unknownMaterial(let name)):
      return say(
        ("清单有变，没有这份材料", "The list has changed: there is no such material"),
        ("“\(name)”不在必带的材料中，请重新打开清单。", "“\(name)” is not on the list of what to bring. Open the list again.")
      )
    case .queue(.tooManyItems(let limit)):
      return say(("事项太多", "Too many items"), ("一张号最多 \(limit) 个事项。", "At most \(limit) items on one ticket."))
    case .queue(.laneDoesNotFit(_, let needed)):
      return say(("队列不对", "The lane does not fit"), ("这个事项在队列 \(needed) 取号。", "This item's lane is \(needed)."))
    case .queue(.laneNeeded):
      return say(("请先选事项", "Choose an item first"), ("请选择要办的事项或部门。", "Choose the item or the department."))
    case .queue(.noWindowForLane):
      return say(("本厅没有窗口受理", "No window here serves it"), askStaff)
    case .queue(.doneElsewhere(_, let elsewhere)): return told(elsewhere)
    case .queue(.numbersExhausted(let lane)):
      return say(
        ("今天的号已取完", "No numbers are left today"), ("队列 \(lane) 已满，请找工作人员。", "Lane \(lane) is full. Ask the staff."))
    case .queue(.numbersKeptForStaff(let lane)):
      return say(
        ("取号机今天的号已取完", "The kiosk has no numbers left today"),
        ("队列 \(lane) 剩下的号由窗口人员发，请到窗口说一声。", "Staff give what is left of lane \(lane): ask at a window."))
    case .queue(.holderHasTicket(_, let number)):
      return say(
        ("您已有号 \(number)", "You hold \(number) already"),
        ("一人一号；可以补打这张号，替别人取号请按“代他人取号”。", "One number each. Print it again, or say that you take one for somebody else.")
      )
    case .queue(.cardForgotten):
      return say(
        ("请重新刷身份证", "Lay the card down again"),
        ("刷卡已过了时间；也可以不刷证取号。", "It was too long ago. A card is never needed for a number."))
    case .queue(.agentHoldsEnough(let limit)):
      return say(
        ("您手上已有 \(limit) 个号", "You hold \(limit) numbers already"),
        ("先办完一些，再为下一位取号；要多取请找工作人员。", "See some of them through first, or ask the staff for one more."))
    case .queue(.tripHasTicket(_, let number)):
      return say(
        ("这一批已有号 \(number)", "This trip holds \(number) already"),
        ("一批在一个队里一个号，一次办完；可以补打这张号。", "One number for all that it carries there. Print it again."))
    case .queue(.priorityNotForAgents):
      return say(
        ("代办的号不能优先", "An agent's numbers have no priority"),
        (
          "请按普通号取；来办的人自己需要优先，请窗口人员给。",
          "Take an ordinary number; a clerk can give priority to somebody who came in person."
        ))
    case .window(.callNeedsReason(let number, let passed)):
      return say(
        ("点名叫 \(number) 要写原因", "Calling \(number) by name needs a reason"),
        (
          "队里有 \(passed) 位比它先来。按“叫号”叫下一位，或写明原因（1 到 60 个字）再叫。",
          "\(passed) in its lane came earlier. Call the next one, or give a reason of 1 to 60 characters."
        ))
    case .queue(.unknownTicket):
      return say(("没有这张号", "There is no such ticket"), ("请核对小票上的编码。", "Check the code on the slip."))
    case .window(.unknownWindow(let number)):
      return say(("没有这个窗口", "There is no such window"), ("\(number) 号窗口没有配置。", "Window \(number) is not configured."))
    case .request(.staffOnly): return say(("请先登录", "Staff only"), ("请用工号登录窗口。", "Sign in at the window."))
    case .request(.coordinatorOnly): return say(("由统筹人员办理", "A coordinator does this"), askStaff)
    case .window(.windowTaken(let badge)):
      return say(("窗口有人", "The window is taken"), ("\(badge) 正在这个窗口。", "\(badge) is at this window."))
    case .window(.windowNotOpen(let number)):
      return say(("窗口还没有开", "The window is not open"), ("请先开启 \(number) 号窗口。", "Open window \(number) first."))
    case .window(.servingUnnumbered(let number)):
      return say(
        ("正在无号办理", "Somebody without a number is served"),
        ("\(number) 号窗口办完后，先按“办完”。", "Press 办完 at window \(number) first."))
    case .window(.windowPaused(let number)):
      return say(("窗口暂停中", "The window is paused"), ("请先恢复 \(number) 号窗口。", "Open window \(number) again first."))
    case .window(.windowBusy(let number)):
      return say(
        ("窗口正在办 \(number)", "The window has \(number)"), ("请先完成、过号或挂起。", "Finish it, miss it or suspend it first."))
    case .window(.windowEmpty): return say(("窗口没有在办的号", "Nobody is at the window"), ("请先叫号。", "Call a ticket first."))
    case .window(.badgeAtOtherWindow(let number)):
      return say(("您在另一个窗口", "You are at another window"), ("请先关闭 \(number) 号窗口。", "Close window \(number) first."))
    case .window(.notYourWindow):
      return say(("不是您的窗口", "Not your window"), ("由登录在该窗口的人员操作。", "Whoever is signed in there does this."))
    case .window(.nobodyWaiting):
      return say(("没有人在等候", "Nobody is waiting"), ("有人取号后会提示。", "You will be told when somebody takes a number."))
    case .window(.laneNotServedHere(let lane)):
      return say(
        ("本窗口不办这个队列", "This window does not serve the lane"),
        ("队列 \(lane) 由其他窗口办理。", "Other windows serve lane \(lane)."))
    case .queue(.ticketIs(let state)):
      return say(
        ("这张号现在是“\(chinese(state))”", "The ticket is \(state.rawValue)"), ("请刷新后再操作。", "Look at its present state."))
    case .window(.callLimitReached(let limit)):
      return say(("已叫 \(limit) 次", "Called \(limit) times"), ("请按过号，叫下一位。", "Mark it missed and call the next."))
    case .queue(.checkInLimitReached(let limit)):
      return say(("已报到 \(limit) 次", "Checked in \(limit) times"), ("请重新取号。", "Take a new number."))
    case .window(.nothingToUndo):
      return say(
        ("没有可以撤回的操作", "Nothing to undo"),
        (
          "完成、过号、弃号、转号后几秒内可以撤回；转过去的号已被叫，就不能撤回。",
          "Only within seconds of finish, miss, abandon or transfer, and not once the receiver has called."
        ))
    case .window(.transferToItself):
      return say(
        ("号已经在这里", "The ticket is here already"),
        ("请选别的队列或窗口。", "Choose another lane or another window."))
    case .window(.noOpenWindow(.lane(let lane))):
      return say(
        ("队列 \(lane) 现在没有开着的窗口", "No window of lane \(lane) is open"),
        (
          "转过去要等窗口开；确实要转，请再按一次“仍要转”。",
          "It would wait until one opens. Send it again with insist to transfer all the same."
        ))
    case .window(.noOpenWindow(.window(let number))):
      return say(
        ("\(number) 号窗口暂停中", "Window \(number) is paused"),
        (
          "暂停满 10 分钟，号会排回队列；确实要转，请再按一次“仍要转”。",
          "After a pause of 10 minutes the ticket waits in its lane. Send it again with insist to transfer all the same."
        ))
    case .window(.transferNeedsWords(let number, let times)):
      return say(
        ("\(number) 已转过 \(times) 次", "\(number) was transferred \(times) times"),
        (
          "再转一次会告诉统筹人员，请用自己的话写明为什么（1 到 60 个字）。",
          "The coordinator is told of another one: give the reason in your own words, 1 to 60 characters."
        ))
    case .help(.unknownHelp): return say(("已有人去帮忙", "Somebody has gone already"), ("不用再处理。", "Nothing is left to do."))
    case .staff(.dateTooFar):
      return say(
        ("日期太远", "The date is too far away"),
        ("登记和排班只写过去 400 天到今后 60 天。", "Notes and plans are for the past 400 and the next 60 days."))
    case .staff(.badNote):
      return say(
        ("登记的内容不完整", "The note does not fit together"),
        (
          "场次写 1 到 8，不重复；顶岗要写替谁；检查要写工号或窗口。",
          "Sessions are 1 to 8, each once; a substitute names whom; an inspection names a badge or a window."
        ))
    case .awareness(.unknownQuestion):
      return say(("没有这个问题", "There is no such question"), ("问题可能已经更换。", "The question may have changed."))
    case .arrangement(.lanePaused(_, let reason)):
      return say(
        ("这个队列暂停取号", "This lane gives no numbers now"),
        ("\(reason)。告知单可以先打印，别的队列照常；有急事请人帮忙。", "\(reason). Notices can be printed, other lanes go on; ask for help."))
    case .arrangement(.sessionPast):
      return say(
        ("时段不对", "The session is not to come"),
        ("结束要晚于开始，也要晚于现在。", "It ends after it begins, and later than now."))
    case .arrangement(.sessionOverlaps):
      return say(
        ("这段时间本来就开放", "The hall is open then anyway"),
        ("加开的时段不能和平时的时段重叠。", "An extra session does not overlap the usual ones."))
    case .arrangement(.sessionTooFar(let days)):
      return say(
        ("日期太远", "The date is too far away"),
        ("只能加开 \(days) 天以内的时段。", "An extra session is at most \(days) days from now."))
    case .arrangement(.tooManyFrequent(let limit)):
      return say(("常办事项太多", "Too many frequent items"), ("最多 \(limit) 个。", "At most \(limit)."))
    case .arrangement(.badPublicity):
      return say(
        ("宣传页太长或没有标题", "The page is too long or has no title"),
        ("标题 1 到 24 个字；最多 6 行，每行最多 60 个字。", "A title of 1 to 24 characters; at most 6 lines of at most 60."))
    case .notice(.unknownNotice):
      return say(("没有这张告知单", "There is no such notice"), ("请核对告知单上的编码。", "Check the code on the notice."))
    case .help(.helpBusy): return say(("正在呼叫工作人员", "The staff are being called"), ("请稍候。", "Please wait."))
    case .print(.unknownSlip): return say(("没有小票", "There is no slip"), ("这张号没有要求打印。", "No paper was asked for."))
    case .print(.slipOnItsWay):
      return say(("正在打印", "The slip is on its way"), ("请稍候再补打。", "Wait before asking for another."))
    case .print(.noPrinter):
      return say(("这台机器没有打印机", "There is no printer here"), ("请记住或拍下号码。", "Remember the number or take a picture."))
    case .print(.staleAttempt): return say(("打印状态已变化", "The slip has moved on"), ("请刷新。", "Look again."))
    case .cases(let refusal): return say(refusal.words.title, refusal.words.detail)
    case .consult(let refusal): return say(refusal.words.title, refusal.words.detail)
    case .agency(let refusal): return say(refusal.words.title, refusal.words.detail)
    case .lease(let refusal): return say(refusal.words.title, refusal.words.detail)
    case .reservation(let refusal):
      let words = refusal.words(zone)
      return say(words.title, words.detail)
    case .request(.badReason): return say(("请写明原因", "A reason is needed"), ("1 到 60 个字。", "1 to 60 characters."))
    }
  }

  /// The other place in one sentence; further places are in the item's view.
  private static func told(_ elsewhere: DoneElsewhere) -> (Words, Words) {
    let title =
      switch elsewhere.kind {
      case .district: Words("企业事项请到区政务服务中心办理", "The district centre does this for enterprises")
      case .notInHall: Words("这件事不在本厅办理", "This is not done in this hall")
      case .village: Words("这件事在您所在的村（社区）便民服务站办", "Your village station does this")
      case .town: Words("这件事在镇街便民服务中心办", "The town hall does this")
      case .police: Words("这件事只有派出所能办", "Only the police station does this")
      case .noWindow: Words("本厅没有窗口办这件事", "No window of this hall does this")
      }
    guard let place = elsewhere.places.first else {
      return (title, Words("去哪里办，请问工作人员。", "Ask the staff where to go."))
    }
    let others = elsewhere.places.count > 1
    let way = [place.name, place.address, place.hours, place.phone].filter { !$0.isEmpty }
    return (
      title,
      Words(
        (others ? "请到所在村（社区）的站，例如" : "请到") + way.joined(separator: "，") + "。",
        (others ? "Go to the station of your village, such as " : "Go to ") + way.joined(separator: ", ") + ".")
    )
  }

  private static func opening(_ next: Timestamp?, _ zone: ZoneOffset) -> (String, String) {
    guard let next else { return ("请咨询工作人员何时开放；告知单可以先打印。", "Ask when it opens; notices can be printed all the same.") }
    let (date, time) = zone.civil(next)
    let (_, month, day) = date.parts
    return ("下次取号：\(month)月\(day)日 \(time)；告知单可以先打印。", "Next: \(date) \(time). Notices can be printed all the same.")
  }

  private static func chinese(_ state: TicketState) -> String {
    switch state {
    case .waiting: "待叫"
    case .called: "已叫"
    case .serving: "办理中"
    case .suspended: "挂起"
    case .missed: "过号"
    case .finished: "完成"
    case .abandoned: "弃号"
    case .closed: "日终"
    }
  }
}
