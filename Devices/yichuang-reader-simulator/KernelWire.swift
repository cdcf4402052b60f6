import Glibc

/// The USB/IP messages between the kernel's vhci_hcd and a device: headers of 48 bytes in network order.
///
/// Source: Documentation/usb/usbip_protocol.rst of the kernel.
enum KernelWire {
  enum Word: Sendable {
    /// A transfer is submitted; its outgoing bytes follow.
    case submit(number: UInt32, endpoint: UInt8, size: Int, setUp: [UInt8])
    /// The transfer `victim` is cancelled.
    case unlink(number: UInt32, victim: UInt32)
  }

  static let headBytes = 48
  /// The largest accepted transfer.
  static let mostBytes = 1 << 20

  /// - Returns: nil for any other header.
  static func word(_ head: [UInt8]) -> Word? {
    func number(_ index: Int) -> UInt32 { head[(index * 4)..<(index * 4 + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
    guard head.count == headBytes else { return nil }
    switch number(0) {
    case 1:
      let size = Int(number(6))
      guard size <= mostBytes, number(4) < 16 else { return nil }
      return .submit(
        number: number(1), endpoint: UInt8(number(4)) | (number(3) == 1 ? 0x80 : 0), size: size,
        setUp: Array(head[40...]))
    case 2: return .unlink(number: number(1), victim: number(5))
    default: return nil
    }
  }

  /// The answer to a transfer; received bytes follow.
  static func submitted(_ number: UInt32, status: Int32, count: Int) -> [UInt8] {
    head(3, number, [UInt32(bitPattern: status), UInt32(count)])
  }

  /// The answer to a cancellation: -ECONNRESET when the transfer was still pending, 0 when it was complete.
  static func unlinked(_ number: UInt32, status: Int32) -> [UInt8] {
    head(4, number, [UInt32(bitPattern: status)])
  }

  private static func head(_ kind: UInt32, _ number: UInt32, _ fields: [UInt32]) -> [UInt8] {
    let words = [kind, number, 0, 0, 0] + fields
    let bytes = words.flatMap { word in stride(from: 24, through: 0, by: -8).map { UInt8(word >> UInt32($0) & 0xFF) } }
    return bytes + [UInt8](repeating: 0, count: headBytes - bytes.count)
  }
}
