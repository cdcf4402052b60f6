import Dispatch
import Glibc
import Synchronization

/// A screen on the feed: reads events as they come.
// Proof: every use of the stored bytes runs on `queue`, one after the other.
final class FeedListener: @unchecked Sendable {
  struct Frame: Sendable {
    let id: String?
    let event: String
    let data: String
  }

  private let queue = DispatchQueue(label: "feed-listener")
  private let socket: Int32
  private var bytes: [UInt8] = []
  private var isPastHead = false

  /// - Parameter window: bytes that the system may keep for a screen that does not read; nil leaves it to the system.
  init(_ port: Int, _ path: String, cookie: String? = nil, last: String? = nil, window: Int32? = nil) throws {
    socket = try HTTP.Wire.connect(port, window: window)
    var lines = ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Accept: text/event-stream"]
    if let cookie = cookie ?? HTTP.pages.withLock({ $0[port] }), !cookie.isEmpty { lines.append("Cookie: \(cookie)") }
    if let last { lines.append("Last-Event-ID: \(last)") }
    try HTTP.Wire.write(socket, Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
  }

  deinit { Glibc.close(socket) }

  /// Our end of the connection, by which the hall's is found.
  var port: UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Simulates a machine that lost its power: incoming data is dropped before it is acknowledged (a socket filter that
  /// accepts no byte, socket(7) SO_ATTACH_FILTER).
  func vanish() throws {
    // `struct sock_filter` with BPF_RET | BPF_K and 0 bytes, `struct sock_fprog` with its one instruction.
    var takeNothing: (code: UInt16, jt: UInt8, jf: UInt8, k: UInt32) = (0x06, 0, 0, 0)
    let result = withUnsafeMutablePointer(to: &takeNothing) { filter in
      var program = (length: UInt16(1), filter: UnsafeMutableRawPointer(filter))
      let attachFilter: Int32 = 26
      return setsockopt(socket, SOL_SOCKET, attachFilter, &program, 16)
    }
    guard result == 0 else { throw HTTP.Broken() }
  }

  /// The next event; nil when the server has ended the feed.
  func next() async throws -> Frame? {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try self.read() }) }
    }
  }

  /// Skips to the next event of this name.
  func next(_ event: String) async throws -> Frame? {
    while let frame = try await next() {
      if frame.event == event { return frame }
    }
    return nil
  }

  private func read() throws -> Frame? {
    while true {
      if let frame = take() { return frame }
      guard let more = try HTTP.Wire.read(socket, HTTP.ceiling) else { return nil }
      bytes += more
    }
  }

  /// Takes one event out of what has come, passing over the head, chunk sizes and comments.
  private func take() -> Frame? {
    guard let name = offset(of: "event: ", from: 0), let end = offset(of: "\n\n", from: name) else { return nil }
    let head = String(decoding: bytes[..<name], as: UTF8.self).split(whereSeparator: \.isNewline)
    let id = head.last { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    let block = String(decoding: bytes[name..<end], as: UTF8.self).split(separator: "\n")
    let event = block.first.map { String($0.dropFirst("event: ".count)) } ?? ""
    let data = block.first { $0.hasPrefix("data: ") }.map { String($0.dropFirst("data: ".count)) } ?? ""
    bytes.removeFirst(end + 2)
    return Frame(id: id, event: event, data: data)
  }

  private func offset(of text: String, from start: Int) -> Int? {
    let needle = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      var here = start
      while here + needle.count <= bytes.count {
        if bytes[here] == needle[0], bytes[here..<here + needle.count].elementsEqual(needle) { return here }
        here += 1
      }
      return nil
    }
  }
}
