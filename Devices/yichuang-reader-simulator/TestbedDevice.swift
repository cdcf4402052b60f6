import CUMockdev
import Glibc

/// One device as usbfs shows it: answers a program's calls on its node.
///
/// Its node is a terminal, because `poll` on it can be controlled: output stopped is "nothing to reap", output running
/// is "a transfer is complete", the other end closed is "unplugged".
// Proof: every access holds the testbed's lock.
final class TestbedDevice: EmulatedDevice, @unchecked Sendable {
  /// A transfer that the program under test has submitted.
  final class Transfer: HostTransfer {
    let data: UnsafeMutablePointer<UMockdevIoctlData>
    let owner: OpaquePointer
    private let buffer: UnsafeMutablePointer<UMockdevIoctlData>?

    init(
      _ data: UnsafeMutablePointer<UMockdevIoctlData>, _ buffer: UnsafeMutablePointer<UMockdevIoctlData>?,
      _ owner: OpaquePointer
    ) {
      self.data = data
      self.buffer = buffer
      self.owner = owner
      let urb = UnsafeMutableRawPointer(data.pointee.data).assumingMemoryBound(to: usbdevfs_urb.self).pointee
      super.init(
        endpoint: urb.endpoint, isControl: urb.type == YICHUANG_URB_CONTROL,
        bytes: UnsafeMutableBufferPointer(
          start: buffer?.pointee.data, count: buffer == nil ? 0 : Int(urb.buffer_length)))
    }

    func drop() {
      if let buffer { g_object_unref(buffer) }
      g_object_unref(data)
    }

    var urb: UnsafeMutablePointer<usbdevfs_urb> {
      UnsafeMutableRawPointer(data.pointee.data).assumingMemoryBound(to: usbdevfs_urb.self)
    }
  }

  /// Another program holds the device.
  var isTaken = false
  private(set) var isGone = false
  private(set) var claims: [Int: OpaquePointer] = [:]
  private var driverless: Set<Int> = []
  private var done: [Transfer] = []
  private var terminal: (outer: Int32, inner: Int32)?
  private var isReady = true

  override var claimCount: Int { claims.count }

  var node: String { "/dev/bus/usb/001/" + String(String(1000 + address).dropFirst()) }
  var systemPath: String { "/sys/devices/pci0000:00/0000:00:14.0/usb1/\(portPath)" }

  // MARK: The node

