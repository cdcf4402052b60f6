import Control
import Foundation
import Synchronization
import Updates

/// The tool was killed here.
struct Killed: Error {}

/// A machine with a hall, in memory: which files and which journal it has. Every action can be the last one that is done.
final class StandIn: UpdateActions {
  struct World: Sendable {
    var files = "1"
    var isConfigured = true
    var runs = "1"
    /// The oldest version that reads the journal.
    var journalNeeds = "1"
    var copyNeeds: String?
    /// Numbers given, of which none may be given twice.
    var isAccepted = true
    var log: [String] = []
    var killAt: Int?
    var steps = 0
  }

  struct Plan: Sendable {
    var nextIsWell = true
    var nextWrites = "1"
    var installFault: UpdateFault?
    /// The package manager undid its work before it failed.
    var putsBack = false
    var previousIsWell = true
    var backupFault: UpdateFault?
  }

  let world: Mutex<World>
  let plan: Plan

  init(_ plan: Plan = Plan(), killAt: Int? = nil) {
    self.plan = plan
    world = Mutex(World(killAt: killAt))
  }

  /// One point at which the tool may be killed.
  private func point(_ name: String) throws {
    try world.withLock { world in
      world.steps += 1
      world.log.append(name)
      if world.steps == world.killAt { throw Killed() }
    }
  }

  private func act(_ name: String, _ half: (inout World) -> Void = { _ in }, _ whole: (inout World) -> Void) throws {
    try point(name)
    world.withLock { half(&$0) }
    try point(name + " half")
    world.withLock { whole(&$0) }
    try point(name + " done")
  }

  func backUp(_ record: UpdateRecord) throws {
    if let fault = plan.backupFault { throw fault }
    try act("backUp") { $0.copyNeeds = $0.journalNeeds }
  }

  func install(_ record: UpdateRecord) throws {
    if plan.putsBack, let fault = plan.installFault {
      try act("install") { _ in }
      throw fault
    }
    try act("install", { ($0.files, $0.isConfigured, $0.runs) = ("mixed", false, "") }) {
      ($0.files, $0.isConfigured, $0.runs) = ("2", true, "2")
      $0.journalNeeds = plan.nextWrites
    }
    if let fault = plan.installFault { throw fault }
  }

  func gate(_ record: UpdateRecord, _ version: String, waits: Bool) throws -> UpdateRecord.Reason? {
    try point("gate \(version)")
    return world.withLock { world in
      let isWell =
        world.files == version && world.runs == version && world.isConfigured && world.isAccepted
        && world.journalNeeds <= version && (version == "2" ? plan.nextIsWell : plan.previousIsWell)
      return isWell ? nil : .init("ill", zh: "不好")
    }
  }

  func unpackPrevious(_ record: UpdateRecord) throws {
    try act("unpack", { $0.files = "mixed" }) { ($0.files, $0.isConfigured) = ("1", false) }
  }

  func configureAndStart(_ record: UpdateRecord) throws {
    try act("configure") { world in
      world.isConfigured = true
      world.runs = world.journalNeeds <= world.files ? world.files : ""
    }
  }

  func refusesJournal() throws -> Bool {
    try point("refuses")
    return world.withLock { $0.journalNeeds > $0.files }
  }

  func restoreCopy(_ record: UpdateRecord) throws {
    try act("restore", { ($0.journalNeeds, $0.isAccepted, $0.runs) = ("none", false, "") }) {
      ($0.journalNeeds, $0.isAccepted, $0.runs) = ($0.copyNeeds ?? "lost", true, $0.files)
    }
  }

  /// What the unit of a boot does: the previous files, before any daemon starts; then the daemon, if it can read the journal.
  func boot(_ record: UpdateRecord?) {
    world.withLock { world in
      if record?.phase.mayHaveInstalled == true { (world.files, world.isConfigured) = ("1", false) }
      world.runs = world.journalNeeds <= world.files && world.files != "mixed" ? world.files : ""
    }
  }
}
