import ReaderProtocols

extension DeviceSession {
  /// Claims and initialises the interface; false when it turns out to be another kind.
  func claim(_ candidate: Candidate, _ handle: USBHandle) throws(USBFailure) -> Bool {
    let number = candidate.interface.number
    switch candidate.match.way {
    case .cardBulk: try handle.claim(number)
    case .cardHID:
      try handle.claim(number)
    case .pos:
      try handle.claim(number)
      guard try ReportDescriptor(asking: handle, number)?.isScanner ?? false else {
        handle.release(number)
        return false
      }
      detachOthers(than: number, handle)
      // Codes come in this form only after it; a refusal is harmless where it is the only form.
      if candidate.match.mustBegin {
        try harmless {
          () throws(USBFailure) in
          try handle.send(0x21, 0x09, value: 0x03FE, index: UInt16(number), POSCommand.begin)
        }
      }
    case .keyboard:
      try handle.claim(number)
      detachOthers(than: number, handle)
      let index = UInt16(number)
      // Boot protocol, reports only on change, all LEDs off, so that letters come unmodified.
      if candidate.interface.subclass == 1 {
        try harmless { () throws(USBFailure) in try handle.send(0x21, 0x0B, value: 0, index: index) }
      }
      try harmless { () throws(USBFailure) in try handle.send(0x21, 0x0A, value: 0, index: index) }
      try harmless { () throws(USBFailure) in try handle.send(0x21, 0x09, value: 0x0200, index: index, [0]) }
    case .serial:
      let control = description.interfaces.first { $0.deviceClass == 2 && $0.subclass == 2 }?.number ?? number
      try handle.claim(control)
      try handle.claim(number)
      let index = UInt16(control)
      // 115200 baud, 8 bits, no parity, one stop; then DTR and RTS, without which many send nothing.
      try harmless {
        () throws(USBFailure) in
        try handle.send(0x21, 0x20, value: 0, index: index, [0x00, 0xC2, 0x01, 0x00, 0, 0, 8])
      }
      try harmless { () throws(USBFailure) in try handle.send(0x21, 0x22, value: 3, index: index) }
    }
    return true
  }

  /// A keyboard-mode scanner may have more interfaces, such as for volume keys; the system must get none of its keys.
  private func detachOthers(than number: Int32, _ handle: USBHandle) {
    for other in description.interfaces where other.number != number && other.deviceClass == 3 {
      handle.detach(other.number)
    }
  }

  /// Requests that many devices refuse and do not need.
  private func harmless(_ request: () throws(USBFailure) -> Void) throws(USBFailure) {
    do throws(USBFailure) { try request() } catch .noDevice { throw .noDevice } catch {}
  }
}

/// The parts of a HID interface's report descriptor that are needed here.
struct ReportDescriptor {
  /// Usage page 8C (bar code scanner), usage 2, as an application.
  let isScanner: Bool
  /// Whether reports begin with a report id.
  let hasReportIDs: Bool

  /// Source: HID 1.11, chapter 6.2.2: items of one byte with a size in its lowest two bits.
  init(_ bytes: [UInt8]) {
    var page = 0
    var usage = 0
    var scanner = false
    var ids = false
    var at = 0
    while at < bytes.count {
      let item = bytes[at]
      let size = item & 3 == 3 ? 4 : Int(item & 3)
      guard at + size < bytes.count || size == 0 else { break }
      let value = size == 0 ? 0 : (1...size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * ($1 - 1)) }
      switch item & 0xFC {
      case 0x04: page = value
      case 0x08: usage = value
      // A collection: an application of this usage?
      case 0xA0: if value == 1, page == 0x8C, usage == 2 { scanner = true }
      case 0x84: ids = true
      default: break
      }
      at += 1 + size
    }
    isScanner = scanner
    hasReportIDs = ids
  }

  /// nil when the device does not send it.
  init?(asking handle: USBHandle, _ interface: Int32) throws(USBFailure) {
    do throws(USBFailure) {
      self.init(try handle.ask(0x81, 0x06, value: 0x2200, index: UInt16(interface), count: 1024))
    } catch .noDevice {
      throw .noDevice
    } catch {
      return nil
    }
  }
}
