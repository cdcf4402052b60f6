import Desks
import Groundwork
import Hall
import Ports
import Registrar
import Seal
import Synchronization
import Testing
import TestKit

/// Goal: each closing of a day gets its head, also after a crash and after a journal that could not be read. Method: the
/// shipped desk and registrar, with a head that the test decides.
@Suite("closing desk", .timeLimit(.minutes(10)))
struct ClosingDeskTests {
  private static func head(_ sequence: Int64) -> JournalHead {
    JournalHead(sequence: sequence, digest: Array(repeating: 7, count: 32), day: nil, sealing: HallSeal.withoutKey)
  }

  private func desk(_ hall: TestHall, _ head: @escaping ClosingDesk.Head) async -> ClosingDesk {
    let desk = ClosingDesk(registrar: hall.registrar, clock: hall.clock, logger: hall.logger, head: head)
    await hall.registrar.observe(from: { _, _ in }) { recorded, _ in desk.note(recorded) }
    return desk
  }

  private func close(_ hall: TestHall) async throws {
    try await hall.registrar.submit(.day(.closeDay(CloseDay())), by: .operator) { _, _ in }
  }

  @Test("a closed day has its head and its slip, and a day that is opened and closed again has new ones")
  func closed() async throws {
    let hall = TestHall()
    try await hall.openDay()
    let desk = await desk(hall) { () throws(StateFault) in Self.head(await hall.registrar.state.sequence) }
    let work = Task { try await desk.run() }
    defer { work.cancel() }
    var codes: [PublicCode] = []
    for _ in 0..<2 {
      try await close(hall)
      let sequence = await hall.registrar.state.days.closed?.closedSequence ?? 0
      try await eventually("the head is noted") { await hall.registrar.state.days.closed?.kept?.slip != nil }
      let kept = try #require(await hall.registrar.state.days.closed?.kept)
      let head = try #require(JournalHead(kept.text))
      #expect(head.sequence >= sequence)
      codes.append(kept.code)
      try await hall.openDay()
    }
    #expect(Set(codes).count == 2)
  }

  @Test("a day that an earlier run closed is caught up, and a journal that cannot be read is read again")
  func caughtUp() async throws {
    let hall = TestHall()
    try await hall.openDay()
    try await close(hall)
    let tries = Mutex(0)
    let desk = await desk(hall) { () throws(StateFault) in
      let number = tries.withLock {
        $0 += 1
        return $0
      }
      if number < 3 { throw .failed("journal", during: "reading", detail: "test") }
      return Self.head(9)
    }
    let work = Task { try await desk.run() }
    defer { work.cancel() }
    try await eventually("the head is noted", passing: hall.clock) {
      await hall.registrar.state.days.closed?.kept?.text == Self.head(9).description
    }
    #expect(tries.withLock { $0 } == 3)
  }
}
