@testable import Desks
import Glibc
import Groundwork
import Hall
import Ports
import Registrar
import Synchronization
import Testing
import TestKit

/// Goal: each present fault is shown once, with its start. Method: the shipped board with the test's clock.
@Suite("health board")
struct HealthTests {
  final class Heard: Sendable {
    let lists = Mutex<[[String]]>([])
    func hear(_ faults: [PresentFault]) {
      lists.withLock { $0.append(faults.map { $0.code.rawValue + ($0.kiosk.map { "@" + $0 } ?? "") }) }
    }
  }

  @Test("only changes are told, the gravest fault first")
  func changes() async throws {
    let clock = ManualClock(TestHall.opening)
    let board = HealthBoard(clock: clock)
    let heard = Heard()
    await board.observe { heard.hear($0) }
    await board.show([.paperLow], kiosk: "kiosk-1")
    await board.show([.paperLow], kiosk: "kiosk-1")
    clock.advance(5_000)
    await board.raise(.storageFull)
    await board.show([.paperLow, .paperOut], kiosk: "kiosk-1")
    await board.show([], kiosk: "kiosk-1")
    await board.clear(.storageFull)
    await board.clear(.storageFull)
    #expect(
      heard.lists.withLock { $0 } == [
        ["paper_low@kiosk-1"], ["storage_full", "paper_low@kiosk-1"],
        ["storage_full", "paper_out@kiosk-1", "paper_low@kiosk-1"], ["storage_full"], [],
      ])
  }

  @Test("a fault keeps the moment at which it began")
  func since() async throws {
    let clock = ManualClock(TestHall.opening)
    let board = HealthBoard(clock: clock)
    await board.show([.paperOut], kiosk: "kiosk-1")
    clock.advance(60_000)
    await board.show([.paperOut, .coverOpen], kiosk: "kiosk-1")
    let faults = await board.faults
    #expect(faults.map(\.since) == [TestHall.opening, TestHall.opening.adding(seconds: 60)])
  }

  @Test("every condition that a printer can report has its word")
  func words() {
    let all = PrinterConditions(rawValue: (1 << 7) - 1)
    #expect(all.codes.count == 7)
    for code in all.codes { #expect(FaultCode(rawValue: code) != nil, "\(code)") }
  }

  @Test("a journal that refuses writes is shown, and that it takes them again")
  func storage() async throws {
    let hall = TestHall()
    let watch = StorageWatch(registrar: hall.registrar, health: hall.health, clock: hall.clock)
    try await withThrowingTaskGroup { group in
      group.addTask { try await watch.run() }
      hall.journal.refuse(.full)
      await #expect(throws: (any Error).self) { try await hall.openDay() }
      try await eventually("the full disk is shown", passing: hall.clock) {
        await hall.health.faults.map(\.code) == [.storageFull]
      }
      hall.journal.refuse(nil)
      try await eventually("it is over", passing: hall.clock) { await hall.health.faults.isEmpty }
      group.cancelAll()
    }
  }

  @Test("a silent disk is told within five seconds although nothing is written, and that it answers again")
  func silentDisk() async throws {
    let hall = TestHall()
    let isStuck = Mutex(false)
    let looks = Mutex(0)
    let watch = StorageWatch(registrar: hall.registrar, health: hall.health, clock: hall.clock) {
      looks.withLock { $0 += 1 }
      while isStuck.withLock({ $0 }) { usleep(1_000) }
      return nil
    }
    func once() async throws {
      let before = looks.withLock { $0 }
      hall.clock.advance(DiskPulse.pause)
      try await eventually("a look begins") {
        await watch.look()
        return looks.withLock { $0 } > before
      }
    }
    try await once()
    #expect(await hall.registrar.fault == nil)
    isStuck.withLock { $0 = true }
    try await once()
    #expect(await hall.registrar.fault == nil)
    hall.clock.advance(DiskPulse.patience)
    await watch.look()
    #expect(await hall.registrar.fault == .delayed)
    #expect(await hall.health.faults.map(\.code) == [.storageFault])
    #expect(DiskPulse.pause + DiskPulse.patience + 500 < 5_000)
    isStuck.withLock { $0 = false }
    try await eventually("it is over") {
      await watch.look()
      return await hall.registrar.fault == nil
    }
    #expect(await hall.health.faults.isEmpty)
  }
}
