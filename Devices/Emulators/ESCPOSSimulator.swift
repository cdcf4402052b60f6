import Dispatch
package import PrinterProtocols
import Synchronization

/// An ESC/POS printer on a TCP socket of the loopback interface: the raw `socket://` printer of tests.
///
/// It serves one connection after the other, as such printers do, answers `DLE EOT`, `GS r`, `GS a` and `GS ( H`, and
/// takes bytes into its buffer while it is offline: what lies there prints when the paper is back, whoever stands
/// there by then. `stop` ends its thread and closes its sockets.
package final class ESCPOSSimulator: Sendable {
  /// How the printer treats the bytes that it is sent.
  package enum Mode: Hashable, Sendable {
    case normal
    /// Reads nothing.
    case stalled
    /// Breaks the connection after so many bytes.
    case resetting(afterBytes: Int)
    /// Reads so many bytes every 10 ms.
    case slow(bytes: Int)
  }

  /// What the outside may set and see; the loop looks here at every turn.
  struct Shared {
    var mode = Mode.normal
    var status: PrinterStatus = []
    var isListening = true
    var isStopped = false
    /// Rows until the paper ends; nil is a roll that never ends.
    var rowsLeft: Int?
    var pieces: [PaperStrip.Piece] = []
    /// What each connection sent.
    var connections: [[UInt8]] = []
    var echoes = 0
  }

  /// On 127.0.0.1; stays the same when the printer is switched off and on.
  package let port: Int
  package let widthDots: Int
  private let shared: Mutex<Shared>
  private let waker: Waker

  /// Opens the socket and begins to serve.
  ///
  /// - Parameters:
  ///   - port: 0 takes a free one.
  ///   - bufferBytes: what the printer holds while it is offline, before it stops reading.
  package init(widthDots: Int = 576, port: Int = 0, bufferBytes: Int = 65_536) throws(SocketError) {
    let listener = try Socket.listen(port: port)
    let waker = try Waker()
    self.port = try listener.localPort()
    self.widthDots = widthDots
    self.waker = waker
    shared = Mutex(Shared())
    let loop = SimulatorLoop(simulator: self, waker: waker, listener: listener, bufferBytes: bufferBytes)
    let thread = DispatchQueue(label: "yichuang.emulators.escpos.\(self.port)")
    thread.async { loop.run() }
  }

  func withShared<Result>(_ body: (inout sending Shared) -> sending Result) -> sending Result {
    shared.withLock(body)
  }

  // MARK: The hand at the printer

  package func set(_ mode: Mode) { change { $0.mode = mode } }
  /// Paper near or at its end, the cover, errors. `offline` follows from them.
  package func set(_ status: PrinterStatus) { change { $0.status = status } }
  /// The paper ends when so many more rows are burnt; nil never.
  package func setPaperLeft(rows: Int?) { change { $0.rowsLeft = rows } }
  /// Off: the socket is closed and every connection is refused.
  package func setPower(_ isOn: Bool) { change { $0.isListening = isOn } }
  package func stop() { change { $0.isStopped = true } }

  private func change(_ body: (inout Shared) -> Void) {
    shared.withLock { body(&$0) }
    waker.wake()
  }

  // MARK: What came out

  /// The pieces of paper, the first one first.
  package var pieces: [PaperStrip.Piece] { shared.withLock { $0.pieces } }
  /// The bytes of each connection, the first one first.
  package var connections: [[UInt8]] { shared.withLock { $0.connections } }
  /// Echoes sent for `GS ( H`.
  package var echoes: Int { shared.withLock { $0.echoes } }

  /// Waits until the piece with this index (0 is the first) is cut; nil when it is not within `seconds`.
  package func piece(_ index: Int, within seconds: Int = 30) async -> PaperStrip.Piece? {
    await eventually(within: seconds) { $0.pieces.count > index ? $0.pieces[index] : nil }
  }

  /// Waits until so many bytes have come in over all connections.
  package func received(bytes: Int, within seconds: Int = 30) async -> Bool {
    await eventually(within: seconds) { shared in
      shared.connections.reduce(0) { $0 + $1.count } >= bytes ? true : nil
    } ?? false
  }

  private func eventually<Result: Sendable>(
    within seconds: Int, _ look: @Sendable (borrowing Shared) -> Result?
  ) async -> Result? {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while true {
      if let result = shared.withLock({ look($0) }) { return result }
      guard ContinuousClock.now < deadline, !Task.isCancelled else { return nil }
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
}
