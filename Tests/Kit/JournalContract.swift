import Groundwork
package import Hall
package import Ports
import Synchronization

/// What every adapter of `JournalPort` promises, as one suite for all of them.
///
/// The findings are returned and not recorded, so that a planted mistake can be required to have some.
package final class JournalContract: Sendable {
  /// A machine's access to the journal under test; each call gives a machine of its own, the same for the same number.
  package typealias Open = @Sendable (_ machine: Int) async throws -> any JournalPort

  private let open: Open
  private let stored: @Sendable () async throws -> [RecordedEvent]
  private let cut: (@Sendable (_ machine: Int) async throws -> Void)?
  private let patience: Duration
  private let findings = Mutex<[String]>([])

  /// - Parameters:
  ///   - stored: every event that is in the storage, read past the adapters.
  ///   - cut: breaks a machine's connection; nil where there is none to break.
  ///   - patience: how long something may take that has to happen.
  package init(
    open: @escaping Open, stored: @escaping @Sendable () async throws -> [RecordedEvent],
    cut: (@Sendable (_ machine: Int) async throws -> Void)? = nil, patience: Duration = .seconds(60)
  ) {
    self.patience = patience
    self.open = open
    self.stored = stored
    self.cut = cut
  }

  /// Tries everything, on a journal that is empty at the beginning.
  ///
  /// - Returns: what does not hold; empty for a sound adapter.
  package func run() async throws -> [String] {
    do { try await tryAll() } catch is Stuck {}
    return findings.withLock { $0 }
  }

  private func tryAll() async throws {
    let first = try await open(1)
    try await writes(first)
    if first.isShared {
      let second = try await open(2)
      try await race(first, second)
      try await turns(first, second)
      try await hears(first, second)
      let known = try await last()
      try await crowd()
      try await isCutOff(first, known: known)
    } else {
      try await isAlone(first)
    }
  }

  /// Nothing more can be tried.
  private struct Stuck: Error {}

  private func expect(_ condition: Bool, _ promise: String) {
    if !condition { findings.withLock { $0.append(promise) } }
  }

  private func last() async throws -> Int64 { Int64(try await stored().count) }

  private func events(_ count: Int, after sequence: Int64, by machine: Int) -> [RecordedEvent] {
    (0..<count).map { index in
      let number = sequence + 1 + Int64(index)
      return RecordedEvent(
        sequence: number, at: Timestamp(milliseconds: ManualClock.nine.milliseconds + number),
        actor: .kiosk("kiosk-\(machine)"),
        event: .help(.helpRequested(HelpRequested(id: "\(machine)-\(number)", kiosk: "kiosk-\(machine)"))), answer: nil)
    }
  }

  private func writes(_ journal: any JournalPort) async throws {
    let one = events(1, after: 0, by: 1)
    let batch = events(3, after: 1, by: 1)
    expect(try await journal.append(one, after: 0) == .written, "the first event is written")
    expect(try await journal.append(batch, after: 1) == .written, "a batch is written")
    expect(try await stored() == one + batch, "what was written is stored, in order")
    expect(try await journal.events(after: 4).isEmpty, "nothing is newer than what one wrote oneself")
    expect(try await journal.probe() == .ample, "it takes writes")
    expect(try await stored() == one + batch, "a probe is no event")
  }

  private func isAlone(_ journal: any JournalPort) async throws {
    let count = try await last()
    expect(try await journal.takeTurn(after: count).isEmpty, "the turn of a journal that is alone brings nothing")
    expect(try await journal.append([], after: count) == .written, "an append without events is written")
    for await _ in journal.news { expect(false, "a journal that is alone has no news") }
    do {
      let result = try await journal.append(events(1, after: count - 1, by: 1), after: count - 1)
      expect(false, "an append that follows an older event ended with \(result)")
    } catch {
      expect(error.isFatal, "its only writer has lost count: the process has to end")
    }
    expect(try await last() == count, "nothing of it was written")
  }

  private func race(_ first: any JournalPort, _ second: any JournalPort) async throws {
    let known = try await second.events(after: 0)
    expect(try await stored() == known, "a machine that joins reads everything")
    let count = Int64(known.count)
    let theirs = events(2, after: count, by: 1)
    expect(try await first.append(theirs, after: count) == .written, "who knows the newest event appends")
    let lost = try await second.append(events(1, after: count, by: 2), after: count)
    expect(lost == .overtaken(theirs), "who loses a race hears what is newer")
    expect(try await stored() == known + theirs, "nothing of it was written")
    let again = events(1, after: count + 2, by: 2)
    expect(try await second.append(again, after: count + 2) == .written, "decided again, it is written")
    expect(try await first.events(after: count + 2) == again, "the other one reads it")
  }

  private func turns(_ first: any JournalPort, _ second: any JournalPort) async throws {
    let count = try await last()
    let mine = events(1, after: count, by: 1)
    expect(try await first.append(mine, after: count) == .written, "appended")
    expect(try await second.takeTurn(after: count) == mine, "a turn brings what is newer")
    async let other = first.append(events(1, after: count + 1, by: 1), after: count + 1)
    let held = events(2, after: count + 1, by: 2)
    try await Task.sleep(for: .milliseconds(50))
    expect(try await second.append(held, after: count + 1) == .written, "whoever has the turn is not overtaken")
    expect(try await other == .overtaken(held), "whoever has not waits for it")
    expect(try await second.takeTurn(after: count + 3).isEmpty, "a turn in which nothing is newer")
    expect(try await second.append([], after: count + 3) == .written, "an append without events ends it")
    let next = events(1, after: count + 3, by: 1)
    let written = await inTime { try? await first.append(next, after: count + 3) }
    expect(written == .written, "an append without events gives the turn to others")
    guard written == .written else { throw Stuck() }
    expect(try await second.events(after: count + 3) == next, "both know it")
  }

  private func hears(_ first: any JournalPort, _ second: any JournalPort) async throws {
    let count = try await last()
    let written = try await second.append(events(1, after: count, by: 2), after: count)
    expect(written == .written, "appended")
    let news = first.news
    let heard = await inTime {
      for await one in news {
        if case .grew(let sequence) = one, sequence > count { return true }
      }
      return false
    }
    expect(heard == true, "a machine hears within seconds that the journal grew")
    expect(try await first.events(after: count).count == 1, "and reads by how much")
  }

  /// Several machines at once, each appending until all of its own is written.
  private func crowd() async throws {
    let before = try await last()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for machine in 3...5 {
        group.addTask { [self] in
          let journal = try await open(machine)
          var head = Int64(try await journal.events(after: 0).count)
          for turn in 0..<12 {
            // Every other one begins with a turn.
            if turn % 2 == 1 { head += Int64(try await journal.takeTurn(after: head).count) }
            while true {
              let mine = events(1 + turn % 3, after: head, by: machine)
              switch try await journal.append(mine, after: head) {
              case .written:
                head += Int64(mine.count)
                let isThere = try await stored().dropFirst(Int(head) - mine.count).starts(with: mine)
                expect(isThere, "what was written in a crowd is where it was said to be")
              case .overtaken(let newer):
                expect(!newer.isEmpty && newer.first?.sequence == head + 1, "what is newer follows what one knows")
                guard !newer.isEmpty else { return }
                head += Int64(newer.count)
                continue
              }
              break
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let records = try await stored()
    expect(records.map(\.sequence) == Array(1...Int64(records.count)), "there is no gap")
    expect(Int64(records.count) == before + 72, "everything is there once")
  }

  /// - Parameter known: the newest sequence that this machine was told.
  private func isCutOff(_ journal: any JournalPort, known: Int64) async throws {
    guard let cut else { return }
    let head = known + Int64(try await journal.events(after: known).count)
    let before = try await stored()
    expect(head == Int64(before.count), "it knows everything before it is cut off")
    try await cut(1)
    let mine = events(1, after: head, by: 1)
    do {
      let result = try await journal.append(mine, after: head)
      expect(false, "an append over a broken connection ended with \(result)")
    } catch { expect(error == .cutOff, "a broken connection is no answer, neither yes nor no") }
    expect(try await journal.probe() == .ample, "it connects again")
    let found = try await journal.events(after: head)
    expect(found.isEmpty || found == mine, "then it is known whether it was written")
    expect(try await stored() == before + found, "and it stays so")
    let next = head + Int64(found.count)
    expect(try await journal.append(events(1, after: next, by: 1), after: next) == .written, "and it goes on")
  }

  /// - Returns: nil when it takes longer than the contract's patience.
  private func inTime<T: Sendable>(_ work: @escaping @Sendable () async -> T) async -> T? {
    let (results, result) = AsyncStream.makeStream(of: T?.self)
    let tasks = [
      Task { _ = result.yield(await work()) },
      Task {
        try? await Task.sleep(for: patience)
        result.yield(nil)
      },
    ]
    defer { for task in tasks { task.cancel() } }
    for await first in results { return first }
    return nil
  }
}
