import Accounts
import Control
import Desks
import Groundwork
import Hall
import JournalPostgres
import Ports
import Registrar
import SecurityRecords
import Settings

/// The daemon's answers to the operator's tool.
struct ControlHandler: Sendable {
  let composition: Composition

  private var registrar: Registrar { composition.registrar }

  func answer(_ request: ControlRequest) async -> ControlReply {
    if composition.plan.isTraining, [.verify, .head, .backup].contains(request.command) {
      return ControlReply(StateFault.ofTraining(composition.hall.path))
    }
    return await reply(to: request)
  }

  private func reply(to request: ControlRequest) async -> ControlReply {
    switch request.command {
    case .status: await status()
    case .openDay: await openDay(confirmed: request.confirm ?? false)
    case .closeDay: await closeDay(force: request.force ?? false)
    case .acceptJournal: await acceptJournal(noneSince: request.noneSince ?? false)
    case .reload: await reload(by: .operator, named: request.by ?? "operator")
    case .verify: await verify(request.head)
    case .head: await head()
    case .backup: await backup(request.path, for: request.destination)
    case .testSlip: await testSlip(request.kiosk)
    case .importReservations: await importReservations(request.text)
    }
  }

  /// Reloads configuration and catalogue, or keeps the old ones and says why.
  ///
  /// - Parameters:
  ///   - actor: the operator's tool, or the system at a signal.
  ///   - name: who that is, for the security log: a user of this machine, or `signal`.
  func reload(by actor: Principal, named name: String) async -> ControlReply {
    composition.notify.reloading()
    defer { composition.notify.ready("open") }
    let plan = composition.plan
    let files = HallFiles(
      configuration: plan.configuration, models: plan.models, sealing: composition.hall.seal,
      isTraining: plan.isTraining, logger: composition.logger)
    let new: HallSettings
    do throws(Exit) { new = try files.load() } catch {
      composition.security.note(.settingsRefused, [.by: name, .why: "faults"])
      return kept(error.reason, error.sentence, zh: error.chinese ?? error.sentence)
    }
    let obstacles = composition.rules.obstacles(to: new)
    guard obstacles.isEmpty else {
      composition.security.note(
        .settingsRefused,
        [.by: name, .why: "restart", .settings: obstacles.map(\.setting).joined(separator: " ")])
      return kept(
        .configuration, "\(obstacles.map(\.english).joined(separator: ", ")) changed, which needs a restart",
        zh: "\(obstacles.map(\.chinese).joined(separator: "、"))改了，要重新启动才生效（systemctl restart yichuangd）")
    }
    if let adopted = composition.hall.shared?.peers?.adopted, !adopted.isEmpty {
      guard adopted == new.digest else {
        composition.security.note(.settingsRefused, [.by: name, .why: "not_adopted"])
        return kept(
          .configuration,
          "the hall's machines work by another configuration: yichuangctl shared adopt makes this one theirs",
          zh: "大厅的机器按另一份配置办：要用这一份，先运行 yichuangctl shared adopt")
      }
      // A machine that only followed, because its configuration differed, decides again.
      await registrar.hold(back: nil)
    }
    do throws(CatalogueDesk.Fault) {
      try await composition.catalogues.publish(new.rules.catalogue, by: actor)
    } catch {
      return kept(.disk, "\(error)", zh: "新目录存不下或记不上账（\(error)）：检查磁盘，再试一次")
    }
    let old = composition.rules.settings
    await composition.rules.adopt(new, registrar, composition.feed, composition.admission)
    composition.noteChange(from: old, to: new, by: name)
    let version = new.rules.catalogue.version
    return ControlReply(
      "configuration and catalogue \(version) are in force", zh: "新的配置和事项目录（版本 \(version)）已生效",
      ["catalogue": .text(version)])
  }

  private func kept(_ status: ExitStatus, _ why: String, zh chinese: String) -> ControlReply {
    ControlReply(status, "the old rules stay in force: \(why)", zh: "没有换上，仍用原来的配置和目录：\(chinese)")
  }

