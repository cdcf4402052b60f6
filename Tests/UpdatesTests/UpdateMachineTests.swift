import Control
import Foundation
import Synchronization
import Testing
import Updates

/// Goal: an update ends with a version that runs, wherever it is cut off. Method: the shipped machine and folder over a stand-in
/// of the machine, killed at every point, resumed with and without a boot in between, and killed again.
@Suite("update")
struct UpdateMachineTests {
  final class Place {
    let store: UpdateStore

    init() throws {
      let folder = FileManager.default.temporaryDirectory.path + "/updates-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      store = UpdateStore(folder)
      try Data("one".utf8).write(to: URL(fileURLWithPath: store.previousPackage))
      try Data("two".utf8).write(to: URL(fileURLWithPath: store.nextPackage))
      try Data("one".utf8).write(to: URL(fileURLWithPath: store.currentPackage))
    }

    deinit { try? FileManager.default.removeItem(atPath: store.folder) }

    var current: String { (try? String(contentsOfFile: store.currentPackage, encoding: .utf8)) ?? "" }
  }

  static func record(wasWell: Bool = true) -> UpdateRecord {
    UpdateRecord(
      previous: .init(version: "1", sha256: "a"), next: .init(version: "2", sha256: "b"),
      baseline: .init(hasHall: true, wasWell: wasWell), at: 1)
  }

  static func machine(_ place: Place, _ standIn: StandIn) -> UpdateMachine<StandIn> {
    UpdateMachine(place.store, standIn, now: { 2 })
  }

  @Test("a new version that is well stays, and its package is kept")
  func good() async throws {
    let (place, standIn) = (try Place(), StandIn())
    let end = try await Self.machine(place, standIn).run(Self.record())
    #expect(end.phase == .good && end.reason == nil)
    #expect(try place.store.read() == end)
    #expect(place.current == "two")
  }

  @Test("one that is not well goes, and says why")
  func bad() async throws {
    let (place, standIn) = (try Place(), StandIn(.init(nextIsWell: false)))
    let end = try await Self.machine(place, standIn).run(Self.record())
    #expect(end.phase == .rolledBack && end.reason?.english == "ill")
    #expect(standIn.world.withLock { $0.runs } == "1")
    #expect(place.current == "one")
    // The journal is still readable, so it stays.
    #expect(standIn.world.withLock { !$0.log.contains("restore") })
  }

  @Test("a journal that the previous version cannot read is replaced by the copy from before")
  func restored() async throws {
    let (place, standIn) = (try Place(), StandIn(.init(nextIsWell: false, nextWrites: "2")))
    #expect(try await Self.machine(place, standIn).run(Self.record()).phase == .rolledBack)
    standIn.world.withLock {
      #expect($0.runs == "1" && $0.journalNeeds == "1" && $0.isAccepted)
      #expect($0.log.filter { $0 == "restore" }.count == 1)
    }
  }

  @Test("a package manager that refuses brings the previous version back")
  func refusedInstallation() async throws {
    let fault = UpdateFault(.disk, "the disk is full", zh: "磁盘满了：腾空间")
    let (place, standIn) = (try Place(), StandIn(.init(installFault: fault)))
    let end = try await Self.machine(place, standIn).run(Self.record())
    #expect(end.phase == .rolledBack && end.reason?.english == fault.english)
    #expect(standIn.world.withLock { $0.runs } == "1")
  }

