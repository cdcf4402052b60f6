import CLibUSB
import Groundwork

/// A device's descriptors, read without opening it.
struct USBDescription: Hashable, Sendable {
  struct Endpoint: Hashable, Sendable {
    let address: UInt8
    let kind: UInt8
    /// At least 1.
    let packetBytes: Int

    var isIn: Bool { address & 0x80 != 0 }
    var isBulk: Bool { kind == UInt8(LIBUSB_TRANSFER_TYPE_BULK.rawValue) }
    var isInterrupt: Bool { kind == UInt8(LIBUSB_TRANSFER_TYPE_INTERRUPT.rawValue) }
  }

  struct Interface: Hashable, Sendable {
    let number: Int32
    let deviceClass: UInt8
    let subclass: UInt8
    let usage: UInt8
    let endpoints: [Endpoint]

    func endpoint(where fits: (Endpoint) -> Bool) -> Endpoint? { endpoints.first(where: fits) }
  }

  let bus: UInt8
  let address: UInt8
  /// The port path: `1-2.3`.
  let portPath: String
  let vendor: UInt16
  let product: UInt16
  let productText: UInt8
  let serialText: UInt8
  let interfaces: [Interface]

  var numbers: String { vendor.hexadecimal + ":" + product.hexadecimal }

  /// - Throws: for a device that is already gone.
  init(_ device: OpaquePointer) throws(USBFailure) {
    var own = libusb_device_descriptor()
    try USBFailure.check(libusb_get_device_descriptor(device, &own))
    bus = libusb_get_bus_number(device)
    address = libusb_get_device_address(device)
    var ports = [UInt8](repeating: 0, count: 8)
    let depth = libusb_get_port_numbers(device, &ports, Int32(ports.count))
    portPath =
      depth > 0
      ? "\(bus)-" + ports.prefix(Int(depth)).map(String.init).joined(separator: ".") : "\(bus)-0.\(address)"
    (vendor, product) = (own.idVendor, own.idProduct)
    (productText, serialText) = (own.iProduct, own.iSerialNumber)
    var configuration: UnsafeMutablePointer<libusb_config_descriptor>?
    try USBFailure.check(libusb_get_active_config_descriptor(device, &configuration))
    defer { libusb_free_config_descriptor(configuration) }
    guard let all = configuration?.pointee, let first = all.interface else {
      interfaces = []
      return
    }
    interfaces = UnsafeBufferPointer(start: first, count: Int(all.bNumInterfaces)).compactMap { entry in
      guard entry.num_altsetting > 0, let setting = entry.altsetting?.pointee else { return nil }
      let endpoints = UnsafeBufferPointer(start: setting.endpoint, count: Int(setting.bNumEndpoints)).map {
        Endpoint(
          address: $0.bEndpointAddress, kind: $0.bmAttributes & 3, packetBytes: max(1, Int($0.wMaxPacketSize & 0x7FF)))
      }
      return Interface(
        number: Int32(setting.bInterfaceNumber), deviceClass: setting.bInterfaceClass,
        subclass: setting.bInterfaceSubClass, usage: setting.bInterfaceProtocol, endpoints: endpoints)
    }
  }
}
