import CLibUSB
import Dispatch
package import ReaderLink
package import ReaderProtocols

/// All card readers and scanners of this machine: a session for each, from its arrival until it leaves.
///
/// While present a device is identified by bus and address, so that one that is announced twice gets one session.
/// Over a reconnection it is identified by its port path and its module's number, so that the new session replaces the
/// old one.
// Proof: what changes is behind the mutex; `context` is written once in `run` before anything else uses it.
package final class ReaderMonitor: @unchecked Sendable {
  private struct Shared: ~Copyable {
    var sessions: [[UInt8]: DeviceSession] = [:]
    var reads = true
    /// Where cards may be read: everywhere, or at these port paths.
    var mayReadAllCards = false
    var cardPortPaths: Set<String> = []

    func mayReadCards(_ portPath: String) -> Bool { mayReadAllCards || cardPortPaths.contains(portPath) }

    var wantsRescan = false
    var isStopped = false
  }

  private let matches: [ReaderMatch]
  private let recordedPortPath: String?
  private let shared = Guarded(Shared())
  private let bell = DispatchSemaphore(value: 0)
  private let tell: @Sendable (LinkReport) -> Void
  /// A periodic re-scan, in case a hotplug event was lost.
  private static let rescanSeconds = 20

  /// - Parameters:
  ///   - recording: the port path whose device is recorded; others are then left alone.
  ///   - tell: called from many threads, one at a time.
  package init(matches: [ReaderMatch], recording: String? = nil, tell: @escaping @Sendable (LinkReport) -> Void) {
    self.matches = matches
    recordedPortPath = recording
    self.tell = tell
  }

  package func read(_ reads: Bool) {
    let sessions = shared.withLock { shared in
      shared.reads = reads
      return Array(shared.sessions.values)
    }
    for session in sessions { session.read(reads) }
  }

  /// Whether cards are read at these port paths, or at all when none is given. At first they are only found.
  package func readCards(_ mayRead: Bool, portPaths: [String]) {
    let wanted = shared.withLock { shared in
      if portPaths.isEmpty {
        shared.mayReadAllCards = mayRead
      } else if mayRead {
        shared.cardPortPaths.formUnion(portPaths)
      } else {
        shared.cardPortPaths.subtract(portPaths)
      }
      return shared.sessions.values.map { ($0, shared.mayReadCards($0.portPath)) }
    }
    for (session, mayRead) in wanted { session.readCards(mayRead) }
  }

  package func rescan() {
    shared.withLock { $0.wantsRescan = true }
    bell.signal()
  }

  package func reset(portPath: String) {
    let session = shared.withLock { $0.sessions.values.first { $0.portPath == portPath } }
    session?.reset()
  }

  package func stop() {
    shared.withLock { $0.isStopped = true }
    bell.signal()
  }

  /// Runs until `stop`, then releases every device. Returns the error in words when libusb cannot be used.
  package func run() -> String? {
    let context: USBContext
    do throws(USBFailure) {
      context = try USBContext(wake: { [bell] in bell.signal() })
    } catch {
      return error.words
    }
    context.start()
    var next = DispatchTime.now() + .seconds(Self.rescanSeconds)
    while true {
      let rang = bell.wait(timeout: next) == .success
      let (isStopped, wantsRescan) = shared.withLock { shared in
        defer { shared.wantsRescan = false }
        return (shared.isStopped, shared.wantsRescan)
      }
      if isStopped { break }
      if wantsRescan || !rang {
        next = .now() + .seconds(Self.rescanSeconds)
        retire(notIn: context.rescan())
      }
      for note in context.take() {
        switch note {
        case .arrived(let device): arrived(device)
        case .left(let bus, let address): retire { $0.description.bus == bus && $0.description.address == address }
        }
      }
    }
    for session in retire(where: { _ in true }) { session.join() }
    context.close()
    return nil
  }

  private func arrived(_ device: OpaquePointer) {
    let key = [libusb_get_bus_number(device), libusb_get_device_address(device)]
    guard shared.withLock({ $0.sessions[key] == nil }) else { return libusb_unref_device(device) }
    // A device that is already gone is skipped; a re-scan finds it if it comes back.
    guard let description = try? USBDescription(device) else { return libusb_unref_device(device) }
    let candidates = Candidate.all(description, matches)
    guard !candidates.isEmpty, recordedPortPath == nil || recordedPortPath == description.portPath else {
      return libusb_unref_device(device)
    }
    // Two devices never share a port path: the former one left without an event.
    retire { $0.portPath == description.portPath }
    let session = shared.withLock { shared in
      let session = DeviceSession(
        device, description, candidates, reads: shared.reads, mayReadCards: shared.mayReadCards(description.portPath),
        isRecorded: recordedPortPath != nil
      ) { [weak self] in self?.take($1, from: $0) }
      shared.sessions[key] = session
      return session
    }
    session.start()
  }

  private func retire(notIn there: Set<[UInt8]>) {
    retire { !there.contains([$0.description.bus, $0.description.address]) }
  }

  /// Stops the sessions of devices that left; their later reports are dropped.
  @discardableResult
  private func retire(where isOver: (DeviceSession) -> Bool) -> [DeviceSession] {
    shared.withLock { shared in
      let over = shared.sessions.filter { isOver($0.value) }
      for (key, session) in over {
        shared.sessions[key] = nil
        session.stop()
        tell(.left(portPath: session.portPath))
      }
      return Array(over.values)
    }
  }

  private func take(_ report: LinkReport, from session: DeviceSession) {
    var superseded: [DeviceSession] = []
    shared.withLock { shared in
      // The rest of a transcript is written when the device is closed.
      if case .transcript = report { return tell(report) }
      let key = [session.description.bus, session.description.address]
      guard shared.sessions[key] === session else { return }
      if case .arrived(_, .cardReader, _, let serial?) = report {
        // The same module at another port path: it was moved, and the old session has not noticed yet.
        superseded = shared.sessions.values.filter { $0 !== session && $0.readsCards && $0.serial == serial }
        for old in superseded {
          shared.sessions[[old.description.bus, old.description.address]] = nil
          tell(.left(portPath: old.portPath))
        }
      }
      // Not a device of the hall; it stays known, so that it is not opened again.
      tell(report)
    }
    for old in superseded { old.stop() }
  }
}
