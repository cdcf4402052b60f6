import CUMockdev
import Emulators
import Glibc
import ReaderProtocols

/// One plugged-in device: answers what usbfs would answer.
///
/// Its node is a terminal, because that is what `poll` can be made to tell the truth about: output stopped is "nothing to
/// reap", output running is "a transfer is done", the other end closed is "unplugged".
// Proof: every access holds the bed's lock.
final class BedDevice: @unchecked Sendable {
  /// A transfer that the program under test has handed in.
  final class Transfer {
    let data: UnsafeMutablePointer<UMockdevIoctlData>
    let buffer: UnsafeMutablePointer<UMockdevIoctlData>?
    let owner: OpaquePointer
    var filled = 0

    init(
      _ data: UnsafeMutablePointer<UMockdevIoctlData>, _ buffer: UnsafeMutablePointer<UMockdevIoctlData>?,
      _ owner: OpaquePointer
    ) {
      self.data = data
      self.buffer = buffer
      self.owner = owner
    }

    func drop() {
      if let buffer { g_object_unref(buffer) }
      g_object_unref(data)
    }

    var urb: UnsafeMutablePointer<usbdevfs_urb> {
      UnsafeMutableRawPointer(data.pointee.data).assumingMemoryBound(to: usbdevfs_urb.self)
    }
    var endpoint: UInt8 { urb.pointee.endpoint }
    var size: Int { Int(urb.pointee.buffer_length) }
    var bytes: UnsafeMutableBufferPointer<UInt8> {
      UnsafeMutableBufferPointer(start: buffer?.pointee.data, count: buffer == nil ? 0 : size)
    }
  }

  let name: String
  let model: DeviceModel
  let numbers: (vendor: UInt16, product: UInt16)
  let place: String
  let address: Int
  var module: SAMModule
  /// Set for a device that says what a transcript has.
  var replay: Replay?
  var fault: ReaderFault?
  /// The n-th transfer from now goes wrong in this way.
  var failure: (after: Int, how: TransferFailure)?
  /// Another program holds the device.
  var isTaken = false
  private(set) var isGone = false
  private(set) var transfers = 0
  private(set) var calls = 0
  private(set) var claims: [Int: OpaquePointer] = [:]
  private var driverless: Set<Int> = []
  private var waiting: [Transfer] = []
  private var done: [Transfer] = []
  private var lost: [Transfer] = []
  private var packets: [UInt8: [[UInt8]]] = [:]
  private var halted: Set<UInt8> = []
  /// A reply that comes with the next one.
  private var late: [(endpoint: UInt8, bytes: [UInt8])] = []
  private var terminal: (outer: Int32, inner: Int32)?
  private var isReady = true
  /// Called when the failure is an unplugging.
  var onUnplug: () -> Void = {}