  @Test("what the package manager put back itself is left as it is")
  func putBack() async throws {
    let fault = UpdateFault(.disk, "the disk is full", zh: "磁盘满了：腾空间")
    let (place, standIn) = (try Place(), StandIn(.init(installFault: fault, putsBack: true)))
    #expect(try await Self.machine(place, standIn).run(Self.record()).phase == .rolledBack)
    standIn.world.withLock { #expect($0.runs == "1" && !$0.log.contains("unpack")) }
  }

  @Test("without a copy of the journal nothing is installed")
  func noBackup() async throws {
    let fault = UpdateFault(.disk, "no room", zh: "没有空间：腾空间")
    let (place, standIn) = (try Place(), StandIn(.init(backupFault: fault)))
    await #expect(throws: fault) { try await Self.machine(place, standIn).run(Self.record()) }
    #expect(standIn.world.withLock { $0.log } == [])
    #expect(try place.store.read()?.phase == .rolledBack)
  }

  @Test("a hall that is not well on either version is said, and stays to be resumed")
  func neither() async throws {
    let (place, standIn) = (try Place(), StandIn(.init(nextIsWell: false, previousIsWell: false)))
    let thrown = await #expect(throws: UpdateFault.self) { try await Self.machine(place, standIn).run(Self.record()) }
    #expect(thrown?.status == .unavailable)
    #expect(try place.store.read()?.phase == .rollingBack)
  }

  @Test("a hall that was not well before does not hold up the way back")
  func wasIll() async throws {
    let (place, standIn) = (try Place(), StandIn(.init(nextIsWell: false, previousIsWell: false)))
    #expect(try await Self.machine(place, standIn).run(Self.record(wasWell: false)).phase == .rolledBack)
  }

  static let plans: [StandIn.Plan] = [
    .init(), .init(nextIsWell: false), .init(nextIsWell: false, nextWrites: "2"), .init(nextWrites: "2"),
    .init(installFault: UpdateFault(.disk, "full", zh: "满了：腾空间")),
  ]

  /// Kills at `first`, then again at `second` of what follows, then lets it end. Returns whether the first kill came at all.
  static func survive(_ plan: StandIn.Plan, first: Int, second: Int?, boots: Bool) async throws -> Bool {
    let (place, standIn) = (try Place(), StandIn(plan, killAt: first))
    let machine = machine(place, standIn)
    do {
      _ = try await machine.run(record())
      return false
    } catch is Killed {}
    for kill in [second, nil] {
      let left = try #require(try place.store.read())
      if boots { standIn.boot(left) }
      standIn.world.withLock { world in world.killAt = kill.map { world.steps + $0 } }
      do { _ = try await machine.resume(left) } catch is Killed { continue }
      break
    }
    let end = try #require(try place.store.read())
    #expect(end.phase.isFinal)
    let version = end.phase == .good ? "2" : "1"
    standIn.world.withLock { world in
      #expect(world.files == version && world.runs == version && world.isConfigured && world.isAccepted)
      #expect(world.journalNeeds <= version)
    }
    #expect(place.current == (end.phase == .good ? "two" : "one"))
    return true
  }

  @Test("killed anywhere and resumed it ends well", arguments: [false, true])
  func kills(boots: Bool) async throws {
    var count = 0
    for plan in Self.plans {
      var first = 1
      while try await Self.survive(plan, first: first, second: nil, boots: boots) {
        first += 1
        count += 1
      }
      // Every action has its points.
      #expect(first > 7)
    }
    #expect(count > 40)
  }

  @Test("killed anywhere, resumed and killed again anywhere it ends well", arguments: [false, true])
  func killsTwice(boots: Bool) async throws {
    // The longest ways: back, and back with the copy.
    for plan in Self.plans[1...2] {
      var first = 1
      while try await Self.survive(plan, first: first, second: 1, boots: boots) {
        for second in 2...16 { _ = try await Self.survive(plan, first: first, second: second, boots: boots) }
        first += 1
      }
    }
  }

  @Test("a phase file that is no record is said, not taken for nothing")
  func damaged() throws {
    let place = try Place()
    #expect(try place.store.read() == nil)
    try Data("{".utf8).write(to: URL(fileURLWithPath: place.store.phaseFile))
    #expect(throws: UpdateFault.self) { try place.store.read() }
  }

  @Test("the unit of a boot finds the phase by its text")
  func textOfPhases() throws {
    let place = try Place()
    for phase in UpdatePhase.allCases {
      try place.store.write(Self.record().entering(phase, at: 2))
      let text = try String(contentsOfFile: place.store.phaseFile, encoding: .utf8)
      #expect(text.contains("\"phase\":\"\(phase.rawValue)\""))
    }
  }

  @Test("two tools do not update at the same time")
  func lock() throws {
    let place = try Place()
    let held = try UpdateLock(place.store.folder)
    #expect(throws: UpdateFault.self) { try UpdateLock(place.store.folder) }
    withExtendedLifetime(held) {}
  }
}
