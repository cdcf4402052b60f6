import Glibc
package import PrinterProtocols

/// PNG files of one bit a dot, uncompressed, so that no library is needed.
///
/// Source: PNG (ISO/IEC 15948) §5, §10; RFC 1950 and RFC 1951 §3.2.4, stored blocks.
package enum PNGFile {
  /// Writes a picture; false when the file cannot be written.
  package static func write(_ image: DotImage, to path: String) -> Bool {
    let descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Descriptor.writeAll(bytes(image), to: descriptor)
  }

  package static func bytes(_ image: DotImage) -> [UInt8] {
    // In a grey PNG 0 is black, so the bits are inverted; each row begins with filter 0.
    var rows: [UInt8] = []
    rows.reserveCapacity((image.bytesPerRow + 1) * image.heightDots)
    for y in 0..<image.heightDots {
      rows.append(0)
      rows += image.row(y).map { ~$0 }
    }
    let header = big(image.widthDots) + big(image.heightDots) + [1, 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", stored(rows))
      + chunk("IEND", [])
  }

  private static func big(_ number: Int) -> [UInt8] {
    let value = UInt32(truncatingIfNeeded: number)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  private static func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
    let content = Array(kind.utf8) + body
    return big(body.count) + content + big(Int(checksum(content)))
  }

  /// A zlib stream of stored blocks.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let (count, isLast) = (UInt16(end - start), end == bytes.count)
      for value in [count, ~count] { stream += [UInt8(value & 0xFF), UInt8(value >> 8)] }
      stream.insert(isLast ? 1 : 0, at: stream.count - 4)
      stream += bytes[start..<end]
      start = end
    } while start < bytes.count
    var (a, b) = (1 as UInt32, 0 as UInt32)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return stream + big(Int(b << 16 | a))
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}

/// Writing to a descriptor.
enum Descriptor {
  /// Writes everything; false on failure.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
