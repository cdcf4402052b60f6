import Glibc
import PrinterProtocols

/// The thread of an `ESCPOSSimulator`: its connections, its answers, and its head.
// Proof: the one closure that calls `run` gets the only reference, so one thread touches the stored properties.
final class SimulatorLoop: @unchecked Sendable {
  private let simulator: ESCPOSSimulator
  private let waker: Waker
  private let bufferBytes: Int
  private let onEvent: @Sendable (SimulatorEvent) -> Void
  private var line: SimulatorLine
  private var decoder = ESCPOSDecoder()
  private var head: SimulatorHead
  private var reported: PrinterStatus = []
  private var connections = 0
  private var received = 0
  private var reportsStall = false
  /// Answers that are not due yet, by time.
  private var pending: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []

  init(
    simulator: ESCPOSSimulator, waker: Waker, line: SimulatorLine, bufferBytes: Int,
    onEvent: @escaping @Sendable (SimulatorEvent) -> Void
  ) {
    self.simulator = simulator
    self.waker = waker
    self.line = line
    self.bufferBytes = bufferBytes
    self.onEvent = onEvent
    head = SimulatorHead(widthDots: simulator.widthDots)
    if line.peer != nil { connections = 1 }
  }

  func run() {
    while true {
      let (settings, acts, isStopped) = simulator.withShared { shared in
        defer { shared.acts = [] }
        return (shared.settings, shared.acts, shared.isStopped)
      }
      if isStopped { break }
      for act in acts { perform(act) }
      line.listen(settings.isOn)
      work()
      report()
      sendDue()
      for case .note(let word) in acts { onEvent(.noted(word)) }
      wait(simulator.settings)
    }
    line.close()
  }

  private func perform(_ act: ESCPOSSimulator.Act) {
    switch act {
    case .breakConnection: drop(broken: true)
    case .loseBuffer:
      head.forget()
      decoder = ESCPOSDecoder()
    case .tear:
      if let piece = head.tear() {
        simulator.withShared { Self.remember(piece, &$0) }
        onEvent(.torn(piece))
      }
    case .note: break
    }
  }

  /// Waits for a connection, bytes, rows to burn, or a change.
  private func wait(_ settings: SimulatorSettings) {
    var sockets = [pollfd(fd: waker.reader.descriptor, events: Int16(POLLIN), revents: 0)]
    if settings.isOn, let source = source(settings) {
      sockets.append(pollfd(fd: source.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let patience: Int32 = head.isBurning(settings) ? 5 : pending.isEmpty ? 1000 : 10
    guard poll(&sockets, nfds_t(sockets.count), patience) > 0 else { return }
    if sockets[0].revents != 0 {
      waker.drain()
      // Changes are applied before bytes are read.
      return
    }
    guard sockets.count > 1, sockets[1].revents != 0 else { return }
    if line.peer == nil { accept(settings.mode) } else { read(settings) }
    if case .slow = settings.mode { usleep(10_000) }
  }

  /// One connection at a time: the next one waits in the backlog.
  private func source(_ settings: SimulatorSettings) -> Socket? {
    guard line.peer != nil else { return line.listener }
    let isStalled =
      switch settings.mode {
      case .stalled: true
      case .stallingAfter(let bytes): received >= bytes
      case .normal, .resetting, .slow: false
      }
    if isStalled, !reportsStall { onEvent(.stalled(connection: connections, bytes: received)) }
    reportsStall = isStalled
    return isStalled || head.bytes + decoder.pendingBytes >= bufferBytes ? nil : line.peer
  }

  private func accept(_ mode: ESCPOSSimulator.Mode) {
    guard line.accept() else { return }
    connections += 1
    received = 0
    decoder = ESCPOSDecoder()
    head.beginConnection()
    pending = []
    simulator.withShared { if $0.connections.count < ESCPOSSimulator.remembered { $0.connections.append([]) } }
    onEvent(.connected(connections))
    if !simulator.settings.greeting.isEmpty { line.peer?.send(simulator.settings.greeting) }
    if case .resetting(let limit) = mode, limit <= 0 { drop(broken: true) }
  }

  private func read(_ settings: SimulatorSettings) {
    guard let peer = line.peer else { return }
    var limit = 16_384
    switch settings.mode {
    case .slow(let bytes): limit = max(bytes, 1)
    case .resetting(let bytes), .stallingAfter(let bytes): limit = min(limit, max(bytes - received, 1))
    case .normal, .stalled: break
    }
    guard let bytes = peer.receive(limit: limit), !bytes.isEmpty else {
      drop(broken: false)
      return
    }
    received += bytes.count
    simulator.withShared { shared in
      if connections == shared.connections.count { shared.connections[connections - 1] += bytes }
    }
    onEvent(.received(connection: connections, bytes: received))
    for command in decoder.decode(bytes) { take(command, settings) }
    if case .resetting(let limit) = settings.mode, received >= limit { drop(broken: true) }
  }

  private func take(_ command: ESCPOSCommand, _ settings: SimulatorSettings) {
    // A real-time query is answered out of order.
    if case .realTimeStatus(let n) = command, let question = RealTimeQuestion(rawValue: n) {
      if settings.answers.contains(.realTime) { answer([question.answer(simulator.settings.status)]) }
      return
    }
    head.take(command)
    if case .cut = command { onEvent(.slipReceived(connection: connections, bytes: received)) }
  }

  private func drop(broken: Bool) {
    guard line.drop(broken: broken) else { return }
    onEvent(.disconnected(connection: connections, bytes: received, broken: broken))
    reportsStall = false
  }

  private func work() {
    let deeds = simulator.withShared { shared in
      let deeds = head.work(&shared.settings, now: .now)
      for case .event(let event) in deeds {
        switch event {
        case .cut(let piece): Self.remember(piece, &shared)
        case .echoed: shared.echoes += 1
        default: break
        }
      }
      return deeds
    }
    for deed in deeds {
      switch deed {
      case .event(let event): onEvent(event)
      case .answer(let bytes): answer(bytes)
      }
    }
  }

  private static func remember(_ piece: PaperStrip.Piece, _ shared: inout ESCPOSSimulator.Shared) {
    if shared.pieces.count < ESCPOSSimulator.remembered { shared.pieces.append(piece) }
  }

  /// Sends an answer, or one that begins correctly and is garbled.
  private func answer(_ bytes: [UInt8]) {
    let settings = simulator.settings
    let bytes = settings.isGarbling ? Self.garbage : bytes
    guard settings.answerDelay > 0 || !pending.isEmpty else { return line.peer?.send(bytes) ?? () }
    pending.append((due: .now + .milliseconds(settings.answerDelay), bytes: bytes))
  }

  private func sendDue() {
    while let first = pending.first, first.due <= .now {
      line.peer?.send(first.bytes)
      pending.removeFirst()
    }
  }

  private static let garbage: [UInt8] = [0x37, 0x22, 0x41, 0xFF, 0x00, 0x90, 0x5A]

  private func report() {
    let status = simulator.settings.status
    guard status != reported else { return }
    reported = status
    if head.reportsChanges { answer(AutomaticStatus(status).bytes) }
    onEvent(.status(status))
  }
}
