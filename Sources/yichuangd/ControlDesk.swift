import Control
import Desks
import Groundwork
import Hall
import JournalSQLite
import Ports
import Registrar
import Settings

/// What the daemon answers the operator's tool.
struct ControlDesk: Sendable {
  let composition: Composition

  private var registrar: Registrar { composition.registrar }

  func answer(_ request: ControlRequest) async -> ControlReply {
    switch request.command {
    case .status: await status()
    case .openDay: await openDay(confirmed: request.confirm ?? false)
    case .closeDay: await submit(.closeDay(CloseDay(force: request.force ?? false)), "the business day is closed")
    case .acceptJournal: await acceptJournal()
    case .reload: await reload(by: .operator)
    case .verify: await look { journal throws(StateFault) in try await journal.verify() }
    case .backup: await backup(request.path)
    case .testSlip: await testSlip(request.kiosk)
    }
  }

  /// Configuration and catalogue anew, or the old ones and why.
  ///
  /// - Parameter actor: the operator's tool, or the system at a signal.
  func reload(by actor: Actor) async -> ControlReply {
    composition.notify.reloading()
    defer { composition.notify.ready("open") }
    let plan = composition.plan
    let files = HallFiles(
      configuration: plan.configuration, models: plan.models, sealing: composition.hall.seal,
      logger: composition.logger)
    let new: HallSettings
    do throws(Exit) { new = try files.load() } catch {
      return ControlReply(error.reason, "the old rules stay in force: \(error.sentence)")
    }
    let obstacles = composition.rules.obstacles(to: new)
    guard obstacles.isEmpty else {
      return ControlReply(
        .configuration,
        "the old rules stay in force: \(obstacles.joined(separator: ", ")) changed, which needs a restart")
    }
    do throws(CatalogueDesk.Fault) {
      try await composition.catalogues.publish(new.rules.catalogue, by: actor)
    } catch {
      return ControlReply(.disk, "the old rules stay in force: \(error)")
    }
    await composition.rules.adopt(new, registrar, composition.feed, composition.admission)
    let version = new.rules.catalogue.version
    return ControlReply("configuration and catalogue \(version) are in force", ["catalogue": .text(version)])
  }

  private func status() async -> ControlReply {
    let (day, accepted, sequence, waiting, version, name) = await registrar.read { state, rules in
      (
        state.day?.date.description, state.isAccepted, state.sequence,
        rules.lanes.map { ($0.letter.description, Int64(state.waitingCount($0.letter))) }, rules.catalogue.version,
        rules.identity.name
      )
    }
    let faults = await composition.health.faults
    let words = faults.map { $0.code.rawValue + ($0.kiosk.map { "@" + $0 } ?? "") }
    let journal = accepted ? "ok" : "awaiting_staff"
    return ControlReply(
      "\(name): business day \(day ?? "none"), journal \(journal) at \(sequence), "
        + (words.isEmpty ? "no faults" : "faults: " + words.joined(separator: " ")),
      [
        "hall": .text(name), "business_day": day.map(ControlValue.text) ?? .null, "journal": .text(journal),
        "sequence": .number(sequence), "catalogue": .text(version),
        "waiting": .object(Dictionary(waiting.map { ($0.0, .number($0.1)) }) { first, _ in first }),
        "faults": .list(words.map(ControlValue.text)), "demo": .flag(composition.plan.demo),
      ])
  }

  private func look(
    _ body: (SQLiteJournal) async throws(StateFault) -> Verification
  ) async -> ControlReply {
    do throws(StateFault) {
      return ControlReply(try await body(composition.hall.journal))
    } catch {
      return ControlReply(error)
    }
  }

  private func backup(_ path: String?) async -> ControlReply {
    guard let path, path.hasPrefix("/") else {
      return ControlReply(.usage, "a backup needs the absolute path of a file to make")
    }
    let reply = await look { journal throws(StateFault) in try await journal.backup(to: path) }
    return reply.status == 0 ? ControlReply("\(path): \(reply.sentence)", reply.details) : reply
  }

  private func testSlip(_ kiosk: String?) async -> ControlReply {
    let desks = composition.desks
    guard let desk = desks.first(where: { kiosk == nil || $0.kiosk == kiosk }) else {
      let known = desks.map(\.kiosk).joined(separator: ", ")
      return ControlReply(.usage, "no printer at \(kiosk ?? "any kiosk"); there are printers at: \(known)")
    }
    let outcome = await desk.printTest(String(SystemEntropy().bits(), radix: 36))
    return ControlReply(printing: outcome, at: desk.kiosk)
  }

  private func openDay(confirmed: Bool) async -> ControlReply {
    let now = composition.clock.now()
    let zone = await registrar.rules.zone
    let date = zone.civil(now).date
    return await submit(.openDay(OpenDay(date: date, confirmed: confirmed)), "the business day \(date) is open")
  }

  /// The numbers that may have been given stay given: numbering goes on above what the checkpoint remembers.
  private func acceptJournal() async -> ControlReply {
    let opening = composition.hall.opening
    let (lanes, zone, accepted) = await registrar.read { state, rules in
      (rules.lanes.map(\.letter), rules.zone, state.isAccepted)
    }
    guard !accepted else { return ControlReply("the journal is the one that the hall remembers: nothing to accept") }
    let floors: [LaneLetter: Int]
    let day: CivilDate?
    switch opening.condition {
    case .shorter(_, let ceilings, let known), .differs(_, let ceilings, let known):
      floors = ceilings
      day = known
    case .intact, .unanchored:
      floors = Dictionary(lanes.map { ($0, JournalOpening.unanchoredFloor) }) { first, _ in first }
      day = zone.civil(composition.clock.now()).date
    }
    let accept = AcceptJournal(epoch: opening.epoch + 1, floors: floors, day: day)
    return await submit(.acceptJournal(accept), "the journal is accepted; numbers go on above those that may be out")
  }

  private func submit(_ command: Command, _ done: String) async -> ControlReply {
    do {
      try await registrar.submit(command, by: .operator) { _, _ in }
      return ControlReply(done)
    } catch {
      switch error {
      case .refused(let refusal): return ControlReply(.refused, refusal.sentence, ["code": .text(refusal.code)])
      case .fault(let fault):
        return ControlReply(.disk, "the journal refuses writes: \(fault)")
      case .overloaded, .reconciling, .tooFast, .stopping, .keyReused:
        return ControlReply(.taken, "the hall cannot answer now: try again")
      case .bug:
        return ControlReply(
          .bug, "the hall refused to break a rule of its own: see its log")
      }
    }
  }
}

extension Refusal {
  /// For an operator who can do something about it.
  var sentence: String {
    switch self {
    case .dayAlreadyOpen(let day): "the business day \(day) is open already"
    case .dayNotOpen: "no business day is open"
    case .dateBehindJournal(let given, let last):
      "the clock says \(given), but the hall was open on \(last): set the clock, or day open --confirm"
    case .dateImplausible(let given, let last):
      "the clock says \(given)\(last.map { ", the hall was last open on \($0)" } ?? ""): day open --confirm if it is right"
    case .ticketsInService(let numbers):
      "at the windows are \(numbers.map(\.description).joined(separator: " ")): finish them, or close with --force"
    case .journalNotAccepted: "staff have to accept the journal first: yichuangctl accept-journal"
    default: "the hall says no: \(code)"
    }
  }
}
