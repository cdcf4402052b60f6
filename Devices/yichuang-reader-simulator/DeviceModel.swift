import Emulators
import ReaderProtocols

/// The emulated kinds of device, as descriptors.
enum DeviceModel: String, CaseIterable {
  /// A card module with an endpoint each way.
  case reader
  /// A card module with two endpoints each way.
  case readerSplit = "reader-split"
  /// A card module with reports of 64 bytes.
  case readerHID = "reader-hid"
  case keyboard, pos, serial

  var isReader: Bool { [.reader, .readerSplit, .readerHID].contains(self) }

  var numbers: (vendor: UInt16, product: UInt16) {
    switch self {
    case .reader, .readerSplit: (0x0400, 0xC35A)
    case .readerHID: (0x2B8B, 0x2721)
    case .keyboard: (0x0C2E, 0x0901)
    case .pos: (0x0C2E, 0x0907)
    case .serial: (0x1EAB, 0x8306)
    }
  }

  /// The endpoint of scans, or of whole frames.
  var input: UInt8 { self == .serial ? 0x82 : 0x81 }

  /// The kernel's driver of each interface.
  var drivers: [String] {
    switch self {
    case .reader, .readerSplit: [""]
    case .readerHID, .keyboard, .pos: ["usbhid"]
    case .serial: ["cdc_acm", "cdc_acm"]
    }
  }

  var packetBytes: Int { self == .keyboard ? 8 : 64 }

  var reportDescriptor: [UInt8]? {
    switch self {
    case .reader, .readerSplit, .serial: nil
    case .readerHID: [0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08, 0x95, 0x40, 0x81, 0x02, 0xC0]
    case .keyboard:
      // The boot keyboard of HID 1.11, appendix E.6: eight modifiers, a reserved byte, five lights, six keys.
      [
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01,
        0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01,
        0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65,
        0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
      ]
    case .pos:
      [
        0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02, 0x09, 0xFE, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95,
        0x3F, 0x81, 0x02, 0xC0,
      ]
    }
  }

  /// Device and configuration descriptors, concatenated.
  func descriptors(_ numbers: (vendor: UInt16, product: UInt16)) -> [UInt8] {
    func low(_ word: UInt16) -> UInt8 { UInt8(word & 0xFF) }
    func high(_ word: UInt16) -> UInt8 { UInt8(word >> 8) }
    func interface(_ number: UInt8, _ count: UInt8, _ kind: [UInt8]) -> [UInt8] {
      [9, 4, number, 0, count] + kind + [0]
    }
    func bulk(_ address: UInt8) -> [UInt8] { [7, 5, address, 2, 64, 0, 0] }
    func interrupt(_ address: UInt8, _ bytes: UInt8) -> [UInt8] { [7, 5, address, 3, bytes, 0, 10] }
    let hid: [UInt8] = [9, 0x21, 0x11, 0x01, 0, 1, 0x22, UInt8(reportDescriptor?.count ?? 0), 0]
    // CDC 1.2, PSTN subclass: header, abstract control, the pair of interfaces, no calls. The kernel's driver binds no
    // line without them.
    let line: [UInt8] = [5, 0x24, 0, 0x20, 1, 4, 0x24, 2, 2, 5, 0x24, 6, 0, 1, 5, 0x24, 1, 0, 1]
    let interfaces: [UInt8] =
      switch self {
      case .reader: interface(0, 2, [0xFF, 0, 0]) + bulk(0x81) + bulk(0x02)
      case .readerSplit: interface(0, 4, [0xFF, 0, 0]) + bulk(0x81) + bulk(0x02) + bulk(0x85) + bulk(0x06)
      case .readerHID: interface(0, 2, [3, 0, 0]) + hid + interrupt(0x81, 64) + interrupt(0x02, 64)
      case .keyboard: interface(0, 1, [3, 1, 1]) + hid + interrupt(0x81, 8)
      case .pos: interface(0, 1, [3, 0, 0]) + hid + interrupt(0x81, 64)
      case .serial:
        interface(0, 1, [2, 2, 1]) + line + interrupt(0x83, 8) + interface(1, 2, [0x0A, 0, 0]) + bulk(0x82) + bulk(0x01)
      }
    let total = UInt16(9 + interfaces.count)
    let device: [UInt8] =
      [18, 1, 0x10, 0x01, 0, 0, 0, 64, low(numbers.vendor), high(numbers.vendor)]
      + [low(numbers.product), high(numbers.product), 0, 1, 1, 2, isReader ? 0 : 3, 1]
    return device + [9, 2, low(total), high(total), UInt8(drivers.count), 1, 0, 0x80, 250] + interfaces
  }
}
