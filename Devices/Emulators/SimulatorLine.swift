import Glibc

/// The connection of a simulated printer: a listening socket with at most one connection, or a terminal.
struct SimulatorLine {
  let port: Int
  let terminal: String?
  private(set) var listener: Socket?
  private(set) var peer: Socket?
  /// Kept open, so that the terminal does not hang up when nobody else has it open.
  private var slave: Socket?

  init(_ line: ESCPOSSimulator.Line) throws(SocketError) {
    switch line {
    case .socket(let wanted):
      let listener = try Socket.listen(port: wanted)
      port = try listener.localPort()
      terminal = nil
      self.listener = listener
    case .terminal:
      let (master, slave, name) = try Socket.terminal()
      port = 0
      terminal = name
      peer = master
      self.slave = slave
    }
  }

  /// Opens or closes the port; a terminal stays.
  mutating func listen(_ isOn: Bool) {
    guard terminal == nil else { return }
    if !isOn {
      listener = nil
    } else if listener == nil {
      listener = try? Socket.listen(port: port)
    }
  }

  mutating func accept() -> Bool {
    peer = listener?.accept()
    return peer != nil
  }

  /// Closes or resets the connection; false when there is none.
  mutating func drop(broken: Bool) -> Bool {
    guard let peer, terminal == nil else { return false }
    if broken { peer.breakOnClose() }
    self.peer = nil
    return true
  }

  mutating func close() { (listener, peer, slave) = (nil, nil, nil) }
}
