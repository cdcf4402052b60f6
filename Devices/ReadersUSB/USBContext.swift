import CLibUSB
import Dispatch

/// One libusb context with its event thread; reports arriving and leaving devices.
///
/// libusb's callback only queues notes; `take` returns them. A device may be announced twice, and may leave before it
/// is looked at.
// Proof: the stored pointers are written once in `init` before the thread starts; all else is behind the mutex.
final class USBContext: @unchecked Sendable {
  // Proof: a device reference of libusb is counted and may be used by any thread.
  enum Note: @unchecked Sendable {
    /// The receiver owns the reference and releases it with `libusb_unref_device`.
    case arrived(OpaquePointer)
    case left(bus: UInt8, address: UInt8)
  }

  private struct Shared: ~Copyable {
    var notes: [Note] = []
    var isClosing = false
  }

  let pointer: OpaquePointer
  private var registration: Int32 = 0
  private let shared = Guarded(Shared())
  private let ended = DispatchSemaphore(value: 0)
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called from the event thread when there is something to take.
  init(wake: @escaping @Sendable () -> Void) throws(USBFailure) {
    var context: OpaquePointer?
    try USBFailure.check(libusb_init(&context))
    guard let context else { throw .other(-99) }
    pointer = context
    self.wake = wake
    // Called on this very thread for devices that are already there.
    let events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT.rawValue
    let code = libusb_hotplug_register_callback(
      context, Int32(events), Int32(LIBUSB_HOTPLUG_ENUMERATE.rawValue), LIBUSB_HOTPLUG_MATCH_ANY,
      LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, Self.callback, Unmanaged.passUnretained(self).toOpaque(),
      &registration)
    // Without hotplug (no udev in a container) the slow re-scan still finds devices.
    if code != 0 { registration = 0 }
  }

  private static let callback: libusb_hotplug_callback_fn = { _, device, event, user in
    guard let device, let user else { return 0 }
    let context = Unmanaged<USBContext>.fromOpaque(user).takeUnretainedValue()
    if event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED {
      context.note(.arrived(libusb_ref_device(device)))
    } else {
      context.note(.left(bus: libusb_get_bus_number(device), address: libusb_get_device_address(device)))
    }
    return 0
  }

  /// Starts the event thread; call once.
  func start() {
    DeviceThread.start { [self] in
      while !shared.withLock({ $0.isClosing }) {
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        libusb_handle_events_timeout_completed(pointer, &patience, nil)
      }
      ended.signal()
    }
  }

  func take() -> [Note] {
    shared.withLock { shared in
      defer { shared.notes = [] }
      return shared.notes
    }
  }

  /// Notes every present device as arrived, in case hotplug missed one. Returns the present ones by bus and address.
  func rescan() -> Set<[UInt8]> {
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let count = libusb_get_device_list(pointer, &list)
    defer { if let list { libusb_free_device_list(list, 1) } }
    guard count > 0, let list else { return [] }
    let devices = UnsafeBufferPointer(start: list, count: count).compactMap(\.self)
    for device in devices { note(.arrived(libusb_ref_device(device))) }
    return Set(devices.map { [libusb_get_bus_number($0), libusb_get_device_address($0)] })
  }

  private func note(_ note: Note) {
    shared.withLock { $0.notes.append(note) }
    wake()
  }

  /// Call when no handle is open.
  func close() {
    if registration != 0 { libusb_hotplug_deregister_callback(pointer, registration) }
    shared.withLock { $0.isClosing = true }
    libusb_interrupt_event_handler(pointer)
    ended.wait()
    for case .arrived(let device) in take() { libusb_unref_device(device) }
    libusb_exit(pointer)
  }
}
