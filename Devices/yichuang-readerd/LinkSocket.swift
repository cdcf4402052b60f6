import Glibc
import ReaderLink
import Synchronization

/// The reader process's end of the socket pair. When the other end is gone or does not read, the process ends.
// Proof: writing is behind the mutex; reading (`decoder`, `waiting`) is done by one thread at a time, as `next` says.
final class LinkSocket: @unchecked Sendable {
  private let descriptor: Int32
  private let writing = Mutex(())
  private var decoder = LinkDecoder()
  private var waiting: [LinkOrder] = []

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  func send(_ report: LinkReport) {
    guard var bytes = report.frame.bytes else { return }
    let isSent = writing.withLock { _ in
      var sent = 0
      while sent < bytes.count {
        let count = bytes.withUnsafeBytes { room in
          Glibc.send(descriptor, room.baseAddress.map { $0 + sent }, room.count - sent, Int32(MSG_NOSIGNAL))
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
    for index in bytes.indices { bytes[index] = 0 }
    if !isSent { exit(0) }
  }

  /// The next order; nil when the other end closed or sends invalid data. Called by one thread at a time.
  func next() -> LinkOrder? {
    while waiting.isEmpty {
      var room = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &room, room.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      do throws(LinkFrame.Fault) {
        for frame in try decoder.take(room.prefix(count)) { waiting.append(try LinkOrder(frame)) }
      } catch {
        return nil
      }
    }
    return waiting.removeFirst()
  }
}
