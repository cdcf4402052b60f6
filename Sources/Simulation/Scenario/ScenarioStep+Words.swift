import Groundwork
import Hall

extension ScenarioStep {
  /// Reads a step from the words of its line.
  ///
  /// - Throws: `Scenario.Fault`.
  init(_ words: [String], line: Int) throws {
    var words = words
    var key: String?
    if let index = words.firstIndex(of: "键"), index + 1 < words.count {
      key = words[index + 1]
      words.removeSubrange(index...index + 1)
    }
    guard let verb = Self.read(words) else { throw Scenario.Fault(line: line, text: words.joined(separator: " ")) }
    self.init(verb: verb, key: key, line: line)
  }

  private static func read(_ words: [String]) -> Verb? {
    let rest = Array(words.dropFirst())
    if let window = window(words[0]) { return rest.first.flatMap { windowVerb($0, rest, at: window) } }
    switch words[0] {
    case "时间": return moment(rest).map { .clock($0) }
    case "过了": return rest.first.flatMap { seconds($0) }.map { .wait(seconds: $0) }
    case "断电重启": return .restart
    case "核算余力": return .weigh
    case "收件": return CaseScenario.opening(rest).map { .openCase($0) }
    case "办件": return CaseScenario.step(rest).map { .ofCase($0.name, badge: $0.badge, $0.verb) }
    case "签到": return rest.first.map { .signIn($0) }
    case "下架": return rest.first.map { .publish(.withdraw($0)) }
    case "增材料": return rest.count == 2 ? .publish(.addMaterial(item: rest[0], name: rest[1])) : nil
    case "公布放假": return rest.first.flatMap { Int($0) }.map { .publish(.holidays($0)) }
    case "看密钥": return .showKeys
    case "委托": return AgencyScenario.entrusting(rest).map { .entrust($0) }
    case "代办": return AgencyScenario.step(rest).map { .ofAgency($0.name, badge: $0.badge, $0.verb) }
    case "出发": return rest.first.map { .carry(Array(rest.dropFirst()), badge: $0) }
    case "收代办件":
      return rest.first.flatMap { name in
        CaseScenario.opening(Array(rest.dropFirst())).map { .openCarried(name, $0) }
      }
    case "开班": return .openDay(confirmed: rest.contains("确认"))
    case "日终": return .closeDay(force: rest.contains("强制"))
    case "暂停取号": return rest.count == 2 ? .pauseLane(rest[0], reason: rest[1]) : nil
    case "恢复取号": return rest.first.map { .resumeLane($0) }
    case "加开":
      guard (2...3).contains(rest.count) else { return nil }
      return .addSession(date: rest.count == 3 ? rest[0] : nil, from: rest[rest.count - 2], to: rest[rest.count - 1])
    case "取号": return take(rest, badge: nil)
    case "代取号": return take(rest, badge: rest.first)
    case "代办员取号":
      return rest.first.map { .takeAsAgent(items: rest.dropFirst().filter { $0.contains("-") }, badge: $0) }
    case "换规矩":
      guard rest.count == 4, rest[0] == "连叫", rest[2] == "让", let row = decimal(rest[1]), let most = decimal(rest[3])
      else { return nil }
      return .reload(OrderRule(inARow: row, overtakings: most, patience: OrderRule().patience))
    case "报到": return rest.first.map { .checkIn($0) }
    case "弃号": return rest.first.map { .abandon($0) }
    case "给优先": return rest.first.map { .priority($0, true, badge: rest.dropFirst().first ?? "AJ001") }
    case "取消优先": return rest.first.map { .priority($0, false, badge: rest.dropFirst().first ?? "AJ001") }
    case "收回等候": return rest.first.flatMap { window($0) }.map { .lapse(window: $0) }
    case "为什么": return rest.count == 2 ? .why(rest[0], rest[1]) : nil
    case "重打": return rest.first.map { .reprint($0, kiosk: after("在", rest)) }
    case "记住": return rest.first.map { .acknowledge($0) }
    case "出纸": return rest.first.map { .paper($0, cameOut: true) }
    case "没出纸": return rest.first.map { .paper($0, cameOut: false) }
    case "告知单": return rest.first.map { .notice(item: $0, kiosk: after("在", rest)) }
    case "请人帮忙": return after("在", rest).map { .askForHelp(kiosk: $0) }
    case "应答": return rest.count == 2 ? .answerHelp(kiosk: rest[0], badge: rest[1]) : nil
    case "预约": return reserve(rest)
    case "扫预约单": return rest.first.map { .scanReservation($0) }
    case "取消预约": return rest.first.map { .cancelReservation($0) }
    case "停约": return rest.first.flatMap { CivilDate($0) }.map { .cancelDay($0) }
    case "爽约登记": return .lapseReservations
    case "看": return look(rest)
    default: return nil
    }
  }

