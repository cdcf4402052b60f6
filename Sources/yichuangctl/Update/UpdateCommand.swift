import ArgumentParser
import Control
import Foundation
import Glibc
import Groundwork
import Ports
import SecurityRecords
import Updates

struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Installs a signed package and keeps it only when the hall is well; else the old version comes back.",
    subcommands: [Install.self, Status.self, Back.self, Resume.self], defaultSubcommand: Install.self)

  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install", abstract: "Updates from a file, without the network.",
      discussion: """
        FILE.minisig lies beside FILE and is by a key in /etc/yichuang/update.d. The journal is copied first. The new version stays when its \
        daemon, its journal, its pages and its printing are well within a minute. An update that is cut off is taken back at the next boot.
        """)
    @Argument(help: "The package, yichuang_VERSION_ARCHITECTURE.deb.")
    var file: String
    @Option(help: "The signed package of the installed version, for the first update of a machine.")
    var previous: String?
    @OptionGroup var update: UpdateOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try answer.give(
        await update.begin { check, _ throws(UpdateFault) in
          do throws(UpdateFault) {
            return try await check.record(of: absolutePath(file), previous: previous.map(absolutePath))
          } catch {
            unlink(update.store.nextPackage)
            throw error
          }
        })
    }
  }

  struct Back: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "back", abstract: "Returns to the version from before the last update, by the same way.")
    @OptionGroup var update: UpdateOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws {
      try answer.give(
        await update.begin { check, last throws(UpdateFault) in try await check.recordBack(last) })
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resume", abstract: "Brings an update to its end that was cut off; a boot does it by itself.")
    @OptionGroup var update: UpdateOptions
    @OptionGroup var answer: AnswerOptions

    func run() async throws { try answer.give(await update.resume()) }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "The last update: how far it is, and how it ended.")
    @OptionGroup var update: UpdateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      let reply: ControlReply
      do throws(UpdateFault) {
        reply =
          try update.store.read().map { ControlReply($0) }
          ?? ControlReply("no update was made on this machine", zh: "这台机器还没有更新过", ["phase": .null])
      } catch { reply = error.reply }
      try answer.give(reply)
    }
  }
}

/// Where updates are kept, and how long the gate waits.
struct UpdateOptions: ParsableArguments {
  @Flag(help: "Also while the business day is open; residents and clerks wait for some seconds.")
  var now = false
  @Option(help: ArgumentHelp("Seconds that a version has to become well.", visibility: .hidden))
  var gateSeconds = 60
  @Option(help: ArgumentHelp("The hall's configuration.", visibility: .hidden))
  var config = ConfigurationOptions.usual
  @Option(help: ArgumentHelp("The folder of public keys.", visibility: .hidden))
  var keys = "/etc/yichuang/update.d"
  @OptionGroup var state: StateOptions

  var store: UpdateStore { UpdateStore(UpdateStore.usual) }

  func validate() throws {
    guard (1...600).contains(gateSeconds) else { throw ValidationError("--gate-seconds is 1 to 600") }
  }

  /// Begins an update when no other is unfinished, and brings it to its end.
  func begin(
    _ accept: (UpdateCheck, UpdateRecord?) async throws(UpdateFault) -> UpdateRecord
  ) async -> ControlReply {
    await held { () async throws in
      let last = try store.read()
      if let last, !last.phase.isFinal {
        throw UpdateFault(
          .taken, "an update to \(last.next.version) was cut off: yichuangctl update resume first",
          zh: "有一个更新（\(last.next.version)）中断了：先运行 yichuangctl update resume")
      }
      let check = UpdateCheck(store, state, gate, config: config, keys: absolutePath(keys), now: now)
      let record = try await accept(check, last)
      if record.baseline.hasHall { await announce() }
      defer { notice.withdraw() }
      return noted(try await machine.run(record))
    }
  }

