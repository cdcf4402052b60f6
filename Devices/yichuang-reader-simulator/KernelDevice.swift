import Dispatch
import Glibc
import Synchronization

/// One device below a real kernel: the other end of vhci_hcd's socket.
// Proof: every access holds the testbed's lock; the thread that listens has the socket for reading to itself.
final class KernelDevice: EmulatedDevice, @unchecked Sendable {
  final class Transfer: HostTransfer {
    let number: UInt32

    init(_ number: UInt32, endpoint: UInt8, room: Int, setUp: [UInt8], sent: [UInt8]) {
      self.number = number
      let isControl = endpoint & 0x0F == 0
      let first = isControl ? setUp : []
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: first.count + room)
      bytes.initialize(repeating: 0)
      for (offset, byte) in (first + sent).enumerated() { bytes[offset] = byte }
      super.init(endpoint: endpoint, isControl: isControl, bytes: bytes)
    }

    deinit { bytes.deallocate() }

    /// Received bytes for the host.
    var received: ArraySlice<UInt8> {
      guard endpoint & 0x80 != 0 else { return [] }
      let first = isControl ? 8 : 0
      return Array(bytes)[first..<min(first + filled, bytes.count)]
    }
  }

  /// The port of vhci_hcd: 0 is the first.
  let port: Int
  private let socket: Int32
  private let ended = DispatchSemaphore(value: 0)
  private var isGone = false

  /// - Parameter socket: the device takes it over.
  init(
    _ name: String, _ model: DeviceModel, portPath: String, port: Int, socket: Int32,
    numbers: (vendor: UInt16, product: UInt16)
  ) {
    self.port = port
    self.socket = socket
    super.init(name, model, portPath: portPath, address: port + 1, numbers: numbers)
  }

  /// Serves the kernel until the socket is closed.
  func start() {
    DispatchQueue(label: "device \(name)").async { [self] in
      while let head = receive(KernelWire.headBytes), let word = KernelWire.word(head), hear(word) {}
      shutdown(socket, Int32(SHUT_RDWR))
      ended.signal()
    }
  }

  /// Unplugs the device: later data does not reach the kernel. Call with the testbed's lock.
  func vanish() {
    isGone = true
    shutdown(socket, Int32(SHUT_RDWR))
  }

  /// Waits until the thread has ended. Call without the testbed's lock.
  func end() {
    ended.wait()
    close(socket)
  }

  private func hear(_ word: KernelWire.Word) -> Bool {
    switch word {
    case .submit(let number, let endpoint, let size, let setUp):
      let isIn = endpoint & 0x80 != 0
      guard let sent = isIn ? [] : receive(size) else { return false }
      let transfer = Transfer(number, endpoint: endpoint, room: size, setUp: setUp, sent: sent)
      TestbedLock.only.withLock { _ in
        calls += 1
        submit(transfer)
      }
    case .unlink(let number, let victim):
      TestbedLock.only.withLock { _ in
        func isIt(_ transfer: HostTransfer) -> Bool { (transfer as? Transfer)?.number == victim }
        let isThere = (waiting + lost).contains(where: isIt)
        waiting.removeAll(where: isIt)
        lost.removeAll(where: isIt)
        send(KernelWire.unlinked(number, status: isThere ? -ECONNRESET : 0))
      }
    }
    return true
  }

  override func handBack(_ transfer: HostTransfer) {
    guard let transfer = transfer as? Transfer else { return }
    let received = transfer.received
    send(KernelWire.submitted(transfer.number, status: transfer.status, count: transfer.filled) + received)
  }

  private func send(_ bytes: [UInt8]) {
    guard !isGone else { return }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { room in
        Glibc.send(socket, room.baseAddress.map { $0 + sent }, room.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return vanish() }
      sent += count
    }
  }

  /// This many bytes; nil when the socket is closed.
  private func receive(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = bytes.withUnsafeMutableBytes { room in
        recv(socket, room.baseAddress.map { $0 + filled }, count - filled, 0)
      }
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { return nil }
      filled += more
    }
    return bytes
  }
}