  private static func look(_ words: [String]) -> Verb? {
    guard let first = words.first else { return nil }
    if let window = window(first) { return .showWindow(window) }
    if first == "转号" { return .showTransfers }
    if first == "今日" { return .showToday }
    guard words.count == 2 else { return .showTicket(first) }
    if first == "预约" { return .showReservation(words[1]) }
    return first == "队列" ? .showLane(words[1]) : first == "小票" ? .showSlip(words[1]) : nil
  }

  private static func take(_ words: [String], badge: String?) -> Verb? {
    var items: [String] = []
    if let index = words.firstIndex(of: "事项") { items = words[(index + 1)...].prefix { $0.contains("-") }.map { $0 } }
    return .take(
      items: items, lane: after("队列", words), priority: words.contains("优"), kiosk: after("在", words), badge: badge,
      insist: words.contains("仍要"))
  }

  private static func reserve(_ words: [String]) -> Verb? {
    guard let index = words.firstIndex(where: { CivilDate($0) != nil }), index + 1 < words.count,
      let date = CivilDate(words[index]), let from = CivilTime(words[index + 1])
    else { return nil }
    let items = words.prefix(index).filter { $0.contains("-") }
    return .reserve(
      items: items, lane: after("队列", words), date: date, from: from, badge: words.first { $0.hasPrefix("AJ") })
  }

  private static func windowVerb(_ word: String, _ words: [String], at window: Int) -> Verb? {
    let badge = words.dropFirst().first { $0.hasPrefix("AJ") }
    let others = words.dropFirst().filter { !$0.hasPrefix("AJ") }
    let verb: WindowVerb
    switch word {
    case "开窗": verb = .open
    case "关窗": verb = .close
    case "暂停": verb = .pause(reason: others.first ?? "")
    case "叫号": verb = .call(others.first)
    case "点名":
      guard others.count == 2 else { return nil }
      verb = .callPassingOver(others[0], reason: others[1])
    case "重呼": verb = .recall
    case "到达": verb = .serve
    case "完成": verb = .finish
    case "完成并叫下一位": verb = .finishAndCall
    case "过号": verb = .miss
    case "挂起": verb = .suspend
    case "回呼":
      guard let number = others.first else { return nil }
      verb = .resume(number)
    case "弃号": verb = .abandon
    case "转":
      guard let read = transfer(Array(others)) else { return nil }
      verb = read
    case "实办": verb = .noteItems(Array(others))
    case "撤销": verb = .undo
    case "无号办理": verb = .serveUnnumbered
    case "无号办完": verb = .finishUnnumbered
    default: return nil
    }
    return .window(window, verb, badge: badge)
  }

  /// 转 队列 H 原因, 转 3号窗口 原因, with 事项 … and 仍要.
  private static func transfer(_ words: [String]) -> WindowVerb? {
    var rest = words
    guard let first = rest.first else { return nil }
    rest.removeFirst()
    let target: TransferTarget
    if let number = window(first) {
      target = .window(number)
    } else {
      guard first == "队列", let lane = rest.first.flatMap({ LaneLetter($0) }) else { return nil }
      rest.removeFirst()
      target = .lane(lane)
    }
    guard let reason = rest.first else { return nil }
    let codes = [
      "转错": "wrong_window", "需部门办": "needs_department", "语言": "language", "公安": "police", "其他": "other",
    ]
    return .transfer(
      target, reason: codes[reason] ?? reason, items: rest.filter { $0.contains("-") }, insist: rest.contains("仍要"))
  }

  private static func after(_ word: String, _ words: [String]) -> String? {
    guard let index = words.firstIndex(of: word), index + 1 < words.count else { return nil }
    return words[index + 1]
  }

  private static func window(_ word: String) -> Int? {
    word.hasSuffix("号窗口") ? decimal(word.dropLast(3)) : nil
  }

  private static func moment(_ words: [String]) -> Timestamp? {
    guard words.count == 2, let date = CivilDate(words[0]) else { return nil }
    // 9:02 or, to the second, 9:02:30.
    let parts = words[1].split(separator: ":", omittingEmptySubsequences: false)
    guard let time = CivilTime(parts.prefix(2).joined(separator: ":")), parts.count <= 3 else { return nil }
    let minute = ZoneOffset.beijing.moment(date, time)
    guard parts.count == 3 else { return minute }
    return decimal(parts[2]).flatMap { $0 < 60 ? minute.adding(seconds: Int64($0)) : nil }
  }

  private static func seconds(_ word: String) -> Int64? {
    for (unit, factor) in [("秒", 1), ("分钟", 60), ("小时", 3600)] where word.hasSuffix(unit) {
      return decimal(word.dropLast(unit.count)).map { Int64($0 * factor) }
    }
    return nil
  }
}

