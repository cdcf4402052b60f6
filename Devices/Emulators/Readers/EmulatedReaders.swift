package import Ports
package import ReaderProtocols

/// The emulated card reader and scanner of one kiosk: for the demo's dock page and for tests.
///
/// An emulated module is driven by the state machine that drives real ones, frame by frame. There are no timers:
/// whatever the state machine waits for happens at once, so every action has its effect before the call returns.
package actor EmulatedReaders: ReaderPort {
  package static let readerPortPath = ReaderID("1-1")
  package static let scannerPortPath = ReaderID("1-2")

  private var audience = ReaderAudience(isRunning: true)
  private var module: SAMModule
  private var machine = CardReader()
  private var laid = SAMModule.Laid.nothing
  private var plugged: Set<ReaderKind> = []
  private var stalled: Set<ReaderKind> = []
  private var reads = true

  /// - Parameter identity: the card module's number, 16 bytes; readers of different kiosks have different ones.
  package init(identity: [UInt8] = SAMModule.usualIdentity) { module = SAMModule(identity: identity) }

  package func events() -> AsyncStream<ReaderEvent> { audience.listen() }

  package func send(_ command: ReaderCommand) {
    switch command {
    case .read(let reads):
      self.reads = reads
      if reads { look() }
    case .readCards(let mayRead):
      machine.mayRead = mayRead
      if mayRead { look() }
    case .rescan: look()
    case .reset(let id):
      guard plugged.contains(kind(id)) else { return }
      audience.tell(.condition(id, .opening))
      open(kind(id))
    }
  }

  package func isPlugged(_ kind: ReaderKind) -> Bool { plugged.contains(kind) }

  /// Plugs a device in; nothing when it is plugged in.
  package func plug(_ kind: ReaderKind) {
    guard plugged.insert(kind).inserted else { return }
    stalled.remove(kind)
    audience.tell(.arrived(device(kind)))
    audience.tell(.condition(portPath(kind), .opening))
    if kind == .cardReader {
      // It lost power, so it finds a card again that lay there.
      module.lay(laid)
      machine = CardReader(mayRead: machine.mayRead)
    }
    open(kind)
  }

  package func unplug(_ kind: ReaderKind) {
    guard plugged.remove(kind) != nil else { return }
    if kind == .cardReader { _ = machine.step(.gone) }
    audience.tell(.left(portPath(kind)))
  }

  /// The device hangs: it does not answer until `stalls` is false.
  package func stall(_ kind: ReaderKind, _ stalls: Bool) {
    guard plugged.contains(kind), stalls != stalled.contains(kind) else { return }
    if stalls { stalled.insert(kind) } else { stalled.remove(kind) }
    if kind == .cardReader {
      stalls ? look() : open(kind)
    } else if !stalls {
      audience.tell(.condition(portPath(kind), .ready))
    }
  }

  /// Puts a card on the reader, replacing the present one.
  package func lay(_ laid: SAMModule.Laid) {
    if self.laid != .nothing { lift() }
    self.laid = laid
    module.lay(laid)
    look()
  }

  package func lift() {
    laid = .nothing
    module.lay(.nothing)
    look()
  }

  /// Holds a code under the scanner.
  package func scan(_ bytes: [UInt8], symbol: AIMIdentifier? = AIMIdentifier("]Q1".utf8)) {
    guard plugged.contains(.scanner), !stalled.contains(.scanner), reads, !bytes.isEmpty else { return }
    if bytes.count > Scan.mostBytes {
      audience.tell(.codeTrouble(Self.scannerPortPath))
    } else {
      audience.tell(.code(Self.scannerPortPath, ScannedCode(Scan(bytes, symbol: symbol))))
    }
  }

  package func scan(_ text: String) { scan(Array(text.utf8)) }

  private func portPath(_ kind: ReaderKind) -> ReaderID {
    kind == .cardReader ? Self.readerPortPath : Self.scannerPortPath
  }

  private func kind(_ id: ReaderID) -> ReaderKind { id == Self.readerPortPath ? .cardReader : .scanner }

  private func device(_ kind: ReaderKind, serial: String? = nil) -> ReaderDevice {
    ReaderDevice(
      id: portPath(kind), kind: kind, name: kind == .cardReader ? "身份证阅读器（模拟）" : "扫码器（模拟）", serial: serial)
  }

  private func open(_ kind: ReaderKind) {
    switch kind {
    case .cardReader: run(machine.step(.opened))
    case .scanner: if !stalled.contains(.scanner) { audience.tell(.condition(Self.scannerPortPath, .ready)) }
    }
  }

  /// The pause between two looks for a card is over.
  private func look() {
    guard plugged.contains(.cardReader), reads else { return }
    run(machine.step(.timedOut))
  }

  /// Performs the state machine's actions until it has none left, or drops them during a stall.
  private func run(_ actions: [CardReader.Action]) {
    var actions = actions
    while !actions.isEmpty {
      var answers: [UInt8]?
      var waits = false
      for action in actions {
        switch action {
        case .send(let command):
          answers = stalled.contains(.cardReader) ? [] : module.take(command.bytes).flatMap(\.reply)
        case .wait(let milliseconds): waits = milliseconds < CardReader.pollPause || answers != nil
        case .report(let report): tell(report)
        case .reopen:
          audience.tell(.condition(Self.readerPortPath, .silent))
          return
        case .clearHalt, .resetDevice: break
        }
      }
      if let answers, !answers.isEmpty {
        actions = machine.step(.bytes(answers))
      } else {
        actions = waits ? machine.step(.timedOut) : []
      }
    }
  }

  private func tell(_ report: CardReader.Report) {
    let id = Self.readerPortPath
    switch report {
    case .ready(let identity):
      audience.tell(.arrived(device(.cardReader, serial: identity?.description)))
      audience.tell(.condition(id, .ready))
    case .found: audience.tell(.found(id))
    case .card(let text): audience.tell(.card(id, LaidCard(text)))
    case .cardTrouble(let trouble): audience.tell(.cardTrouble(id, trouble))
    case .fieldEmpty: audience.tell(.fieldEmpty(id))
    case .needsService: audience.tell(.condition(id, .needsService))
    case .silent: audience.tell(.condition(id, .silent))
    }
  }
}
