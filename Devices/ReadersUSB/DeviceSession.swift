import CLibUSB
import Dispatch
import ReaderLink
import ReaderProtocols

/// One plugged-in device: opens it, runs it, and opens it again after errors, until it leaves.
///
/// It has a thread of its own that nothing else waits for.
// Proof: `device` is a counted reference that libusb lets any thread use; what changes is behind the mutex, or is
// touched by the session's own thread only (`machine`, `busy`, `recorder`).
final class DeviceSession: @unchecked Sendable {
  /// Why the use of an open device ended.
  enum Ending: Error {
    /// The device left, or everything stops.
    case stopped
    /// Close it and open it again.
    case reopen
    /// It is not a device of the hall after all.
    case notOurs
    case failed(USBFailure)
  }

  private struct Shared: ~Copyable {
    var isStopped = false
    var wantsReset = false
    var reads: Bool
    var mayReadCards: Bool
    var name: String?
    var serial: String?
  }

  let description: USBDescription
  let candidates: [Candidate]
  private let device: OpaquePointer
  private let tell: @Sendable (DeviceSession, LinkReport) -> Void
  private let shared: Guarded<Shared>
  private let bell = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private var busy = Backoff(first: 100, most: 5000)
  /// The state of the card survives a reopening.
  var machine = CardReader()
  /// Only for a requested transcript.
  private(set) var recorder: DeviceRecorder?

  /// - Parameter device: the session takes over its reference.
  init(
    _ device: OpaquePointer, _ description: USBDescription, _ candidates: [Candidate], reads: Bool, mayReadCards: Bool,
    isRecorded: Bool = false, tell: @escaping @Sendable (DeviceSession, LinkReport) -> Void
  ) {
    self.device = device
    self.description = description
    self.candidates = candidates
    self.tell = tell
    shared = Guarded(Shared(reads: reads, mayReadCards: mayReadCards))
    if isRecorded {
      recorder = DeviceRecorder { [unowned self] line in self.report(.transcript(portPath: self.portPath, line: line)) }
    }
  }

  deinit { libusb_unref_device(device) }

  var portPath: String { description.portPath }
  var kind: ReaderKind { candidates.first?.match.way.kind ?? .scanner }
  var readsCards: Bool { kind == .cardReader }

  func start() {
    let started = DeviceThread.start { [self] in
      run()
      ended.signal()
    }
    if !started { ended.signal() }
  }

  /// The device left, or everything stops. Returns at once.
  func stop() { change { $0.isStopped = true } }

  /// Waits until the device is closed.
  func join() { ended.wait() }

  func read(_ reads: Bool) { change { $0.reads = reads } }

  /// Whether a card is read, or only found.
  func readCards(_ mayRead: Bool) { change { $0.mayReadCards = mayRead } }

  func reset() { change { $0.wantsReset = true } }

  private func change(_ body: (inout Shared) -> Void) {
    shared.withLock { body(&$0) }
    bell.signal()
  }

  var reads: Bool { shared.withLock { $0.reads } }
  var mayReadCards: Bool { shared.withLock { $0.mayReadCards } }

  /// The card module's number, or the device's serial number, once known.
  var serial: String? { shared.withLock { $0.serial } }

  func report(_ report: LinkReport) { tell(self, report) }

  func note(_ words: String) { tell(self, .note("\(portPath) (\(description.numbers)): \(words)")) }

  func condition(_ condition: ReaderCondition) { tell(self, .condition(portPath: portPath, condition)) }

  func arrived(name: String?, serial: String?) {
    let (known, knownSerial) = shared.withLock { shared in
      shared.name = name ?? shared.name
      shared.serial = serial ?? shared.serial
      return (shared.name, shared.serial)
    }
    tell(
      self,
      .arrived(portPath: portPath, kind: kind, name: known ?? description.numbers, serial: knownSerial))
  }

  /// Throws when the session must stop.
  func check() throws(Ending) {
    let (isStopped, wantsReset) = shared.withLock { shared in
      defer { shared.wantsReset = false }
      return (shared.isStopped, shared.wantsReset)
    }
    if isStopped { throw .stopped }
    if wantsReset { throw .reopen }
  }

  /// Waits; `change` ends the wait early.
  func pause(milliseconds: Int) throws(Ending) {
    _ = bell.wait(timeout: .now() + .milliseconds(milliseconds))
    try check()
  }

  private func run() {
    arrived(name: nil, serial: nil)
    condition(.opening)
    while true {
      do throws(Ending) {
        try check()
        try session()
      } catch {
        guard let pause = pause(after: error) else { break }
        do throws(Ending) { try self.pause(milliseconds: pause) } catch {
          if case .stopped = error { break }
        }
      }
    }
  }

  /// The pause after an ending; nil when there is nothing more to do.
  private func pause(after ending: Ending) -> Int? {
    switch ending {
    case .stopped: return nil
    case .notOurs:
      report(.left(portPath: portPath))
      return nil
    case .reopen: return 500
    case .failed(let failure):
      note(failure.words)
      switch failure {
      case .busy: condition(.taken)
      // For a moment after a device arrives udev has not set its node's permissions yet.
      case .notPermitted: if busy.tries >= 4 { condition(.notPermitted) }
      case .noDevice, .timedOut, .stalled, .other: condition(.silent)
      }
      return busy.next()
    }
  }

  /// Something worked: the back-off restarts.
  func isWell() {
    busy.reset()
    condition(.ready)
  }

  private func session() throws(Ending) {
    let handle = try usb { () throws(USBFailure) in try USBHandle(opening: device, recorder: recorder) }
    let own = handle.text(description.serialText)
    arrived(name: handle.text(description.productText), serial: readsCards ? nil : own)
    for candidate in candidates {
      recorder?.works(as: candidate.match)
      guard try usb({ () throws(USBFailure) in try claim(candidate, handle) }) else { continue }
      switch candidate.match.way {
      case .cardBulk, .cardHID: try work(card: candidate, handle)
      case .keyboard, .pos, .serial: try work(scanner: candidate, handle)
      }
    }
    throw .notOurs
  }

  func usb<Value>(_ body: () throws(USBFailure) -> Value) throws(Ending) -> Value {
    do throws(USBFailure) { return try body() } catch { throw .failed(error) }
  }
}
