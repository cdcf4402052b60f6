import Glibc

/// An open connection to one printer: non-blocking reads and writes.
package final class DeviceLink: Sendable {
  package enum Input: Hashable, Sendable {
    case bytes([UInt8])
    case nothing
    /// The other end will send no more.
    case ended
  }

  private let descriptor: Int32
  private let isSocket: Bool

  init(descriptor: Int32, isSocket: Bool) {
    self.descriptor = descriptor
    self.isSocket = isSocket
  }

  deinit { close(descriptor) }

  /// Waits until there is something to read, or room to write if asked for, or the timeout.
  package func wait(toWrite: Bool, milliseconds: Int) {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN | (toWrite ? POLLOUT : 0)), revents: 0)
    poll(&wanted, 1, Int32(clamping: max(milliseconds, 0)))
  }

  /// What has come in, at most 4096 bytes.
  package func read() throws(LinkFault) -> Input {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 { return .bytes(Array(buffer.prefix(count))) }
    // A node or serial line without data reads as its end; only a stream has an end.
    if count == 0 { return isSocket ? .ended : .nothing }
    if errno == EAGAIN || errno == EINTR { return .nothing }
    throw .broken("read: errno \(errno)")
  }

  /// Writes as many of these bytes as are taken now, and returns how many, possibly 0.
  package func write(_ bytes: ArraySlice<UInt8>) throws(LinkFault) -> Int {
    let count = bytes.withUnsafeBytes { buffer in
      isSocket
        ? send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        : Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    }
    if count >= 0 { return count }
    if errno == EAGAIN || errno == EINTR { return 0 }
    throw .broken("write: errno \(errno)")
  }

  /// Closes our end for writing; answers can still be read.
  package func endOutput() { if isSocket { shutdown(descriptor, Int32(SHUT_WR)) } }

  /// Written bytes that the other end has not acknowledged; zero where the device does not tell.
  package var untaken: Int {
    var count: Int32 = 0
    return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? max(Int(count), 0) : 0
  }

  func set(_ level: Int32, _ name: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Reads and drops the bytes that an earlier exchange left.
  func drain() {
    for _ in 0..<16 {
      guard case .bytes? = try? read() else { return }
    }
  }
}
