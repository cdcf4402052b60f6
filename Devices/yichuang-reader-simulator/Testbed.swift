import CUMockdev
import Glibc
import Groundwork
import Synchronization

/// Emulated USB below an unmodified program: a folder with its own sysfs, device nodes and udev messages.
///
/// Programs that are started with `LD_PRELOAD=libumockdev-preload.so.0` and `UMOCKDEV_DIR` set to `root` see these
/// devices and no others. This program runs under the same library (`umockdev-wrapper`), which creates the messages.
// Proof: `prepared` belongs to the thread that reads commands; every access to what else changes holds the lock.
final class Testbed: ReaderTestbed, @unchecked Sendable {
  private let testbed: UnsafeMutablePointer<UMockdevTestbed>
  let root: String
  private var devices: [String: TestbedDevice] = [:]
  private var lastAddress = 1
  private var prepared: [String: [(EmulatedDevice) -> Void]] = [:]
  /// Addresses whose nodes are dangling.
  private var dead: Set<Int> = []

  init() {
    testbed = umockdev_testbed_new()
    let folder = umockdev_testbed_get_root_dir(testbed)
    root = folder.map { String(cString: $0) } ?? ""
    g_free(folder)
  }

  var greeting: [(String, any ReportValue)] { [("root", root)] }

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

  func plug(
    _ name: String, _ model: DeviceModel, portPath: String, numbers: (vendor: UInt16, product: UInt16)?, replay: Replay?
  ) -> Bool {
    guard TestbedLock.only.withLock({ _ in devices[name] == nil }) else { return false }
    let numbers = numbers ?? model.numbers
    repeat { lastAddress = lastAddress % 126 + 2 } while devices.values.contains { $0.address == lastAddress }
    let device = TestbedDevice(name, model, portPath: portPath, address: lastAddress, numbers: numbers)
    device.replay = replay
    if dead.remove(lastAddress) != nil {
      unlink(root + device.node)
      umockdev_testbed_detach_ioctl(testbed, device.node, nil)
    }
    for body in prepared.removeValue(forKey: name) ?? [] { body(device) }
    let user = Unmanaged.passRetained(device).toOpaque()
    let handler = umockdev_ioctl_base_new()
    yichuang_on_ioctl(handler, Self.onCall, user)
    yichuang_on_client(handler, Self.onClient, user)
    device.onUnplug = { [weak self, unowned device] in
      device.vanish()
      self?.later(name)
    }
    umockdev_testbed_attach_ioctl(testbed, device.node, handler, nil)
    guard let terminal = TestbedLock.only.withLock({ _ in device.openNode() }) else { return false }
    // The program under test must find everything there when it gets the event.
    let path = root + device.node
    makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    unlink(path)
    guard symlink(terminal, path) == 0 else { return false }
    makeFolder(root + device.systemPath)
    write(device.descriptors, to: root + device.systemPath + "/descriptors")
    TestbedLock.only.withLock { _ in devices[name] = device }
    return add(device)
  }

  private func add(_ device: TestbedDevice) -> Bool {
    let (vendor, product) = (device.numbers.vendor.hexadecimal, device.numbers.product.hexadecimal)
    let minor = device.address - 1
    func three(_ number: Int) -> String { String(String(1000 + number).dropFirst()) }
    let attributes = [
      "dev", "189:\(minor)", "busnum", "1\n", "devnum", "\(device.address)\n", "speed", "12\n",
      "bConfigurationValue", "1\n", "idVendor", "\(vendor)\n", "idProduct", "\(product)\n",
    ]
    let properties = [
      "DEVTYPE", "usb_device", "DEVNAME", device.node, "DRIVER", "usb", "BUSNUM", "001", "DEVNUM",
      three(device.address), "MAJOR", "189", "MINOR", "\(minor)", "PRODUCT", "\(vendor)/\(product)/100",
      "ID_VENDOR_ID", vendor, "ID_MODEL_ID", product,
    ]
    var a: [UnsafeMutablePointer<CChar>?] = attributes.map { strdup($0) } + [nil]
    var p: [UnsafeMutablePointer<CChar>?] = properties.map { strdup($0) } + [nil]
    defer { for text in a + p { free(text) } }
    return yichuang_add_device(testbed, String(device.systemPath.dropFirst("/sys/devices/".count)), &a, &p) == 1
  }

  func take(_ name: String, _ isTaken: Bool) -> Bool { with(name) { ($0 as? TestbedDevice)?.isTaken = isTaken } }

  func unplug(_ name: String) -> Bool {
    guard let device = TestbedLock.only.withLock({ _ in devices.removeValue(forKey: name) }) else { return true }
    // A node that cannot be opened would leak a connection of the library at each try. This one can be opened, and
    // answers that there is no device.
    let path = root + device.node
    symlink("/dev/null", path + ".gone")
    rename(path + ".gone", path)
    TestbedLock.only.withLock { _ in device.vanish() }
    umockdev_testbed_uevent(testbed, device.systemPath, "remove")
    umockdev_testbed_remove_device(testbed, device.systemPath)
    // It stays until its address is needed again, because a program may react late.
    dead.insert(device.address)
    return true
  }

  /// A device that vanished within a call is removed after it.
  private func later(_ name: String) { vanished.withLock { $0.append(name) } }
  private let vanished = Mutex<[String]>([])
  func takeVanished() -> [String] {
    vanished.withLock { names in
      defer { names = [] }
      return names
    }
  }

  /// Removes everything, including the folder.
  func close() {
    for name in TestbedLock.only.withLock({ _ in Array(devices.keys) }) { _ = unplug(name) }
    g_object_unref(testbed)
  }

  private static let onCall: yichuang_ioctl_call = { _, client, user in
    guard let client, let user else { return 0 }
    let device = Unmanaged<TestbedDevice>.fromOpaque(user).takeUnretainedValue()
    let argument = umockdev_ioctl_client_get_arg(client)
    let result: Int =
      if let argument {
        TestbedLock.only.withLock { _ in
          device.answer(umockdev_ioctl_client_get_request(client), OpaquePointer(client), argument)
        }
      } else { -Int(EFAULT) }
    umockdev_ioctl_client_complete(client, result < 0 ? -1 : result, result < 0 ? Int32(-result) : 0)
    return 1
  }

  private static let onClient: yichuang_client_call = { _, client, user in
    guard let client else { return }
    yichuang_on_connected(
      client,
      { object, _, user in
        guard let object, let user else { return }
        let client = UnsafeMutableRawPointer(object).assumingMemoryBound(to: UMockdevIoctlClient.self)
        guard umockdev_ioctl_client_get_connected(client) == 0 else { return }
        TestbedLock.only.withLock { _ in
          Unmanaged<TestbedDevice>.fromOpaque(user).takeUnretainedValue().forget(OpaquePointer(client))
        }
      }, user)
  }

  private func makeFolder(_ path: String) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o755)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = Glibc.write(file, bytes, bytes.count)
    Glibc.close(file)
  }
}