  /// Opens the terminal; returns the path of the node's target.
  func openNode() -> String? {
    var (outer, inner): (Int32, Int32) = (-1, -1)
    var path = [CChar](repeating: 0, count: 128)
    guard openpty(&outer, &inner, &path, nil, nil) == 0 else { return nil }
    var settings = termios()
    tcgetattr(inner, &settings)
    cfmakeraw(&settings)
    tcsetattr(inner, TCSANOW, &settings)
    for end in [outer, inner] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    terminal = (outer, inner)
    showReadiness()
    return path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  private func showReadiness() {
    guard let terminal, isReady == done.isEmpty else { return }
    isReady = !done.isEmpty
    tcflow(terminal.inner, isReady ? TCOON : TCOOFF)
  }

  /// Unplugs the device: transfers in flight end, and every later call reports that there is no device.
  func vanish() {
    isGone = true
    for transfer in waiting { finish(transfer, -ESHUTDOWN) }
    guard let terminal else { return }
    tcflow(terminal.inner, TCOON)
    close(terminal.inner)
    close(terminal.outer)
    self.terminal = nil
  }

  // MARK: Calls of the program

  /// Answers one call: its result, or a negative error.
  func answer(_ request: UInt, _ client: OpaquePointer, _ argument: UnsafeMutablePointer<UMockdevIoctlData>) -> Int {
    calls += 1
    let isReap = request == YICHUANG_REAPURB || request == YICHUANG_REAPURBNDELAY
    guard !isGone || isReap else { return -Int(ENODEV) }
    if request == YICHUANG_DISCARDURB {
      return argument.withAddress(discard)
    }
    let size = Int(yichuang_ioctl_size(request))
    guard size > 0 else {
      guard request == YICHUANG_RESET else { return -Int(ENOTTY) }
      reset()
      return 0
    }
    guard let data = umockdev_ioctl_data_resolve(argument, 0, gsize(size), nil) else { return -Int(EFAULT) }
    defer { g_object_unref(data) }
    let raw = UnsafeMutableRawPointer(data.pointee.data)
    guard let raw else { return -Int(EFAULT) }
    func number() -> Int { Int(raw.load(as: UInt32.self)) }
    switch request {
    case YICHUANG_GET_CAPABILITIES: raw.storeBytes(of: YICHUANG_CAPABILITIES, as: UInt32.self)
    case YICHUANG_GETDRIVER: return tellDriver(raw.assumingMemoryBound(to: usbdevfs_getdriver.self))
    case YICHUANG_IOCTL: return driver(raw.assumingMemoryBound(to: usbdevfs_ioctl.self).pointee)
    case YICHUANG_DISCONNECT_CLAIM:
      let wanted = raw.assumingMemoryBound(to: usbdevfs_disconnect_claim.self).pointee
      if !isTaken { driverless.insert(Int(wanted.interface)) }
      return claim(Int(wanted.interface), client)
    case YICHUANG_CLAIM: return claim(number(), client)
    case YICHUANG_RELEASE: return release(number(), client)
    case YICHUANG_SETINTERFACE, YICHUANG_SETCONFIGURATION: break
    case YICHUANG_CLEAR_HALT: clearHalt(UInt8(truncatingIfNeeded: number()))
    case YICHUANG_SUBMITURB: return submit(data, client)
    case YICHUANG_REAPURB, YICHUANG_REAPURBNDELAY: return reap(into: data)
    default: return -Int(ENOTTY)
    }
    return 0
  }

  private func submit(_ data: UnsafeMutablePointer<UMockdevIoctlData>, _ client: OpaquePointer) -> Int {
    g_object_ref(data)
    let size = Int(
      UnsafeMutableRawPointer(data.pointee.data).assumingMemoryBound(to: usbdevfs_urb.self).pointee.buffer_length)
    let offset = gsize(MemoryLayout<usbdevfs_urb>.offset(of: \.buffer) ?? 0)
    let buffer = size > 0 ? umockdev_ioctl_data_resolve(data, offset, gsize(size), nil) : nil
    let transfer = Transfer(data, buffer, client)
    transfer.urb.pointee.actual_length = 0
    submit(transfer)
    return 0
  }

  override func handBack(_ transfer: HostTransfer) {
    guard let transfer = transfer as? Transfer else { return }
    transfer.urb.pointee.status = transfer.status
    transfer.urb.pointee.actual_length = Int32(transfer.filled)
    done.append(transfer)
    showReadiness()
  }

  private func discard(_ address: UInt) -> Int {
    let transfer = (lost + waiting).first { ($0 as? Transfer)?.data.pointee.client_addr == address }
    guard let transfer else { return -Int(EINVAL) }
    finish(transfer, -ENOENT)
    return 0
  }

  private func reap(into data: UnsafeMutablePointer<UMockdevIoctlData>) -> Int {
    guard !done.isEmpty else { return isGone ? -Int(ENODEV) : -Int(EAGAIN) }
    let transfer = done.removeFirst()
    umockdev_ioctl_data_set_ptr(data, 0, transfer.data)
    transfer.drop()
    showReadiness()
    return 0
  }

  private func driverName(_ interface: Int) -> String? {
    if claims[interface] != nil { return "usbfs" }
    guard model.drivers.indices.contains(interface), !driverless.contains(interface) else { return nil }
    return model.drivers[interface].isEmpty ? nil : model.drivers[interface]
  }

  private func tellDriver(_ answer: UnsafeMutablePointer<usbdevfs_getdriver>) -> Int {
    guard let name = driverName(Int(answer.pointee.interface)) else { return -Int(ENODATA) }
    withUnsafeMutableBytes(of: &answer.pointee.driver) { room in
      for (offset, byte) in (Array(name.utf8) + [0]).enumerated() { room[offset] = byte }
    }
    return 0
  }

  private func driver(_ wanted: usbdevfs_ioctl) -> Int {
    switch UInt(wanted.ioctl_code) {
    case YICHUANG_DISCONNECT:
      guard driverName(Int(wanted.ifno)) != nil else { return -Int(ENODATA) }
      driverless.insert(Int(wanted.ifno))
      return 0
    case YICHUANG_CONNECT:
      driverless.remove(Int(wanted.ifno))
      return 1
    default: return -Int(ENOTTY)
    }
  }

  private func claim(_ interface: Int, _ client: OpaquePointer) -> Int {
    guard model.drivers.indices.contains(interface) else { return -Int(EINVAL) }
    if claims[interface] == client { return 0 }
    // Programs run one after the other here, and the library does not always report that one died, so a new claim
    // replaces an old one.
    if let former = claims[interface] { forget(former) }
    guard claims[interface] == nil, !isTaken, driverName(interface) == nil else { return -Int(EBUSY) }
    claims[interface] = client
    Report.write("claimed", name, [("interface", interface)])
    return 0
  }

  private func release(_ interface: Int, _ client: OpaquePointer) -> Int {
    guard claims[interface] == client else { return -Int(EINVAL) }
    claims[interface] = nil
    Report.write("released", name, [("interface", interface)])
    return 0
  }

  /// The program closed the device, or died.
  func forget(_ client: OpaquePointer) {
    for (interface, owner) in claims where owner == client { claims[interface] = nil }
    // Its submitted transfers end with it.
    let all = (waiting + lost).compactMap { $0 as? Transfer } + done
    for transfer in all where transfer.owner == client { transfer.drop() }
    waiting.removeAll { ($0 as? Transfer)?.owner == client }
    lost.removeAll { ($0 as? Transfer)?.owner == client }
    done.removeAll { $0.owner == client }
    showReadiness()
  }
}

extension UnsafeMutablePointer<UMockdevIoctlData> {
  /// The argument itself, where it is an address and not a buffer.
  func withAddress(_ body: (UInt) -> Int) -> Int {
    guard let data = pointee.data else { return -Int(EFAULT) }
    return body(UnsafeMutableRawPointer(data).load(as: UInt.self))
  }
}