extension ScenarioOutcome {
  /// The outcome as a scenario writes it.
  package var words: String {
    switch self {
    case .ticket(let number, let state, let ahead, let window, let priority):
      let index = state == "waiting" ? " 前面\(ahead)人" : window.map { " \($0)号窗口" } ?? ""
      return "\(number) \(Self.states[state] ?? state)\(index)\(priority ? " 优" : "")"
    case .slip(let number, let state, let attempt): return "\(number) 小票 \(Self.papers[state] ?? state) 第\(attempt)次"
    case .window(let number, let state, let ticket, let reason):
      return (["\(number)号窗口", Self.duties[state] ?? state] + [ticket, reason].compactMap { $0 }).joined(separator: " ")
    case .lane(let letter, let numbers):
      return (["队列\(letter)"] + (numbers.isEmpty ? ["没有人"] : numbers)).joined(separator: " ")
    case .transfers(let numbers): return (["转号"] + (numbers.isEmpty ? ["没有"] : numbers)).joined(separator: " ")
    case .reason(let word): return "因为 \(Self.reasons[word] ?? word)"
    case .day(let date?): return "营业 \(date)"
    case .day(nil): return "已日终"
    case .notice(let number): return "告知单 \(number)"
    case .help(let state): return state == "ringing" ? "响铃" : "有人来了"
    case .reservation(let name, let start, let state): return "\(name) \(start) \(Self.reservations[state] ?? state)"
    case .ofCase(let words), .ofAgency(let words): return words
    case .refused(let code):
      return "拒绝 \(Self.refusals[code] ?? CaseScenario.refusals[code] ?? AgencyScenario.refusals[code] ?? code)"
    case .nobodyCalled: return "没有人在等候"
    case .tally(let issued, let served, let missed, let abandoned, let closed):
      return "今日 取号\(issued) 办结\(served) 过号\(missed) 弃号\(abandoned) 日终\(closed)"
    case .spread(let name, let count, let mean, let p50, let p90, let longest):
      let values = [("平均", mean), ("中位", p50), ("九成", p90), ("最长", longest)].compactMap { name, value in
        value.map { " \(name)\($0)秒" }
      }
      return "\(name) \(count)个\(values.joined())"
    case .promise(let minutes, let kept, let broken): return "承诺\(minutes)分钟 守\(kept) 破\(broken)"
    }
  }

  private static let states = [
    "waiting": "排队", "called": "已叫", "serving": "办理中", "suspended": "挂起", "missed": "过号", "finished": "完成",
    "abandoned": "弃号", "closed": "日终",
  ]
  private static let reasons = [
    "came_first": "先来", "waited_elsewhere": "先在别处等过", "waits_for_window": "在等别的窗口", "priority": "优先",
    "not_there_yet": "还没有来", "among_agents": "代办的号连着两个后让一位",
  ]
  private static let duties = ["closed": "关闭", "idle": "空闲", "called": "已叫", "serving": "办理中", "paused": "暂停"]
  private static let papers = [
    "queued": "待打", "printing": "打印中", "printed": "已打印", "sent": "已发送", "not_sent": "未发送", "unknown": "不明",
    "expired": "过期",
  ]
  private static let reservations = [
    "booked": "已约", "arrived": "已到", "lapsed": "没来", "cancelled": "已取消", "cancelled_by_hall": "大厅取消",
  ]
  private static let refusals = [
    "slot_full": "时段约满", "too_early": "还没到时间", "reservation_over": "预约时间已过", "reservation_cancelled": "预约已取消",
    "unknown_reservation": "没有这个预约", "slot_too_near": "来不及约", "date_not_offered": "这一天不能约",
    "unknown_slot": "没有这个时段", "reservation_arrived": "已经报到", "coordinator_only": "由统筹人员办",
    "nobody_waiting": "没有人在等候", "window_busy": "窗口还有人", "nothing_to_undo": "没有可以撤销的", "day_not_open": "还没有开班",
    "day_already_open": "已经开班", "hall_closed": "不在办公时间", "past_cut_off": "今天已停止取号", "lane_stopped": "今天这个队列的号已发完",
    "lane_paused": "这个队列暂停取号", "badge_at_other_window": "在别的窗口开着窗",
    "session_overlaps": "这段时间本来就开放",
    "key_reused": "同一个键，别的内容",
    "check_in_limit_reached": "报到次数已满", "call_limit_reached": "重呼次数已满", "tickets_in_service": "窗口还有人在办",
    "date_behind_journal": "日期比上一个营业日早", "date_implausible": "日期不可信", "slip_on_its_way": "小票正在打",
    "lane_not_served_here": "本窗口不办这个队列", "transfer_to_itself": "转给自己", "no_open_window": "那里没有开着的窗口",
    "transfer_needs_words": "再转要写明原因", "lane_needed": "要先选队列或事项",
    "done_elsewhere": "不在本厅办理",
    "window_not_open": "窗口没有开", "not_your_window": "不是你的窗口", "unknown_ticket": "没有这个号", "no_printer": "那里没有打印机",
    "ticket_closed": "号已随日终结束", "ticket_waiting": "号在排队", "ticket_abandoned": "号已放弃", "ticket_called": "号已叫",
    "window_taken": "窗口已有人", "unknown_help": "没有这次求助", "window_empty": "窗口没有人", "window_paused": "窗口暂停",
    "call_needs_reason": "点名越过别人要写原因", "serving_unnumbered": "正在无号办理",
  ]
}
