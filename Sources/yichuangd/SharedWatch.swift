import Desks
import Groundwork
import Hall
import HallHTTP
import JournalPostgres
import Logging
import Ports
import Registrar
import ServiceLifecycle
import Settings

/// Follows what other machines append to the shared journal.
struct Following: Service {
  let registrar: Registrar

  func run() async throws {
    await cancelWhenGracefulShutdown { await registrar.follow() }
    try? await gracefulShutdown()
  }
}

/// By how much a machine's clock is ahead of the server's, in words: in seconds, from two minutes on in minutes.
struct ClockAhead: Hashable {
  private let seconds: Int64

  init(milliseconds: Int64) {
    let exact = milliseconds / 1_000
    seconds = abs(exact) < 120 ? exact : exact / 60 * 60
  }

  var isThere: Bool { seconds != 0 }

  private var isMinutes: Bool { abs(seconds) >= 120 }
  private var amount: Int64 { isMinutes ? abs(seconds) / 60 : abs(seconds) }

  var english: String {
    "\(amount) \(isMinutes ? "min" : "s") \(seconds > 0 ? "ahead of" : "behind") the journal's server"
  }

  var chinese: String { "\(seconds > 0 ? "快" : "慢") \(amount) \(isMinutes ? "分钟" : "秒")" }
}

/// Shows on the health board which machines of the hall are silent, and whether this machine's clock or configuration differs
/// from the hall's.
///
/// A machine with another configuration than the hall's follows and does not decide. Two machines that decide by different
/// rules would give numbers of lanes that the other one does not have.
struct SharedWatch: Service {
  /// Milliseconds by which this machine's clock may be off before people are told.
  static let clockNote: Int64 = 2_000

  let journal: SharedJournal
  /// This machine's role in the database.
  let own: String
  /// The digest of the configuration that is in force here.
  let digest: @Sendable () -> String
  let registrar: Registrar
  let health: HealthBoard
  let clock: any TimeSource
  let zone: ZoneOffset
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var last: SharedPeers?
      var isHeld = false
      var ahead = ClockAhead(milliseconds: 0)
      while !Task.isCancelled {
        journal.work(by: digest())
        if let peers = journal.peers {
          if peers.age > SharedPeers.silence {
            // Until the server is heard again it is not known which configuration the hall has adopted.
            await registrar.hold(back: .cutOff)
            last = nil
          } else if peers != last {
            last = peers
            await look(at: peers, &isHeld, &ahead)
          }
        }
        try? await clock.sleep(milliseconds: 1_000)
      }
    }
    try? await gracefulShutdown()
  }

  private func look(at peers: SharedPeers, _ isHeld: inout Bool, _ ahead: inout ClockAhead) async {
    await tell(silent: peers.silent(besides: own))
    await tell(ahead: abs(peers.clockAhead) > Self.clockNote + peers.roundTrip ? peers.clockAhead : 0, &ahead)
    if peers.adopted.isEmpty {
      // No configuration was adopted yet. If this fails, the next look tries again.
      _ = try? await journal.adopt(digest(), replaces: false)
    }
    let differs = !peers.adopted.isEmpty && peers.adopted != digest()
    let older = await olderProgram()
    await registrar.hold(back: differs ? .ofAnotherConfiguration : older, byJournal: !differs && older != nil)
    if !differs, older == nil { await raiseFormat(peers) }
    await set(.configurationDiffers, differs)
    guard differs != isHeld else { return }
    isHeld = differs
    if differs {
      logger.error(
        "this machine's configuration is not the hall's: it follows and decides nothing (yichuangctl shared adopt on the machine with the right one)"
      )
    } else {
      logger.notice("this machine's configuration is the hall's again")
    }
  }

  private func set(_ code: FaultCode, _ isThere: Bool) async {
    if isThere { await health.raise(code) } else { await health.clear(code) }
  }

  /// Reports by how much the clock differs, when that begins and whenever the words for it change.
  private func tell(ahead milliseconds: Int64, _ known: inout ClockAhead) async {
    let ahead = ClockAhead(milliseconds: milliseconds)
    guard ahead != known else { return }
    known = ahead
    guard ahead.isThere else { return await health.clear(.clockApart) }
    logger.error("this machine's clock is \(ahead.english): set it (timedatectl), and see that it has a time server")
    await health.raise(
      .clockApart,
      remedy: [
        "zh-Hans": "本机时钟比账本服务器\(ahead.chinese)：核对哪一边对，再校时（timedatectl），并看有没有授时服务器",
        "en": "this machine's clock is \(ahead.english): see which of them is right and set it (timedatectl)",
      ])
  }

  /// Reports the silent machines, each with the time since which it is silent, in both languages.
  private func tell(silent: [SharedPeers.Machine]) async {
    guard !silent.isEmpty else { return await health.clear(.machineSilent) }
    let now = clock.now()
    let since = silent.map { machine in
      let at = Timestamp(milliseconds: now.milliseconds - machine.silent)
      return (SharedSettings.machine(of: machine.role), zone.civil(at))
    }
    await health.raise(
      .machineSilent,
      remedy: [
        "zh-Hans": since.map { "\($0)（\($1.date) \($1.time) 起）" }.joined(separator: "、")
          + "：看它开着没有、网线和网络通不通；它窗口的号由统筹人员代叫",
        "en": since.map { "\($0) (since \($1.date) \($1.time))" }.joined(separator: ", ")
          + ": see whether it is on and its cable is in; a coordinator calls for its windows",
      ])
  }
}

