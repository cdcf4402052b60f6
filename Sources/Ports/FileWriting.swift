import Glibc

/// Writing to files in full. A signal may interrupt a call, and a call may take fewer bytes than it was given (write(2),
/// pwrite(2), fsync(2)); both are continued. Any other error ends it: a sync that failed is never tried again.
package enum FileWriting {
  /// Writes all bytes.
  ///
  /// - Parameter offset: where in the file; nil where the descriptor stands.
  /// - Returns: 0, or the system's error number.
  package static func write(_ bytes: [UInt8], to file: Int32, at offset: Int64? = nil) -> Int32 {
    write(bytes[...], at: offset ?? 0) { rest, position in
      offset == nil
        ? Glibc.write(file, rest.baseAddress, rest.count)
        : pwrite(file, rest.baseAddress, rest.count, off_t(position))
    }
  }

  package static func sync(_ file: Int32) -> Int32 { untilDecided { fsync(file) } }

  /// Without the times of the file (fdatasync(2)).
  package static func syncData(_ file: Int32) -> Int32 { untilDecided { fdatasync(file) } }

  /// - Parameter call: takes some of the bytes for an offset; how many, or -1 with `errno`.
  package static func write(
    _ bytes: ArraySlice<UInt8>, at offset: Int64, by call: (UnsafeRawBufferPointer, Int64) -> Int
  ) -> Int32 {
    var rest = bytes
    var position = offset
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { call($0, position) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno }
      // A file that takes nothing and says no error has no room.
      if count == 0 { return ENOSPC }
      rest = rest.dropFirst(count)
      position += Int64(count)
    }
    return 0
  }

  /// - Returns: 0, or the error number of the first call that was not merely interrupted.
  package static func untilDecided(_ call: () -> Int32) -> Int32 {
    while call() != 0 {
      if errno != EINTR { return errno }
    }
    return 0
  }
}
