import Ports
import ReaderLink
import Synchronization

/// One kiosk's share of the devices.
struct ReaderShare: ReaderPort {
  struct Part: Sendable {
    /// nil for all.
    private let portPaths: Set<String>?
    private let serials: Set<String>
    private let elsewhere: Set<String>
    /// The present port paths of the devices in `serials`.
    private var found: Set<ReaderID> = []
    var audience = ReaderAudience(isRunning: false)
    var reads = true
    /// Whether cards may be read; at first they are only found.
    var readsCards = false

    /// The order for the process; nil while no port path of it is known, because an order without one is for all.
    var cardOrder: LinkOrder? {
      guard let portPaths else { return .readCards(readsCards, portPaths: []) }
      let own = portPaths.union(found.map(\.description))
      return own.isEmpty ? nil : .readCards(readsCards, portPaths: own.sorted())
    }

    init(portPaths: Set<String>?, serials: Set<String> = [], elsewhere: Set<String> = []) {
      self.portPaths = portPaths
      self.serials = serials
      self.elsewhere = elsewhere
    }

    func has(_ id: ReaderID) -> Bool { portPaths.map { $0.contains(id.description) || found.contains(id) } ?? true }

    /// Returns an order that follows from the event: a device turned out to be this kiosk's, or is no longer.
    mutating func tell(_ event: ReaderEvent) -> LinkOrder? {
      var order: LinkOrder?
      switch event {
      case .service(let isRunning):
        if !isRunning { found = [] }
        audience.tell(event)
      case .arrived(let device):
        if let serial = device.serial, serials.contains(serial), !has(device.id),
          !elsewhere.contains(device.id.description)
        {
          found.insert(device.id)
          if readsCards { order = .readCards(true, portPaths: [device.id.description]) }
        }
        if has(device.id) { audience.tell(event) }
      case .condition(let id, _): if has(id) { audience.tell(event) }
      case .left(let id):
        if has(id) { audience.tell(event) }
        // The next device at this port path may be another kiosk's.
        if found.remove(id) != nil, readsCards { order = .readCards(false, portPaths: [id.description]) }
      case .found(let id), .card(let id, _), .cardTrouble(let id, _), .fieldEmpty(let id), .code(let id, _),
        .codeTrouble(let id):
        if has(id), reads { audience.tell(event) }
      }
      return order
    }
  }

  let process: ReaderProcess
  let index: Int

  func events() async -> AsyncStream<ReaderEvent> {
    process.shared.withLock { $0.shares[index].audience.listen() }
  }

  func send(_ command: ReaderCommand) async {
    switch command {
    case .readCards(let mayRead):
      let order = process.shared.withLock { shared in
        shared.shares[index].readsCards = mayRead
        return shared.shares[index].cardOrder
      }
      if let order { process.order(order) }
    case .rescan: process.order(.rescan)
    case .reset(let id):
      guard process.shared.withLock({ $0.shares[index].has(id) }) else { return }
      process.order(.reset(portPath: id.description))
    case .read(let reads):
      // The process reads while any kiosk wants that; reports that a kiosk must not get are filtered here.
      let wanted = process.shared.withLock { shared in
        shared.shares[index].reads = reads
        return shared.shares.contains { $0.reads }
      }
      process.order(.read(wanted))
    }
  }
}
