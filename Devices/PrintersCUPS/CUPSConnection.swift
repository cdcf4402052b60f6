import CCUPS

/// One HTTP connection to the scheduler or to an IPP printer. Every call blocks, at most `ioSeconds` per try.
///
/// A connection is used for one operation and closed: a new one takes about a millisecond, and an old one may have been
/// closed by the other end. libcups keeps its settings and its last error per thread, so an error is read in the
/// function whose call failed.
final class CUPSConnection {
  private let http: OpaquePointer

  /// - Parameters:
  ///   - connectMilliseconds: timeout of the connection itself.
  ///   - ioSeconds: timeout of each answer.
  init(
    to server: CUPSServer, encrypted: Bool = false, connectMilliseconds: Int32 = 1000, ioSeconds: Double = 2
  ) throws(CUPSFailure) {
    Self.prepareThread()
    let (host, port): (String, Int32) =
      switch server {
      case .system: (cupsServer().map { String(cString: $0) } ?? "localhost", ippPort())
      case .socket(let path): (path, 0)
      case .host(let host, let port): (host, Int32(clamping: port))
      }
    let encryption = encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED
    guard let http = httpConnect2(host, port, nil, AF_UNSPEC, encryption, 1, connectMilliseconds, nil) else {
      throw .last("connect to \(server)")
    }
    // The callback says whether to wait on after a timeout: never.
    httpSetTimeout(http, ioSeconds, { _, _ in 0 }, nil)
    self.http = http
  }

  deinit { httpClose(http) }

  /// Sends a request without a document.
  func perform(_ request: IPPRequest, at resource: String) throws(CUPSFailure) -> IPPAnswer {
    Self.prepareThread()
    let operation = request.operation
    return try Self.answer(cupsDoRequest(http, request.release(), resource), to: operation)
  }

  /// Sends a request followed by a document.
  func perform(
    _ request: IPPRequest, at resource: String, document: [UInt8]
  ) throws(CUPSFailure) -> IPPAnswer {
    Self.prepareThread()
    let operation = request.operation
    let length = request.length + document.count
    let sent = request.lend { message in
      var status = cupsSendRequest(http, message, resource, length)
      document.withUnsafeBytes { bytes in
        // 32 kB a call, because each call has a timeout of its own.
        var rest = bytes[...]
        while status == HTTP_STATUS_CONTINUE, !rest.isEmpty {
          let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(32_768))
          status = chunk.withMemoryRebound(to: CChar.self) { cupsWriteRequestData(http, $0.baseAddress, $0.count) }
          rest = rest.dropFirst(chunk.count)
        }
      }
      return status
    }
    // Even after an early refusal there is an answer to read, which is more precise than the HTTP status.
    let response = cupsGetResponse(http, resource)
    if response == nil {
      let status = max(sent.rawValue, httpGetStatus(http).rawValue)
      if (400...599).contains(status) {
        let words = httpStatus(http_status_t(rawValue: status)).map { String(cString: $0) } ?? "error"
        throw .documentRefused(httpStatus: UInt32(status), "\(operation): \(words)")
      }
      if sent != HTTP_STATUS_CONTINUE { throw .last(operation) }
    }
    return try Self.answer(response, to: operation)
  }

  private static func answer(_ response: OpaquePointer?, to operation: String) throws(CUPSFailure) -> IPPAnswer {
    guard let response else { throw .last(operation) }
    defer { ippDelete(response) }
    let status = ippGetStatusCode(response)
    // A broken answer has status −1, which must not count as success.
    guard (IPP_STATUS_OK.rawValue...IPP_STATUS_OK_EVENTS_COMPLETE.rawValue).contains(status.rawValue) else {
      let words = ippFindAttribute(response, "status-message", IPP_TAG_TEXT).flatMap { ippGetString($0, 0, nil) }
      let text = words.map { String(cString: $0) } ?? ippErrorString(status).map { String(cString: $0) } ?? "error"
      if status.rawValue < 0 { throw .noAnswer("\(operation): \(text)") }
      throw .refused(status: Int32(status.rawValue), "\(operation): \(text)")
    }
    return IPPAnswer(copying: response)
  }

  /// Disables the password prompt on the terminal. The setting is per thread, and a dispatch queue may change threads.
  private static func prepareThread() { cupsSetPasswordCB2({ _, _, _, _, _ in nil }, nil) }
}

/// Why a request to the scheduler or to a printer failed.
enum CUPSFailure: Error {
  /// No answer: not running, another protocol, or the connection broke.
  case noAnswer(String)
  /// It answered with an error; `status` is the IPP `status-code`.
  case refused(status: Int32, String)
  /// It refused the document itself, in HTTP before IPP: cupsd does so when its spool is full.
  case documentRefused(httpStatus: UInt32, String)

  var isNotFound: Bool {
    if case .refused(let status, _) = self { status == IPP_STATUS_ERROR_NOT_FOUND.rawValue } else { false }
  }

  /// For the operator: what failed, and the message of libcups.
  var detail: String {
    switch self {
    case .noAnswer(let text): text
    case .refused(let status, let text): "\(text) (0x\(String(status, radix: 16)))"
    case .documentRefused(let status, let text): "\(text) (HTTP \(status))"
    }
  }

  /// The last error of libcups on this thread; must be read before any other call.
  static func last(_ operation: String) -> CUPSFailure {
    let status = cupsLastError()
    let text = operation + ": " + (cupsLastErrorString().map { String(cString: $0) } ?? "no answer")
    let refusals = [
      IPP_STATUS_ERROR_FORBIDDEN, IPP_STATUS_ERROR_NOT_AUTHENTICATED, IPP_STATUS_ERROR_NOT_AUTHORIZED,
    ]
    return refusals.contains(status) ? .refused(status: status.rawValue, text) : .noAnswer(text)
  }
}

/// The address of the scheduler.
package enum CUPSServer: Hashable, Sendable, CustomStringConvertible {
  /// libcups's own default: `CUPS_SERVER`, client.conf, then the system's domain socket.
  case system
  /// An absolute path.
  case socket(path: String)
  case host(String, port: Int)

  /// Parses `/path/of/socket`, `host`, `host:port` or `[v6 address]:port`; nil for anything else.
  package init?(_ text: String) {
    if text.hasPrefix("/") {
      self = .socket(path: text)
      return
    }
    var host = text[...]
    var port = 631
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
      guard let number = Int(text[text.index(after: colon)...]) else { return nil }
      host = text[..<colon]
      port = number
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, (1...65_535).contains(port) else { return nil }
    self = .host(String(host), port: port)
  }

  package var description: String {
    switch self {
    case .system: "the system's CUPS"
    case .socket(let path): path
    case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}
