import Dispatch
package import PrinterProtocols
import Synchronization

/// An ESC/POS printer on a loopback TCP socket, or on a pseudo-terminal as a serial one.
///
/// It serves one connection after the other, as such printers do. It answers `DLE EOT`, `GS r`, `GS a` and `GS ( H`. It
/// buffers bytes while it is offline, and prints them when the paper is back. Every fault of a hall's printer can be
/// set, also in the middle of a slip. `stop` ends its thread and closes its sockets.
package final class ESCPOSSimulator: Sendable {
  /// How the printer reads what it is sent.
  package enum Mode: Hashable, Sendable {
    case normal
    /// Reads nothing.
    case stalled
    /// Reads this many bytes of a connection and then nothing.
    case stallingAfter(bytes: Int)
    /// Resets the connection after this many bytes; 0 at once.
    case resetting(afterBytes: Int)
    /// Reads this many bytes every 10 ms.
    case slow(bytes: Int)
  }

  /// The printer's connection.
  package enum Line: Hashable, Sendable {
    /// 127.0.0.1; 0 takes a free port.
    case socket(port: Int)
    case terminal
  }

  /// One-time actions that need the printer's own thread.
  enum Act {
    case breakConnection, tear, loseBuffer
    case note(String)
  }

  /// The state shared with callers; the loop checks it at every turn.
  struct Shared {
    var settings = SimulatorSettings()
    var acts: [Act] = []
    var isStopped = false
    var pieces: [PaperStrip.Piece] = []
    /// The bytes received on each connection.
    var connections: [[UInt8]] = []
    var echoes = 0
  }

  /// The most pieces and connections kept; later ones are only reported.
  static let remembered = 1_000

  /// The same after a power cycle; 0 on a terminal.
  package let port: Int
  /// The terminal's name, nil on a socket.
  package let terminal: String?
  package let widthDots: Int
  private let shared: Mutex<Shared>
  private let waker: Waker

  /// Opens the line and starts to serve.
  ///
  /// - Parameters:
  ///   - bufferBytes: the buffer while it is offline; when full the printer stops reading.
  ///   - onEvent: called on the printer's thread.
  package init(
    widthDots: Int = 576, line: Line = .socket(port: 0), bufferBytes: Int = 65_536,
    onEvent: @escaping @Sendable (SimulatorEvent) -> Void = { _ in }
  ) throws(SocketError) {
    let end = try SimulatorLine(line)
    let waker = try Waker()
    port = end.port
    terminal = end.terminal
    self.widthDots = widthDots
    self.waker = waker
    shared = Mutex(Shared())
    let loop = SimulatorLoop(simulator: self, waker: waker, line: end, bufferBytes: bufferBytes, onEvent: onEvent)
    let thread = DispatchQueue(label: "yichuang.emulators.escpos.\(port)")
    thread.async { loop.run() }
  }

  func withShared<Result>(_ body: (inout sending Shared) -> sending Result) -> sending Result {
    shared.withLock(body)
  }

  // MARK: Manual changes

  /// Changes any setting.
  package func change(_ body: (inout SimulatorSettings) -> Void) { turn { body(&$0.settings) } }
  package func set(_ mode: Mode) { change { $0.mode = mode } }
  /// Paper near or at its end, the cover, errors. `offline` follows from them.
  package func set(_ status: PrinterStatus) { change { $0.status = status } }
  /// The paper ends after this many more rows; nil never.
  package func setPaperLeft(rows: Int?) { change { $0.rowsLeft = rows } }
  /// Off: nothing is answered and new connections are refused. On again, old connections are broken.
  ///
  /// - Parameter keepsBuffer: bytes received and not burnt survive the loss of power.
  package func setPower(_ isOn: Bool, keepsBuffer: Bool = false) {
    turn { shared in
      shared.settings.isOn = isOn
      if isOn { shared.acts.append(.breakConnection) }
      if !keepsBuffer { shared.acts.append(.loseBuffer) }
    }
  }
  /// Breaks the present connection.
  package func breakConnection() { turn { $0.acts.append(.breakConnection) } }
  /// Tears off the paper that has come out.
  package func tear() { turn { $0.acts.append(.tear) } }
  /// Reports `word` once everything that was set before has taken effect.
  package func note(_ word: String) { turn { $0.acts.append(.note(word)) } }
  package func stop() { turn { $0.isStopped = true } }

  private func turn(_ body: (inout Shared) -> Void) {
    shared.withLock { body(&$0) }
    waker.wake()
  }

  // MARK: Output

  package var settings: SimulatorSettings { shared.withLock { $0.settings } }
  /// The pieces of paper, the first one first.
  package var pieces: [PaperStrip.Piece] { shared.withLock { $0.pieces } }
  /// The bytes of each connection, the first one first.
  package var connections: [[UInt8]] { shared.withLock { $0.connections } }
  /// Echoes sent for `GS ( H`.
  package var echoes: Int { shared.withLock { $0.echoes } }

  /// Waits until the piece with this index (from 0) is cut; nil after `seconds`.
  package func piece(_ index: Int, within seconds: Int = 30) async -> PaperStrip.Piece? {
    await eventually(within: seconds) { $0.pieces.count > index ? $0.pieces[index] : nil }
  }

  /// Waits until this many bytes have been received over all connections.
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
