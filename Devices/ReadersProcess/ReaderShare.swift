import Ports
import ReaderLink
import Synchronization

/// One kiosk's part of the devices.
struct ReaderShare: ReaderPort {
  struct Part: Sendable {
    /// nil for all.
    let places: Set<String>?
    var audience = ReaderAudience(isRunning: false)
    var reads = true
    /// Whether cards may be read; at first they are only found.
    var readsCards = false

    /// What the process is told of it.
    var cardOrder: LinkOrder { .readCards(readsCards, places: places?.sorted() ?? []) }

    init(places: Set<String>?) { self.places = places }

    func has(_ id: ReaderID) -> Bool { places?.contains(id.description) ?? true }

    mutating func tell(_ event: ReaderEvent) {
      switch event {
      case .service: audience.tell(event)
      case .arrived(let device): if has(device.id) { audience.tell(event) }
      case .condition(let id, _), .left(let id): if has(id) { audience.tell(event) }
      case .found(let id), .card(let id, _), .cardTrouble(let id, _), .fieldEmpty(let id), .code(let id, _),
        .codeTrouble(let id):
        if has(id), reads { audience.tell(event) }
      }
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
      process.order(order)
    case .rescan: process.order(.rescan)
    case .reset(let id):
      guard process.shared.withLock({ $0.shares[index].has(id) }) else { return }
      process.order(.reset(place: id.description))
    case .read(let reads):
      // The process reads as long as one kiosk wants it; what the others must not know is left out here.
      let wanted = process.shared.withLock { shared in
        shared.shares[index].reads = reads
        return shared.shares.contains { $0.reads }
      }
      process.order(.read(wanted))
    }
  }
}
