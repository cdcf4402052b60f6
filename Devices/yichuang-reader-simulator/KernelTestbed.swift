import Glibc
import Synchronization

/// Emulated USB below the running kernel: vhci_hcd, the host side of USB/IP, with a socket pair for its connection.
/// Everything that the kernel does with devices happens: its own drivers, usbfs, udev's rules and permissions. Needs
/// root and the module.
///
/// Port paths are those of the first virtual hub, `1-1` to `1-8`, if its bus is the first one.
// Proof: `prepared` belongs to the thread that reads commands; every access to what else changes holds the lock.
final class KernelTestbed: ReaderTestbed, @unchecked Sendable {
  private static let hub = "/sys/devices/platform/vhci_hcd.0/"
  /// Milliseconds until a port that was unplugged must be free again.
  private static let patience = 60_000

  private var devices: [String: KernelDevice] = [:]
  private var prepared: [String: [(EmulatedDevice) -> Void]] = [:]

  /// nil where the kernel has no virtual hub, or does not allow attaching.
  init?() { guard access(Self.hub + "attach", W_OK) == 0 else { return nil } }

  var greeting: [(String, any ReportValue)] { [("root", "/")] }

  func with(_ name: String, _ body: (EmulatedDevice) -> Void) -> Bool {
    TestbedLock.only.withLock { _ in
      guard let device = devices[name] else { return false }
      body(device)
      return true
    }
  }

  func prepare(_ name: String, _ body: @escaping (EmulatedDevice) -> Void) -> Bool {
    if !with(name, body) { prepared[name, default: []].append(body) }
    return true
  }

  /// Another program's claim can be made by a real program here.
  func take(_ name: String, _ isTaken: Bool) -> Bool { false }

  func plug(
    _ name: String, _ model: DeviceModel, portPath: String, numbers: (vendor: UInt16, product: UInt16)?, replay: Replay?
  ) -> Bool {
    let path = portPath.split(separator: "-")
    guard path.count == 2, path[0] == "1", let number = Int(path[1]), number > 0, wait(forPort: number - 1),
      TestbedLock.only.withLock({ _ in devices[name] == nil })
    else { return false }
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return false }
    // The kernel keeps its own reference to this end.
    defer { Glibc.close(ends[1]) }
    let device = KernelDevice(
      name, model, portPath: portPath, port: number - 1, socket: ends[0], numbers: numbers ?? model.numbers)
    device.replay = replay
    for body in prepared.removeValue(forKey: name) ?? [] { body(device) }
    device.onUnplug = { [unowned device] in device.vanish() }
    device.start()
    // Port, socket, a device id on its own bus, and its speed: full.
    guard write("\(device.port) \(ends[1]) \(1 << 16 | number) 2", to: "attach") else {
      TestbedLock.only.withLock { _ in device.vanish() }
      device.end()
      return false
    }
    TestbedLock.only.withLock { _ in devices[name] = device }
    return true
  }

  func unplug(_ name: String) -> Bool {
    guard let device = TestbedLock.only.withLock({ _ in devices.removeValue(forKey: name) }) else { return true }
    TestbedLock.only.withLock { _ in device.vanish() }
    // Closing the socket is enough for the kernel; an explicit detach could hit the next device at this port.
    device.end()
    return wait(forPort: device.port)
  }

  /// The socket of a vanished device is closed already; the kernel notices by itself.
  func takeVanished() -> [String] { [] }

  func close() { for name in TestbedLock.only.withLock({ _ in Array(devices.keys) }) { _ = unplug(name) } }

  /// Waits until a port is free: the kernel removes a device asynchronously.
  private func wait(forPort port: Int) -> Bool {
    for _ in 0..<Self.patience {
      if isFree(port) { return true }
      usleep(1000)
    }
    return false
  }

  /// The lines of `status`: hub, port, state (4: free), and more.
  private func isFree(_ port: Int) -> Bool {
    guard let file = fopen(Self.hub + "status", "r") else { return false }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split { $0 == 0x20 || $0 == 0x0A }
        .map { String(decoding: $0, as: UTF8.self) }
      if words.count > 2, words[0] == "hs", Int(words[1]) == port { return Int(words[2]) == 4 }
    }
    return false
  }

  private func write(_ words: String, to name: String) -> Bool {
    let file = open(Self.hub + name, O_WRONLY)
    guard file >= 0 else { return false }
    defer { Glibc.close(file) }
    let bytes = Array(words.utf8)
    return Glibc.write(file, bytes, bytes.count) == bytes.count
  }
}
