import Glibc
import Groundwork
import ReaderProtocols

extension EmulatedDevice {
  /// A control request: eight bytes of setup, then data. Returns the count of data, or an error.
  func control(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard bytes.count >= 8 else { return -Int(EPIPE) }
    let room = bytes.count - 8
    func give(_ data: some Collection<UInt8>) -> Int {
      for (offset, byte) in data.prefix(room).enumerated() { bytes[8 + offset] = byte }
      return min(room, data.count)
    }
    if let recorded = replay?.transcript.controls[Array(bytes.prefix(8))] {
      guard let data = recorded else { return -Int(EPIPE) }
      return bytes[0] & 0x80 == 0 ? room : give(data)
    }
    switch (bytes[0], bytes[1], bytes[3]) {
    // Descriptors: only kernels ask for them, programs read them from sysfs.
    case (0x80, 6, 1): return give(descriptors.prefix(18))
    case (0x80, 6, 2): return give(descriptors.dropFirst(18))
    case (0x80, 6, 3):
      let texts: [UInt8: String] = [1: "Synthetic", 2: "\(model.rawValue) (simulated)", 3: "S-\(name)"]
      guard bytes[2] != 0 else { return give([4, 3, 9, 4]) }
      guard let text = texts[bytes[2]] else { return -Int(EPIPE) }
      let units = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      return give([UInt8(units.count + 2), 3] + units)
    case (0x81, 6, 0x22): return model.reportDescriptor.map { give($0) } ?? -Int(EPIPE)
    // Status of the device, of an interface, of an endpoint.
    case (0x80, 0, _), (0x81, 0, _), (0x82, 0, _): return give([0, 0])
    // Setting a configuration restarts the device, as a reset does.
    case (0x00, 9, _):
      reset()
      return room
    case (0x01, 11, _): return room
    case (0x02, 1, _):
      clearHalt(bytes[4])
      return room
    // Line coding and line state, idle, report and protocol.
    case (0x21, 0x20, _), (0x21, 0x22, _), (0x21, 0x09, _), (0x21, 0x0A, _), (0x21, 0x0B, _):
      Report.write("control", name, [("hex", bytes.hexadecimal)])
      return room
    default: return -Int(EPIPE)
    }
  }
}