  private func status() async -> ControlReply {
    let (day, accepted, sequence, waiting, version, name) = await registrar.read { state, rules in
      (
        state.day?.date.description, state.isAccepted, state.sequence,
        rules.lanes.map { ($0.letter.description, Int64(state.queue.waitingCount($0.letter))) },
        rules.catalogue.version,
        rules.identity.name
      )
    }
    let faults = await composition.health.faults
    let words = faults.map { $0.code.rawValue + ($0.kiosk.map { "@" + $0 } ?? "") }
    let journal = accepted ? "ok" : "awaiting_staff"
    let condition = composition.hall.opening.condition
    let backup = composition.backupWatch.words
    return ControlReply(
      "\(composition.plan.isTraining ? "training of " : "")\(name): business day \(day ?? "none"), journal \(journal) at \(sequence), "
        + (backup.map { $0.english + ", " } ?? "")
        + (words.isEmpty ? "no faults" : "faults: " + words.joined(separator: " "))
        + (accepted ? "" : "; " + condition.sentence),
      zh:
        "\(composition.plan.isTraining ? "演练 " : "")\(name)：\(day.map { "营业日 \($0)" } ?? "营业日没有开")，账本到第 \(sequence) 条记录"
        + (accepted ? "" : "，要先由工作人员接受账本") + "，" + (backup.map { $0.chinese + "，" } ?? "")
        + (faults.isEmpty ? "没有故障" : "故障：" + faults.map(\.chinese).joined(separator: "；"))
        + (accepted ? "" : "。" + condition.chinese),
      [
        "hall": .text(name), "business_day": day.map(ControlValue.text) ?? .null, "journal": .text(journal),
        "sequence": .number(sequence), "catalogue": .text(version),
        "waiting": .object(Dictionary(waiting.map { ($0.0, .number($0.1)) }) { first, _ in first }),
        "backup_hours": backup?.age.map(ControlValue.number) ?? .null,
        "faults": .list(words.map(ControlValue.text)), "demo": .flag(composition.plan.demo),
        "training": .flag(composition.plan.isTraining),
        "version": .text(ProductVersion.current),
      ])
  }

  private func look(
    _ body: (any JournalReading) async throws(StateFault) -> Verification
  ) async -> ControlReply {
    do throws(StateFault) {
      return ControlReply(try await body(composition.hall.journal))
    } catch {
      return ControlReply(error)
    }
  }

  private func verify(_ kept: String?) async -> ControlReply {
    let head = kept.flatMap { JournalHead($0) }
    guard kept == nil || head != nil else { return .mistypedHead }
    return await look { journal throws(StateFault) in try await journal.verify(against: head) }
  }

  private func head() async -> ControlReply {
    do throws(StateFault) {
      return ControlReply(try await composition.hall.journal.journalHead())
    } catch {
      return ControlReply(error)
    }
  }

  private func backup(_ path: String?, for destination: String?) async -> ControlReply {
    guard let path, path.hasPrefix("/") else {
      return ControlReply(.usage, "a backup needs the absolute path of a file to make", zh: "备份要写一个文件的完整路径（以 / 开头）")
    }
    let seal = composition.hall.seal
    let reply: ControlReply
    do throws(StateFault) {
      let verification = try await composition.hall.journal.backup(to: path)
      reply = ControlReply(verification).with(verification.journalHead(seal))
    } catch {
      return ControlReply(error)
    }
    guard reply.status == 0 else { return reply }
    composition.security.note(.backupMade, [.by: Principal.operator.securityText, .file: destination ?? path])
    return reply.of(path)
  }

  private func testSlip(_ kiosk: String?) async -> ControlReply {
    let desks = composition.desks
    guard let desk = desks.first(where: { kiosk == nil || $0.kiosk == kiosk }) else {
      let known = desks.map(\.kiosk).joined(separator: ", ")
      return ControlReply(
        .usage, "no printer at \(kiosk ?? "any kiosk"); there are printers at: \(known)",
        zh: desks.isEmpty ? "取号机都没有打印机" : "取号机 \(kiosk ?? "") 没有打印机：有打印机的是 \(known)")
    }
    let outcome = await desk.printTest(String(SystemEntropy().bits(), radix: 36))
    return ControlReply(printing: outcome, at: desk.kiosk)
  }

  private func openDay(confirmed: Bool) async -> ControlReply {
    let now = composition.clock.now()
    let zone = await registrar.rules.zone
    let date = zone.civil(now).date
    return await submit(
      .day(.openDay(OpenDay(date: date, confirmed: confirmed))), "the business day \(date) is open",
      zh: "营业日 \(date) 已开")
  }

  private func closeDay(force: Bool) async -> ControlReply {
    let reply = await submit(.day(.closeDay(CloseDay(force: force))), "the business day is closed", zh: "营业日已关")
    return reply.status == 0 ? reply.with(try? await composition.hall.journal.journalHead()) : reply
  }