  func resume() async -> ControlReply {
    await held { () async throws in
      guard let last = try store.read(), !last.phase.isFinal else {
        return ControlReply("no update is unfinished", zh: "没有中断的更新")
      }
      // At a boot this runs before the daemon, which then finds the notice.
      if last.baseline.hasHall { await announce() }
      defer { notice.withdraw() }
      return noted(try await machine.resume(last))
    }
  }

  private var notice: UpdateNotice { UpdateNotice(stateFolder: state.folder) }

  /// Posts the notice, and waits until a running daemon has shown it on the consoles, because the daemon is stopped soon.
  ///
  /// An older daemon shows nothing, so the wait is bounded.
  private func announce() async {
    guard FileManager.default.fileExists(atPath: state.folder + "/journal.sqlite"), notice.post() else { return }
    let told = ControlValue.text(FaultCode.updateRunning.rawValue)
    let deadline = ContinuousClock.now + .seconds(Self.announcementSeconds)
    while ContinuousClock.now < deadline, let status = gate.status() {
      if case .list(let faults)? = status.details["faults"], faults.contains(told) { return }
      try? await Task.sleep(for: .milliseconds(200))
    }
  }

  private static let announcementSeconds = 5

  private var gate: HallGate { HallGate(stateFolder: state.folder, seconds: gateSeconds) }

  private var machine: UpdateMachine<MachineUpdate> {
    UpdateMachine(store, MachineUpdate(store, state: state, gate: gate)) {
      Int64(Date().timeIntervalSince1970 * 1000)
    }
  }

  private func held(_ body: () async throws -> ControlReply) async -> ControlReply {
    // So that a closed terminal does not end an update in the middle.
    for hangUp in [SIGHUP, SIGINT] { signal(hangUp, SIG_IGN) }
    do {
      let lock = try UpdateLock(store.folder)
      defer { withExtendedLifetime(lock) {} }
      return try await body()
    } catch let fault as UpdateFault {
      return fault.reply
    } catch {
      return ControlReply(.bug, "the update ended with \(error): report it", zh: "更新出错（\(error)）：请反馈")
    }
  }

  private func noted(_ record: UpdateRecord) -> ControlReply {
    let name = "\(DebianTools.package) \(record.previous.version) -> \(record.next.version)"
    let isGood = record.phase == .good
    ToolRecord.note(
      isGood ? .updateMade : .updateTakenBack, [.file: name, .why: record.reason?.english], state: state.folder)
    return ControlReply(record)
  }
}

extension ControlReply {
  /// How far an update is, or how it ended.
  init(_ record: UpdateRecord) {
    let (from, to) = (record.previous.version, record.next.version)
    let (why, whyInChinese) = (record.reason?.english ?? "", record.reason?.chinese ?? "")
    let at = ZoneOffset.beijing.rfc3339(Timestamp(milliseconds: record.changedAt))
    let details: [String: ControlValue] = [
      "phase": .text(record.phase.rawValue), "from": .text(from), "to": .text(to), "at": .text(at),
      "reason": record.reason.map { .text($0.english) } ?? .null,
    ]
    switch record.phase {
    case .good:
      self.init(
        "\(to) is installed and the hall is well (\(at)); yichuangctl update back returns to \(from)",
        zh: "已更新到 \(to)，大厅正常（\(at)）；要回到 \(from) 用 yichuangctl update back", details)
    case .rolledBack:
      self.init(
        .refused, "\(from) runs again, because the update to \(to) did not succeed: \(why)",
        zh: "更新到 \(to) 没有成功，已回到 \(from)：\(whyInChinese)", details)
    case .accepted, .backedUp, .installing, .gating, .rollingBack, .restoring:
      self.init(
        .taken,
        "the update from \(from) to \(to) is at \(record.phase.rawValue) since \(at); when nobody works on it: yichuangctl update resume",
        zh: "从 \(from) 到 \(to) 的更新停在 \(record.phase.rawValue)（\(at)）；如果没有人在做：yichuangctl update resume", details)
    }
  }
}
