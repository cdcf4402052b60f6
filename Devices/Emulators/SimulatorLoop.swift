import Glibc
import PrinterProtocols

/// The thread of an `ESCPOSSimulator`: its sockets, its buffer, its head and its paper.
// Proof: the one closure that calls `run` gets the only reference, so one thread touches the stored properties.
final class SimulatorLoop: @unchecked Sendable {
  private let simulator: ESCPOSSimulator
  private let waker: Waker
  private let bufferBytes: Int
  private var listener: Socket?
  private var peer: Socket?
  private var decoder = ESCPOSDecoder()
  private var strip: PaperStrip
  private var buffer: [ESCPOSCommand] = []
  private var reportsChanges = false
  private var reported: PrinterStatus = []
  private var received = 0

  init(simulator: ESCPOSSimulator, waker: Waker, listener: Socket, bufferBytes: Int) {
    self.simulator = simulator
    self.waker = waker
    self.listener = listener
    self.bufferBytes = bufferBytes
    strip = PaperStrip(widthDots: simulator.widthDots)
  }

  func run() {
    while true {
      let (mode, isListening, isStopped) = simulator.withShared { ($0.mode, $0.isListening, $0.isStopped) }
      if isStopped { break }
      power(isListening)
      print()
      report()
      wait(mode)
    }
    peer = nil
    listener = nil
  }

  private func power(_ isOn: Bool) {
    if isOn {
      if listener == nil { listener = try? Socket.listen(port: simulator.port) }
    } else {
      (listener, peer, buffer, decoder) = (nil, nil, [], ESCPOSDecoder())
    }
  }

  /// Waits for the next connection, the next bytes or a hand at the printer.
  private func wait(_ mode: ESCPOSSimulator.Mode) {
    var sockets = [pollfd(fd: waker.reader.descriptor, events: Int16(POLLIN), revents: 0)]
    // One connection at a time: the next one waits in the backlog.
    let source = peer ?? listener
    let reads = peer == nil || mode != .stalled && held < bufferBytes
    if let source, reads { sockets.append(pollfd(fd: source.descriptor, events: Int16(POLLIN), revents: 0)) }
    let isSlow = if case .slow = mode { true } else { false }
    guard poll(&sockets, nfds_t(sockets.count), 1000) > 0 else { return }
    if sockets[0].revents != 0 { waker.drain() }
    guard sockets.count > 1, sockets[1].revents != 0 else { return }
    if peer == nil {
      accept()
    } else {
      read(mode)
      if isSlow { usleep(10_000) }
    }
  }

  /// Bytes that wait to be printed.
  private var held: Int {
    buffer.reduce(decoder.pendingBytes) { sum, command in
      if case .raster(_, _, let bits) = command { sum + bits.count } else { sum + 3 }
    }
  }

  private func accept() {
    guard let peer = listener?.accept() else { return }
    self.peer = peer
    (received, reportsChanges, decoder) = (0, false, ESCPOSDecoder())
    simulator.withShared { $0.connections.append([]) }
  }

  private func read(_ mode: ESCPOSSimulator.Mode) {
    guard let peer else { return }
    var limit = 16_384
    if case .slow(let bytes) = mode { limit = max(bytes, 1) }
    if case .resetting(let bytes) = mode { limit = min(limit, max(bytes - received, 1)) }
    guard let bytes = peer.receive(limit: limit), !bytes.isEmpty else {
      self.peer = nil
      return
    }
    received += bytes.count
    simulator.withShared { $0.connections[$0.connections.count - 1] += bytes }
    for command in decoder.decode(bytes) {
      // A real-time question is answered out of turn, which is what it is for.
      if case .realTimeStatus(let n) = command, let question = RealTimeQuestion(rawValue: n) {
        peer.send([question.answer(status)])
      } else {
        buffer.append(command)
      }
    }
    if case .resetting(let limit) = mode, received >= limit {
      peer.breakOnClose()
      self.peer = nil
    }
  }

  private var status: PrinterStatus { simulator.withShared { $0.status } }

  /// Does what is in the buffer, as far as the paper reaches.
  private func print() {
    while status.isReady, !buffer.isEmpty {
      let command = buffer.removeFirst()
      switch command {
      case .echo(let mark):
        peer?.send([0x37, 0x22] + mark + [0])
        simulator.withShared { $0.echoes += 1 }
      case .transmitStatus: peer?.send([AutomaticStatus(status).bytes[2]])
      case .automaticStatus(let mask):
        reportsChanges = mask != 0
        if reportsChanges { peer?.send(AutomaticStatus(status).bytes) }
      default:
        let piece = strip.apply(command)
        if case .raster(_, let rows, _) = command { use(rows: rows) }
        if let piece { simulator.withShared { $0.pieces.append(piece) } }
      }
    }
  }

  private func use(rows: Int) {
    simulator.withShared { shared in
      guard let left = shared.rowsLeft else { return }
      shared.rowsLeft = left > rows ? left - rows : nil
      if left <= rows { shared.status.formUnion([.paperNearEnd, .paperEnd]) }
    }
  }

  private func report() {
    let status = status
    if reportsChanges, status != reported { peer?.send(AutomaticStatus(status).bytes) }
    reported = status
  }
}