  /// Numbers that may have been issued are not issued again: numbering continues above the checkpoint's ceilings.
  private func acceptJournal(noneSince: Bool) async -> ControlReply {
    let opening = composition.hall.opening
    let today = await registrar.rules.zone.civil(composition.clock.now()).date
    let (lanes, accepted) = await registrar.read { state, rules in
      (
        rules.lanes.map { ($0.letter, max(state.queue.lastOrdinal($0.letter, on: today), $0.start - 1)) },
        state.isAccepted
      )
    }
    guard !accepted else {
      return ControlReply(
        "the journal is the one that the hall remembers: nothing to accept", zh: "账本与大厅记得的一致，不用接受")
    }
    let floors: [LaneLetter: Int]
    let day: CivilDate?
    switch opening.condition {
    case .shorter(_, let ceilings, let known), .differs(_, let ceilings, let known):
      floors = ceilings
      day = known
    case .unanchored where noneSince:
      (floors, day) = ([:], nil)
    case .intact, .unanchored, .vanished:
      floors = Dictionary(lanes.map { ($0, JournalOpening.floor(above: $1)) }) { first, _ in first }
      day = today
    }
    if noneSince, day != nil {
      return ControlReply(
        .refused,
        "--none-since is for a journal that was restored on a new machine; here the machine remembers itself what was given",
        zh: "--none-since 只用于在新机器上恢复的账本；这台机器自己记得发过哪些号：不带它再运行一次")
    }
    let accept = AcceptJournal(epoch: opening.epoch + 1, floors: floors, day: day)
    let reply = await submit(
      .day(.acceptJournal(accept)),
      noneSince
        ? "the journal is accepted; numbers go on after the last one in it"
        : "the journal is accepted; numbers go on above those that may be out",
      zh: noneSince ? "账本已接受；新号接着账本里最后一个号编" : "账本已接受；新号从可能发出过的号码之后接着编")
    if reply.status == 0 {
      composition.security.note(
        .journalAccepted, [.by: Principal.operator.securityText, .why: noneSince ? "none_since" : nil])
    }
    return reply
  }

  private func submit(_ command: Command, _ done: String, zh chinese: String) async -> ControlReply {
    do {
      try await registrar.submit(command, by: .operator) { _, _ in }
      return ControlReply(done, zh: chinese)
    } catch {
      switch error {
      case .refused(let refusal):
        return ControlReply(.refused, refusal.sentence, zh: refusal.chinese, ["code": .text(refusal.code)])
      case .fault(let fault):
        return ControlReply(.disk, "the journal refuses writes: \(fault)", zh: "账本写不进去（\(fault)）：检查磁盘和剩余空间")
      case .overloaded, .reconciling, .tooFast, .stopping, .keyReused:
        return ControlReply(.taken, "the hall cannot answer now: try again", zh: "大厅正忙：稍后再试")
      case .bug:
        return ControlReply(
          .bug, "the hall refused to break a rule of its own: see its log",
          zh: "程序出错，操作没有生效：看服务的日志（journalctl -u yichuangd）并反馈")
      }
    }
  }
}

extension Refusal {
  /// For the operator, with a remedy.
  var sentence: String {
    switch self {
    case .day(.dayAlreadyOpen(let day)): "the business day \(day) is open already"
    case .day(.dayNotOpen): "no business day is open"
    case .day(.dateBehindJournal(let given, let last)):
      "the clock says \(given), but the hall was open on \(last): set the clock, or day open --confirm"
    case .day(.dateImplausible(let given, let last)):
      "the clock says \(given)\(last.map { ", the hall was last open on \($0)" } ?? ""): day open --confirm if it is right"
    case .day(.ticketsInService(let numbers)):
      "at the windows are \(numbers.map(\.description).joined(separator: " ")): finish them, or close with --force"
    case .day(.journalNotAccepted): "staff have to accept the journal first: yichuangctl accept-journal"
    default: "the hall says no: \(code)"
    }
  }

  /// The same in Chinese.
  var chinese: String {
    switch self {
    case .day(.dayAlreadyOpen(let day)): "营业日 \(day) 已经开了"
    case .day(.dayNotOpen): "营业日没有开"
    case .day(.dateBehindJournal(let given, let last)):
      "机器日期是 \(given)，可大厅 \(last) 还开过：先校准时间；日期确实对，用 day open --confirm"
    case .day(.dateImplausible(let given, let last)):
      "机器日期是 \(given)\(last.map { "，大厅上次开是 \($0)" } ?? "")：核对日期，对的话用 day open --confirm"
    case .day(.ticketsInService(let numbers)):
      "窗口还在办 \(numbers.map(\.description).joined(separator: "、"))：先办完，或用 day close --force"
    case .day(.journalNotAccepted): "要先由工作人员接受账本：yichuangctl accept-journal"
    default: "大厅不予办理（\(code)）"
    }
  }
}