  init(_ name: String, _ model: DeviceModel, place: String, address: Int, numbers: (vendor: UInt16, product: UInt16)) {
    self.name = name
    self.model = model
    self.place = place
    self.address = address
    self.numbers = numbers
    var identity = SAMModule.usualIdentity
    // Every module has its own number.
    identity[8] = UInt8(truncatingIfNeeded: name.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
    module = SAMModule(identity: identity)
  }

  var inFlight: Int { waiting.count }

  var node: String { "/dev/bus/usb/001/" + String(String(1000 + address).dropFirst()) }
  var systemPath: String { "/sys/devices/pci0000:00/0000:00:14.0/usb1/\(place)" }

  // MARK: The node

  /// Opens the terminal; gives the path to which the node leads.
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

  /// The plug is pulled: what is in flight ends, and every later call says that nothing is there.
  func vanish() {
    isGone = true
    for transfer in waiting { finish(transfer, -ESHUTDOWN) }
    guard let terminal else { return }
    tcflow(terminal.inner, TCOON)
    close(terminal.inner)
    close(terminal.outer)
    self.terminal = nil
  }

  // MARK: Data

  /// Lets the device say something: one transfer, in packets of the endpoint.
  func say(_ bytes: [UInt8], on endpoint: UInt8) {
    let most = model.packetBytes
    packets[endpoint, default: []] += stride(from: 0, to: bytes.count, by: most).map {
      Array(bytes[$0..<min($0 + most, bytes.count)])
    }
    pump()
  }

  /// Moves packets into the transfers that wait for them, by USB's rules: a transfer ends with a short packet or a full
  /// buffer; a packet that does not fit is an overflow.
  private func pump() {
    var isMoving = true
    while isMoving {
      isMoving = false
      for transfer in waiting {
        if halted.contains(transfer.endpoint) {
          finish(transfer, -EPIPE)
          isMoving = true
          break
        }
        if transfer.endpoint & 0x80 == 0 {
          let bytes = Array(transfer.bytes)
          transfer.filled = bytes.count
          finish(transfer, 0)
          take(bytes)
          isMoving = true
          break
        }
        if fill(transfer) {
          isMoving = true
          break
        }
      }
    }
    showReadiness()
  }

  /// Whether the transfer is done now.
  private func fill(_ transfer: Transfer) -> Bool {
    while let packet = packets[transfer.endpoint]?.first {
      guard transfer.filled + packet.count <= transfer.size else {
        finish(transfer, -EOVERFLOW)
        return true
      }
      packets[transfer.endpoint]?.removeFirst()
      for (offset, byte) in packet.enumerated() { transfer.bytes[transfer.filled + offset] = byte }
      transfer.filled += packet.count
      if packet.count < model.packetBytes || transfer.filled == transfer.size {
        finish(transfer, 0)
        return true
      }
    }
    return false
  }

  private func finish(_ transfer: Transfer, _ status: Int32) {
    waiting.removeAll { $0 === transfer }
    transfer.urb.pointee.status = status
    transfer.urb.pointee.actual_length = Int32(transfer.filled)
    done.append(transfer)
    showReadiness()
  }

  /// What the host sent.
  private func take(_ bytes: [UInt8]) {
    if let answers = replay?.answers(to: bytes) {
      for answer in answers { say(answer) }
      return
    }
    guard model.isReader else { return }
    for (command, reply) in module.take(bytes) {
      if command.count == 2, command != SAMCommand.find.body {
        Report.write("command", name, [("hex", Report.hex(command))])
      }
      for part in late { say(part.bytes, on: part.endpoint) }
      late = []
      answer(command, reply)
    }
  }

  private func answer(_ command: [UInt8], _ reply: [UInt8]) {
    guard let fault, fault.command.map({ $0 == command.first }) ?? true else { return send(reply) }
    self.fault = nil
    Report.write("fault", name, [("kind", fault.kind.rawValue)])
    switch fault.kind {
    case .silent: break
    case .badSum: send(Array(reply.dropLast()) + [(reply.last ?? 0) ^ 0x55])
    case .noise:
      say([0x00, 0xFF, 0x13, 0x37], on: 0x81)
      send(reply)
    case .stall:
      halted.insert(0x81)
      pump()
    case .chunk: send(reply, pieces: max(1, fault.number))
    case .truncate: send(Array(reply.dropLast(fault.number)))
    case .late: late = parts(reply)
    }
  }

  /// What was recorded: bytes, or a transfer that failed.
  func say(_ answer: Transcript.Answer) {
    if !answer.bytes.isEmpty { say(answer.bytes, on: answer.endpoint) }
    switch answer.failure {
    case nil: break
    case "stalled":
      halted.insert(answer.endpoint)
      pump()
    default:
      if let transfer = waiting.first(where: { $0.endpoint == answer.endpoint }) { finish(transfer, -EPROTO) }
    }
  }

  private func parts(_ reply: [UInt8]) -> [(endpoint: UInt8, bytes: [UInt8])] {
    switch model {
    case .readerSplit: [(0x81, Array(reply.prefix(7))), (0x85, Array(reply.dropFirst(7)))]
    case .readerHID:
      stride(from: 0, to: reply.count, by: 64).map { start in
        let report = Array(reply[start..<min(start + 64, reply.count)])
        return (0x81, report + [UInt8](repeating: 0, count: 64 - report.count))
      }
    default: [(0x81, reply)]
    }
  }

  private func send(_ reply: [UInt8]) { for part in parts(reply) { say(part.bytes, on: part.endpoint) } }

  private func send(_ reply: [UInt8], pieces size: Int) {
    guard model != .readerHID else { return send(reply) }
    for part in parts(reply) {
      for start in stride(from: 0, to: part.bytes.count, by: size) {
        say(Array(part.bytes[start..<min(start + size, part.bytes.count)]), on: part.endpoint)
      }
    }
  }

  // MARK: What the program asks

  /// Answers one call: its result, or a negative error.
  func answer(_ request: UInt, _ client: OpaquePointer, _ argument: UnsafeMutablePointer<UMockdevIoctlData>) -> Int {
    calls += 1
    let isReap = request == YICHUANG_REAPURB || request == YICHUANG_REAPURBNDELAY
    guard !isGone || isReap else { return -Int(ENODEV) }
    if request == YICHUANG_DISCARDURB {
      return argument.withAddress(discard)
    }
    let size = Int(yichuang_ioctl_size(request))
    guard size > 0 else { return request == YICHUANG_RESET ? reset() : -Int(ENOTTY) }
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
    case YICHUANG_CLEAR_HALT: halted.remove(UInt8(truncatingIfNeeded: number()))
    case YICHUANG_SUBMITURB: return submit(data, client)
    case YICHUANG_REAPURB, YICHUANG_REAPURBNDELAY: return reap(into: data)
    default: return -Int(ENOTTY)
    }
    return 0
  }

