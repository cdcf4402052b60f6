import Dispatch
import GRDB
import Hall
import JournalCodec
import Ports
import Synchronization

extension RecordParser {
  /// Reads and verifies records on this thread, while a second decodes and a third folds them, so that several processors
  /// work.
  ///
  /// - Parameters:
  ///   - start: as for `read`.
  ///   - take: called in the order of the records, one at a time.
  /// - Throws: `StateFault` naming the first record that is missing, changed, out of order or unreadable.
  func fold<State: Sendable>(
    _ db: Database, after start: ChainPosition? = nil, into initial: State,
    _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void
  ) throws -> State {
    let folding = Folding(initial, take)
    do {
      var batch = RecordBatch()
      try read(db, after: start) { position, body in
        batch.add(body, position.sequence)
        guard batch.count >= RecordBatch.size else { return }
        folding.add(batch)
        batch = RecordBatch()
      }
      folding.add(batch)
    } catch {
      // If a record could not be decoded it precedes the one at which reading stopped, and its fault counts.
      _ = try folding.finish()
      throw error
    }
    return try folding.finish()
  }
}

/// Consecutive records with their bytes concatenated.
private struct RecordBatch: Sendable {
  static let size = 512

  private var first: Int64 = 0
  private var bytes: [UInt8] = []
  /// The end offset of each record.
  private var ends: [Int] = []

  init() {
    bytes.reserveCapacity(Self.size * 384)
    ends.reserveCapacity(Self.size)
  }

  var count: Int { ends.count }

  mutating func add(_ body: UnsafeRawBufferPointer, _ sequence: Int64) {
    if ends.isEmpty { first = sequence }
    bytes.append(contentsOf: body)
    ends.append(bytes.count)
  }

  func forEach(_ body: (UnsafeRawBufferPointer, Int64) throws(StateFault) -> Void) throws(StateFault) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(StateFault) in
      var start = 0
      for (index, end) in ends.enumerated() {
        try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<end])), first + Int64(index))
        start = end
      }
    }
  }
}

/// Decodes batches of records on one thread and folds them on another, in order.
private final class Folding<State: Sendable>: Sendable {
  private struct Decoding: Sendable {
    var decoder = RecordDecoder()
    /// The first record that cannot be decoded; later ones are ignored.
    var fault: StateFault?
  }

  private let decoding = Mutex(Decoding())
  private let state: Mutex<State>
  private let take: @Sendable (inout State, RecordedEvent) -> Void
  private let decoders = DispatchQueue(label: "journal-decode")
  private let folders = DispatchQueue(label: "journal-fold")
  /// Backpressure: bounds the batches in memory ahead of the decoder.
  private let room = DispatchSemaphore(value: 16)

  init(_ initial: State, _ take: @escaping @Sendable (inout State, RecordedEvent) -> Void) {
    state = Mutex(initial)
    self.take = take
  }

  func add(_ records: RecordBatch) {
    room.wait()
    decoders.async { [self] in
      let events = decode(records)
      folders.async { [self] in
        state.withLock { state in
          for event in events { take(&state, event) }
        }
        room.signal()
      }
    }
  }

  private func decode(_ records: RecordBatch) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    events.reserveCapacity(records.count)
    decoding.withLock { decoding in
      guard decoding.fault == nil else { return }
      do throws(StateFault) {
        try records.forEach { (body, sequence) throws(StateFault) in
          events.append(try decoding.decoder.record(body, sequence))
        }
      } catch {
        decoding.fault = error
      }
    }
    return events
  }

  /// Waits until all added records are folded.
  func finish() throws(StateFault) -> State {
    decoders.sync {}
    folders.sync {}
    if let fault = decoding.withLock({ $0.fault }) { throw fault }
    return state.withLock { $0 }
  }
}
