import CZlib

/// Compresses a file as it grows, in the format that `zcat` reads.
///
/// Source: RFC 1952 (gzip), zlib.h.
final class GzipWriter {
  /// The compressed bytes so far; complete after `end`.
  private(set) var bytes: [UInt8] = []
  /// zlib keeps the address of its stream, so it stays at one.
  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + Gzip.header, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has memory and its own version")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func add(_ input: UnsafeRawBufferPointer) { deflate(input, Z_NO_FLUSH) }

  func end() { deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH) }

  private func deflate(_ input: UnsafeRawBufferPointer, _ flush: Int32) {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    repeat {
      buffer.withUnsafeMutableBufferPointer { buffer in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(buffer.count)
        CZlib.deflate(stream, flush)
        bytes.append(contentsOf: buffer.prefix(buffer.count - Int(stream.pointee.avail_out)))
      }
      // Where the buffer was filled, zlib may have more output.
    } while stream.pointee.avail_out == 0
  }
}

/// Reads a file that may be compressed, piece by piece.
final class GzipInput {
  enum Fault: Error {
    /// The compressed data are damaged or end too early.
    case damaged
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// All bytes were given out, and the checksum was right.
  private(set) var hasEnded = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, MAX_WBITS + Gzip.header, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has memory and its own version")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Expands the next piece of the file.
  ///
  /// - Parameter give: called with at most 64 KiB at a time.
  func take(_ input: ArraySlice<UInt8>, _ give: (ArraySlice<UInt8>) throws -> Void) throws {
    try input.withUnsafeBytes { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      repeat {
        // Nothing follows the end of the one stream.
        guard !hasEnded else { throw Fault.damaged }
        let count = try buffer.withUnsafeMutableBufferPointer { buffer in
          stream.pointee.next_out = buffer.baseAddress
          stream.pointee.avail_out = UInt32(buffer.count)
          let status = inflate(stream, Z_NO_FLUSH)
          guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw Fault.damaged }
          hasEnded = status == Z_STREAM_END
          return buffer.count - Int(stream.pointee.avail_out)
        }
        try give(buffer[..<count])
      } while stream.pointee.avail_in > 0 || (stream.pointee.avail_out == 0 && !hasEnded)
    }
  }
}

enum Gzip {
  /// Added to the window's size it asks for gzip's header and checksum.
  static let header: Int32 = 16
  /// The first bytes of every such file.
  static let magic: [UInt8] = [0x1F, 0x8B]
}
