package import Hall
package import Ports
import Synchronization

/// A shared journal in memory: several machines append to one list of events, with turns and news.
package actor SharedMemory {
  /// Mistakes that the contract of the journals has to find.
  package enum Planted: CaseIterable, Sendable {
    /// Events are appended after whatever is there, as an insert that skips existing rows would do.
    case appendsAnyway
    /// The loser of a race is not told the newer events.
    case hidesNewer
    /// A turn does not make other machines wait.
    case turnsHoldNobody
    /// An append without events does not end the turn.
    case keepsTheTurn
    /// Nobody is notified that the journal grew.
    case tellsNobody
    /// A write that was cut off takes effect later, after it was reported as missing.
    case takesLateWrites
  }

  package private(set) var records: [RecordedEvent] = []
  private var holder: Int?
  private var queue: [CheckedContinuation<Void, Never>] = []
  private var listeners: [Int: AsyncStream<JournalNews>.Continuation] = [:]
  private var cut: Set<Int> = []
  /// Machines that stay cut off until `join`.
  private var apart: Set<Int> = []
  /// Machines whose next write goes through, and whose answer is lost with the link.
  private var unanswered: Set<Int> = []
  private var late: [RecordedEvent] = []
  private let planted: Planted?

  package init(planted: Planted? = nil) { self.planted = planted }

  /// A machine's access to it.
  package nonisolated func journal(of machine: Int) -> SharedMemoryJournal {
    SharedMemoryJournal(self, machine)
  }

  /// From here on a machine cannot reach it, until it probes.
  package func cutOff(_ machine: Int) {
    cut.insert(machine)
    if holder == machine { release() }
  }

  /// From here on a machine cannot reach it, until `join`.
  ///
  /// - Parameter afterWrite: only from its next write on, which is there, and which nobody tells it of.
  package func part(_ machine: Int, afterWrite: Bool = false) {
    apart.insert(machine)
    if afterWrite { unanswered.insert(machine) } else { cutOff(machine) }
  }

  package func join(_ machine: Int) { apart.remove(machine) }

  fileprivate func listen(_ machine: Int, _ continuation: AsyncStream<JournalNews>.Continuation) {
    listeners[machine] = continuation
  }

  private func lock(_ machine: Int) async {
    if holder == nil {
      holder = machine
    } else if planted != .turnsHoldNobody {
      await withCheckedContinuation { queue.append($0) }
      holder = machine
    }
  }

  private func release() {
    holder = nil
    if !queue.isEmpty {
      holder = -1
      queue.removeFirst().resume()
    }
  }

  private func newer(than sequence: Int64) -> [RecordedEvent] { Array(records.dropFirst(Int(sequence))) }

  fileprivate func append(
    _ events: [RecordedEvent], after sequence: Int64, by machine: Int
  ) async throws(JournalFault) -> Appending {
    if cut.contains(machine) {
      if planted == .takesLateWrites { late = events }
      throw .cutOff
    }
    if holder != machine {
      if events.isEmpty { return .written }
      await lock(machine)
    }
    if events.isEmpty, planted == .keepsTheTurn { return .written }
    defer { release() }
    guard sequence == Int64(records.count) || events.isEmpty || planted == .appendsAnyway else {
      return .overtaken(planted == .hidesNewer ? [] : newer(than: sequence))
    }
    records += events
    if unanswered.remove(machine) != nil {
      cut.insert(machine)
      throw .cutOff
    }
    if planted != .tellsNobody, !events.isEmpty {
      for (other, listener) in listeners where other != machine { listener.yield(.grew(to: Int64(records.count))) }
    }
    return .written
  }

  fileprivate func takeTurn(after sequence: Int64, by machine: Int) async throws(JournalFault) -> [RecordedEvent] {
    if cut.contains(machine) { throw .cutOff }
    if holder != machine { await lock(machine) }
    return newer(than: sequence)
  }

  fileprivate func events(after sequence: Int64, for machine: Int) throws(JournalFault) -> [RecordedEvent] {
    if cut.contains(machine) { throw .cutOff }
    let found = newer(than: sequence)
    if !late.isEmpty {
      records += late
      late = []
    }
    return found
  }

  fileprivate func reach(_ machine: Int) throws(JournalFault) {
    if apart.contains(machine), !unanswered.contains(machine) { throw .cutOff }
    cut.remove(machine)
  }
}

/// One machine's access to a shared journal in memory.
package final class SharedMemoryJournal: JournalPort {
  private let memory: SharedMemory
  private let machine: Int
  package let news: AsyncStream<JournalNews>

  fileprivate init(_ memory: SharedMemory, _ machine: Int) {
    self.memory = memory
    self.machine = machine
    let (stream, continuation) = AsyncStream.makeStream(of: JournalNews.self)
    news = stream
    Task { await memory.listen(machine, continuation) }
  }

  package var isShared: Bool { true }

  package func append(_ events: [RecordedEvent], after sequence: Int64) async throws(JournalFault) -> Appending {
    try await memory.append(events, after: sequence, by: machine)
  }

  package func takeTurn(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    try await memory.takeTurn(after: sequence, by: machine)
  }

  package func events(after sequence: Int64) async throws(JournalFault) -> [RecordedEvent] {
    try await memory.events(after: sequence, for: machine)
  }

  package func probe() async throws(JournalFault) -> JournalRoom {
    try await memory.reach(machine)
    return .ample
  }
}