extension SharedPeers {
  /// The machines that have not been heard for a while, without this one.
  func silent(besides own: String) -> [Machine] {
    machines.filter { $0.role != own && $0.silent >= Self.silence }
  }
}

extension SharedJournal {
  /// Milliseconds of difference beyond which this machine's clock opens and closes no day.
  private static let clockLimit: Int64 = 60_000

  /// Milliseconds since a machine was heard; nil where that is not known, as on a machine that is cut off itself.
  nonisolated func silence(of role: String) -> Int64? {
    guard let peers, peers.age < SharedPeers.silence else { return nil }
    return peers.machines.first { $0.role == role }?.silent
  }

  /// What staff see of the hall's machines.
  nonisolated func machines(_ settings: SharedSettings, _ clock: any TimeSource) -> HallMachines {
    HallMachines(doors: settings.doors) {
      guard let peers = self.peers else { return [] }
      let now = clock.now()
      // The times of the others are as old as the latest message, so its age is added.
      return peers.machines.map { machine in
        let isOwn = machine.role == settings.role
        let silent = machine.silent + (isOwn ? 0 : peers.age)
        return HallMachine(
          name: SharedSettings.machine(of: machine.role), isThisOne: isOwn,
          silentSince: silent >= SharedPeers.silence && !isOwn
            ? Timestamp(milliseconds: now.milliseconds - silent) : nil)
      }
    }
  }

  /// Whether this machine may open and close days by the clock; nil before the server has told its time.
  nonisolated var mayJudgeDays: Bool? {
    guard let peers else { return nil }
    return abs(peers.clockAhead) <= Self.clockLimit + peers.roundTrip && !peers.doubtServer(beyond: Self.clockLimit)
  }

  /// Waits for the server's time at a start that reached the journal: 5 s at most.
  nonisolated func hearServer(_ clock: any TimeSource) async {
    for _ in 0..<100 where peers == nil { try? await clock.sleep(milliseconds: 50) }
  }
}

extension SharedPeers {
  /// Whether the clocks of most connected machines differ from the server's. Then staff have to check before a day is opened.
  ///
  /// - Parameter limit: milliseconds of difference beyond which a clock counts as different.
  func doubtServer(beyond limit: Int64) -> Bool {
    let there = machines.filter { $0.silent < Self.silence }
    return there.count { abs($0.ahead) > limit } * 2 > there.count
  }
}

extension OpenedHall {
  /// The clock by which records get their timestamps: the server's in a hall with several machines.
  func clock(over machine: any TimeSource) -> any TimeSource {
    guard let shared else { return machine }
    return HallClock(machine) { shared.clock }
  }
}

extension HallSettings {
  /// The kiosks of the hall's other machines, each with its machine's role.
  var machinesOfOthers: [String: String] {
    Dictionary(othersKiosks.map { ($0.id, SharedSettings.role(of: $0.machine ?? "")) }) { first, _ in first }
  }
}

extension SharedJournal? {
  /// Which server must not be used, and what to do.
  func remedy(of code: FaultCode) -> [String: String] {
    guard code == .journalBehind, let refused = self?.refusedServer else { return [:] }
    return [
      "zh-Hans": "\(refused.host)：\(refused.problem.chinese)", "en": "\(refused.host): \(refused.problem.english)",
    ]
  }
}
