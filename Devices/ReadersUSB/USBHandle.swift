import CLibUSB
import ReaderProtocols

/// An open device, used by one thread. It releases its claims at the end, so that the kernel's own driver returns.
final class USBHandle {
  private let handle: OpaquePointer
  private var claimed: [Int32] = []
  /// Records all transfers, where a transcript is requested.
  private let recorder: DeviceRecorder?
  /// The receive buffer: a multiple of every packet size, so that no packet overflows.
  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 64)

  /// - Throws: `busy` and `notPermitted` among others, see `USBFailure`.
  init(opening device: OpaquePointer, recorder: DeviceRecorder? = nil) throws(USBFailure) {
    self.recorder = recorder
    var opened: OpaquePointer?
    let code = libusb_open(device, &opened)
    guard code == 0, let opened else {
      room.deallocate()
      recorder?.note(.failed("open \((USBFailure(code) ?? .noDevice).words)"))
      throw USBFailure(code) ?? .noDevice
    }
    handle = opened
    recorder?.note(.opened)
    _ = libusb_set_auto_detach_kernel_driver(handle, 1)
  }

  deinit {
    // In reverse order: the kernel's driver of a serial line binds its control interface only while the data interface
    // is free.
    for number in claimed.reversed() { _ = libusb_release_interface(handle, number) }
    libusb_close(handle)
    overwrite()
    room.deallocate()
    recorder?.note(.closed)
  }

  func claim(_ number: Int32) throws(USBFailure) {
    guard !claimed.contains(number) else { return }
    let code = libusb_claim_interface(handle, number)
    if let failure = USBFailure(code) { recorder?.note(.failed("claim \(number): \(failure.words)")) }
    try USBFailure.check(code)
    claimed.append(number)
  }

  func release(_ number: Int32) {
    claimed.removeAll { $0 == number }
    _ = libusb_release_interface(handle, number)
  }

  /// Detaches the kernel's driver from an interface that is not read, so that its keys do not reach the system.
  func detach(_ number: Int32) { _ = libusb_detach_kernel_driver(handle, number) }

  /// Writes all, within half a second.
  func write(_ bytes: [UInt8], to endpoint: USBDescription.Endpoint) throws(USBFailure) {
    var bytes = bytes
    var count: Int32 = 0
    let code =
      endpoint.isBulk
      ? libusb_bulk_transfer(handle, endpoint.address, &bytes, Int32(bytes.count), &count, 500)
      : libusb_interrupt_transfer(handle, endpoint.address, &bytes, Int32(bytes.count), &count, 500)
    recorder?.sent(bytes, to: endpoint.address, USBFailure(code))
    try USBFailure.check(code)
  }

  /// Received bytes; empty after the timeout.
  ///
  /// - Parameter onePacket: whether a transfer ends with each packet, full ones too: for reports, and for lines that
  ///   end anywhere. Otherwise it ends with a short packet.
  func read(
    _ endpoint: USBDescription.Endpoint, milliseconds: Int, onePacket: Bool = false
  ) throws(USBFailure) -> [UInt8] {
    var count: Int32 = 0
    let packets = onePacket || endpoint.isInterrupt ? 1 : max(1, room.count / endpoint.packetBytes)
    let size = Int32(min(room.count, packets * endpoint.packetBytes))
    let start = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    // libusb takes a timeout of 0 as none.
    let patience = UInt32(max(1, milliseconds))
    let code =
      endpoint.isBulk
      ? libusb_bulk_transfer(handle, endpoint.address, start, size, &count, patience)
      : libusb_interrupt_transfer(handle, endpoint.address, start, size, &count, patience)
    recorder?.received(Array(room.prefix(Int(max(0, count)))), from: endpoint.address, USBFailure(code))
    // Bytes that came before the timeout count.
    if count > 0 {
      defer { overwrite(Int(count)) }
      return Array(room.prefix(Int(count)))
    }
    if let failure = USBFailure(code), failure != .timedOut { throw failure }
    return []
  }

  /// A control request with data to the device.
  func send(_ type: UInt8, _ request: UInt8, value: UInt16, index: UInt16, _ bytes: [UInt8] = []) throws(USBFailure) {
    var bytes = bytes
    let code = libusb_control_transfer(handle, type, request, value, index, &bytes, UInt16(bytes.count), 500)
    recorder?.asked(Self.setup(type, request, value, index, UInt16(bytes.count)), bytes, USBFailure(code))
    try USBFailure.check(code)
  }

  /// A control request for up to `count` bytes.
  func ask(_ type: UInt8, _ request: UInt8, value: UInt16, index: UInt16, count: UInt16) throws(USBFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(count))
    let result = libusb_control_transfer(handle, type, request, value, index, &bytes, count, 500)
    let setup = Self.setup(type, request, value, index, count)
    recorder?.asked(setup, Array(bytes.prefix(Int(max(0, result)))), USBFailure(result))
    try USBFailure.check(result)
    return Array(bytes.prefix(Int(result)))
  }

  /// The setup packet of a control request.
  private static func setup(_ type: UInt8, _ request: UInt8, _ value: UInt16, _ index: UInt16, _ count: UInt16)
    -> [UInt8]
  {
    [type, request] + [value, index, count].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  func clearHalt(_ endpoint: USBDescription.Endpoint) throws(USBFailure) {
    recorder?.note(.clear(endpoint: endpoint.address))
    if USBFailure(libusb_clear_halt(handle, endpoint.address)) == .noDevice { throw .noDevice }
  }

  /// - Throws: `noDevice` also when the device re-enumerated and must be opened again.
  func reset() throws(USBFailure) {
    recorder?.note(.reset)
    let code = libusb_reset_device(handle)
    if code == LIBUSB_ERROR_NOT_FOUND.rawValue { throw .noDevice }
    if USBFailure(code) == .noDevice { throw .noDevice }
  }

  /// A string of the device; nil when it has none or does not send it.
  func text(_ index: UInt8) -> String? {
    guard index != 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = libusb_get_string_descriptor_ascii(handle, index, &bytes, Int32(bytes.count))
    return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : nil
  }

  private func overwrite(_ count: Int? = nil) {
    for index in 0..<(count ?? room.count) { room[index] = 0 }
  }
}
