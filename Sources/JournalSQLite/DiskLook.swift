import Glibc
package import Ports

/// Looks whether the state folder's file system takes writes and its disk answers, without writing anything.
///
/// A name that never exists is unlinked: that waits where the file system is frozen, and is refused where it is read-only,
/// before the kernel looks for the name. Then a block of the file `pulse` is read past the kernel's cache, which waits for
/// the disk itself.
package struct DiskLook: Sendable {
  private static let block = 4096
  // O_DIRECT, which Glibc does not export. Source: Linux, include/uapi/asm-generic/fcntl.h and that of arm64.
  #if arch(arm64)
    private static let direct: Int32 = 0o200000
  #else
    private static let direct: Int32 = 0o40000
  #endif
  private let path: String

  /// Makes the file where it is missing. A failure is left to the next look.
  package init(stateFolder: String) {
    path = stateFolder + "/pulse"
    guard Files.size(path) != Int64(Self.block) else { return }
    // Written, not allocated: a block without content is answered without the disk.
    if let made = try? Files.prepare(Array(repeating: UInt8(ascii: "\n"), count: Self.block), for: path) {
      try? Files.move(made, to: path)
    }
  }

  /// Blocks for as long as the disk does not answer.
  ///
  /// - Returns: `.readOnly`, or nil.
  package func callAsFunction() -> JournalFault? {
    if unlink(path + ".absent") != 0, errno == EROFS { return .readOnly }
    // Not every file system reads past its cache; the first half of the look is enough there.
    let file = open(path, O_RDONLY | Self.direct | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: Self.block)
    defer { bytes.deallocate() }
    _ = pread(file, bytes.baseAddress, bytes.count, 0)
    return nil
  }
}