  private func reset() -> Int {
    halted = []
    packets = [:]
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
    if let failure {
      self.failure = failure.after > 1 ? (after: failure.after - 1, how: failure.how) : nil
      if failure.after <= 1 { return fail(transfer, failure.how) }
    }
    transfers += 1
    waiting.append(transfer)
    if transfer.urb.pointee.type == YICHUANG_URB_CONTROL {
      let count = control(transfer.bytes)
      transfer.filled = max(0, count)
      finish(transfer, count < 0 ? Int32(count) : 0)
    } else {
      pump()
    }
    return 0
  }

  private func fail(_ transfer: Transfer, _ how: TransferFailure) -> Int {
    Report.write("failed", name, [("how", how.rawValue)])
    transfers += 1
    switch how {
    case .stall:
      waiting.append(transfer)
      finish(transfer, -EPIPE)
    case .error:
      waiting.append(transfer)
      finish(transfer, -EPROTO)
    case .silence:
      // Lost on the way: it ends when the program gives it up.
      lost.append(transfer)
    case .unplug:
      waiting.append(transfer)
      onUnplug()
    }
    return 0
  }

  private func discard(_ address: UInt) -> Int {
    if let transfer = lost.first(where: { $0.data.pointee.client_addr == address }) {
      lost.removeAll { $0 === transfer }
      finish(transfer, -ENOENT)
      return 0
    }
    guard let transfer = waiting.first(where: { $0.data.pointee.client_addr == address }) else { return -Int(EINVAL) }
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
    // Programs here come one after the other, and the library does not always say that one died: who claims next has
    // outlived who claimed before.
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
    // What it had handed in went with it.
    for transfer in waiting + done + lost where transfer.owner == client { transfer.drop() }
    waiting.removeAll { $0.owner == client }
    done.removeAll { $0.owner == client }
    lost.removeAll { $0.owner == client }
    showReadiness()
  }
}

extension UnsafeMutablePointer<UMockdevIoctlData> {
  /// The argument itself, where it is an address and not what lies there.
  func withAddress(_ body: (UInt) -> Int) -> Int {
    guard let data = pointee.data else { return -Int(EFAULT) }
    return body(UnsafeMutableRawPointer(data).load(as: UInt.self))
  }
}
