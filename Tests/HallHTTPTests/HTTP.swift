import Dispatch
import Foundation
import Glibc
import Synchronization

/// A plain HTTP/1.1 client over a socket: what a test sends is exactly what goes out.
enum HTTP {
  struct Answer: Sendable {
    let status: Int
    /// Of a field that comes several times, the first.
    let headers: [String: String]
    /// What cookies are set to, by name.
    let cookies: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// A value by its path: `called.number`, `items.0.code`.
    subscript(path: String) -> String? {
      JSON(body)?[path]
    }
  }

  struct Broken: Error {}

  /// Milliseconds after which a silent server fails the test.
  static let ceiling: Int32 = 120_000

  /// The cookies of the touch pages of halls that tests run, by the kiosk listener's port: what is sent there without cookies of its own
  /// comes from those pages. `cookie: ""` asks as a process without one.
  static let pages = Mutex<[Int: String]>([:])

  private static func cookies(_ port: Int, _ own: String?) -> [String] {
    guard let cookie = own ?? pages.withLock({ $0[port] }), !cookie.isEmpty else { return [] }
    return ["Cookie: \(cookie)"]
  }

  /// Claims kiosks as their pages do; the answer is the pages' cookies.
  static func claim(_ port: Int, _ kiosks: [String]) async throws -> String {
    var cookies: [String] = []
    for kiosk in kiosks {
      let answer = try await post(port, "/v1/kiosks/\(kiosk)/page", "{}", cookie: "")
      if let set = answer.headers["set-cookie"]?.split(separator: ";").first { cookies.append(String(set)) }
    }
    return cookies.joined(separator: "; ")
  }

  static func get(_ port: Int, _ path: String, cookie: String? = nil, headers: [String] = []) async throws -> Answer {
    try await send(port, "GET", path, nil, cookies(port, cookie) + headers)
  }

  static func post(
    _ port: Int, _ path: String, _ body: String, key: String? = nil, cookie: String? = nil, headers: [String] = [],
    from source: String? = nil
  ) async throws -> Answer {
    let key = key ?? "k\(UInt64.random(in: 0 ... .max))"
    return try await send(
      port, "POST", path, Array(body.utf8),
      ["Idempotency-Key: \(key)", "Content-Type: application/json"] + cookies(port, cookie) + headers, from: source
    )
  }

  static func send(
    _ port: Int, _ method: String, _ path: String, _ body: [UInt8]?, _ headers: [String], host: String? = nil,
    from source: String? = nil
  ) async throws -> Answer {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")", "Connection: close"] + headers
    if let body { lines.append("Content-Length: \(body.count)") }
    let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    return try await withCheckedThrowingContinuation { continuation in
      // A queue of its own for each request: the shared ones lend two threads, which screens that wait would hold.
      DispatchQueue(label: "request").async {
        continuation.resume(with: Result { try exchange(port, request, source) })
      }
    }
  }

  private static func exchange(_ port: Int, _ request: [UInt8], _ source: String?) throws -> Answer {
    let socket = try Wire.connect(port, from: source)
    defer { close(socket) }
    try Wire.write(socket, request)
    var bytes: [UInt8] = []
    while let more = try Wire.read(socket, ceiling) { bytes += more }
    return try parse(bytes)
  }

  static func parse(_ bytes: [UInt8]) throws -> Answer {
    guard let end = bytes.indices.dropLast(3).first(where: { Array(bytes[$0..<$0 + 4]) == [13, 10, 13, 10] }) else {
      throw Broken()
    }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]) else {
      throw Broken()
    }
    var headers: [String: String] = [:]
    var cookies: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let (name, value) = (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
      if headers[name] == nil { headers[name] = value }
      let pair = value.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if name == "set-cookie", pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
    }
    return Answer(status: status, headers: headers, cookies: cookies, body: Array(bytes[(end + 4)...]))
  }

  enum Wire {
    /// - Parameter window: bytes that the system may keep for us. Told before connecting: a window that shrinks later is
    ///   filled by the sender's timer alone, a piece every 200 ms.
    /// - Parameter source: an address of 127.0.0.0/8, as another machine would have one.
    static func connect(_ port: Int, window: Int32? = nil, from source: String? = nil) throws -> Int32 {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      if let source { try bind(descriptor, to: source) }
      if var window { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &window, socklen_t(MemoryLayout<Int32>.size)) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
      }
      guard result == 0 else {
        close(descriptor)
        throw Broken()
      }
      return descriptor
    }

    private static func bind(_ descriptor: Int32, to source: String) throws {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      let size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let result =
        inet_pton(AF_INET, source, &address.sin_addr) != 1
        ? -1
        : withUnsafePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, size) }
        }
      guard result == 0 else {
        close(descriptor)
        throw Broken()
      }
    }

    static func write(_ descriptor: Int32, _ bytes: [UInt8]) throws {
      var sent = 0
      while sent < bytes.count {
        let n = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        // A server that refuses a body early closes while we still send; what it answered can be read all the same.
        guard n > 0 else { return }
        sent += n
      }
    }

    /// The next bytes; nil at the end.
    static func read(_ descriptor: Int32, _ milliseconds: Int32) throws -> [UInt8]? {
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, milliseconds) == 1 else { throw Broken() }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let n = recv(descriptor, &buffer, buffer.count, 0)
      return n > 0 ? Array(buffer[..<n]) : nil
    }
  }
}

/// A JSON value that a test looks into.
///
/// Foundation's own parser: a `Decodable` would guess the kind of each value, and the testing library records the source location
/// of each wrong guess.
indirect enum JSON: Sendable {
  case object([String: JSON]), array([JSON]), text(String), number(Double), bool(Bool), null

  /// Nil for what is no JSON.
  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
      return nil
    }
    self.init(value)
  }

  private init(_ value: Any) {
    switch value {
    case let members as [String: Any]: self = .object(members.mapValues { JSON($0) })
    case let elements as [Any]: self = .array(elements.map { JSON($0) })
    case let text as String: self = .text(text)
    case let number as NSNumber:
      // A truth value is a number of one byte to Foundation.
      let isBool = number.objCType.pointee == CChar(UInt8(ascii: "c"))
      self = isBool ? .bool(number.boolValue) : .number(number.doubleValue)
    default: self = .null
    }
  }

  subscript(path: String) -> String? {
    var here = self
    for step in path.split(separator: ".") {
      switch here {
      case .object(let members):
        guard let next = members[String(step)] else { return nil }
        here = next
      case .array(let elements):
        guard let index = Int(step), elements.indices.contains(index) else { return nil }
        here = elements[index]
      case .text, .number, .bool, .null: return nil
      }
    }
    switch here {
    case .text(let value): return value
    case .number(let value): return value == value.rounded() ? String(Int(value)) : String(value)
    case .bool(let value): return String(value)
    case .null: return "null"
    case .object, .array: return nil
    }
  }
}
