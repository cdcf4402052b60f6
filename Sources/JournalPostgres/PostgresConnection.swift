import CPostgres
import Glibc

/// One connection to a server through libpq. Used by one thread at a time; closed with the value.
final class PostgresConnection {
  private let handle: OpaquePointer
  private let notices = Notices()
  /// The planted mistake of taking the first result for the commit; see `Exchange`.
  private let answersAtFirstResult: Bool

  /// Connects within a time; blocks until then.
  ///
  /// - Throws: `Unreached` with libpq's message, which names host and role and never a password.
  static func open(
    _ parameters: [(String, String)], within milliseconds: Int, answersAtFirstResult: Bool = false
  ) throws(Unreached) -> PostgresConnection {
    let keywords = parameters.map { strdup($0.0) } + [nil]
    let values = parameters.map { strdup($0.1) } + [nil]
    defer { for text in keywords + values { free(text) } }
    let deadline = Deadline(milliseconds)
    guard
      let handle = PQconnectStartParams(
        keywords.map { UnsafePointer<CChar>($0) }, values.map { UnsafePointer<CChar>($0) }, 0)
    else { throw Unreached("libpq has no memory") }
    let connection = PostgresConnection(handle, answersAtFirstResult)
    // Words are in the server's language; only with this a refusal has its code too.
    PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
    guard PQstatus(handle) != CONNECTION_BAD else { throw Unreached(connection.message) }
    var wanted = PGRES_POLLING_WRITING
    while true {
      guard deadline.wait(PQsocket(handle), wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT) else {
        throw Unreached("no connection within \(milliseconds) ms")
      }
      wanted = PQconnectPoll(handle)
      if wanted == PGRES_POLLING_OK { break }
      if wanted == PGRES_POLLING_FAILED { throw Unreached(connection.message) }
    }
    PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    guard PQsetnonblocking(handle, 1) == 0 else { throw Unreached(connection.message) }
    return connection
  }

  struct Unreached: Error {
    let message: String
    /// The SQLSTATE with which the server refused; nil where it did not answer.
    let code: String?

    /// libpq puts the code between the severity and the words (`FATAL:  28P01: …`), and behind them where they come from.
    init(_ message: String) {
      let head = message.firstMatch(of: #/(\w+): +([0-9][0-9A-Z]{4}): /#)
      code = head.map { String($0.2) }
      let end = message.firstMatch(of: #/ *LOCATION: +\w+, \S+:\d+$/#)?.range.lowerBound ?? message.endIndex
      guard let head else {
        self.message = String(message[..<end])
        return
      }
      self.message = "\(message[..<head.range.lowerBound])\(head.1): \(message[head.range.upperBound..<end])"
    }
  }

  private init(_ handle: OpaquePointer, _ answersAtFirstResult: Bool) {
    self.handle = handle
    self.answersAtFirstResult = answersAtFirstResult
    PQsetNoticeReceiver(handle, noteNotice, Unmanaged.passUnretained(notices).toOpaque())
  }

  deinit { PQfinish(handle) }

  private var message: String { oneLine(PQerrorMessage(handle)) }

  var isInTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INTRANS }

  /// Sends one statement and waits for the end of its answer.
  ///
  /// - Parameter milliseconds: after which the outcome is unknown; the connection must be closed then. The server is not
  ///   asked to cancel: a cancelled wait for the replica would show others what is not replicated.
  func run(_ sql: String, _ parameters: [PostgresParameter] = [], within milliseconds: Int) -> Exchange {
    let deadline = Deadline(milliseconds)
    notices.sawWarning = false
    if answersAtFirstResult { while let left = PQgetResult(handle) { PQclear(left) } }
    guard send(sql, parameters) else { return .unknown(message) }
    while true {
      let left = PQflush(handle)
      if left == 0 { break }
      if left < 0 { return .unknown(message) }
      guard deadline.wait(PQsocket(handle), POLLIN | POLLOUT) else {
        return .unknown("not sent within \(milliseconds) ms")
      }
      guard PQconsumeInput(handle) == 1 else { return .unknown(message) }
    }
    var rows: [[[UInt8]?]] = []
    var refusal: (code: String, message: String)?
    var command = ""
    while true {
      while PQisBusy(handle) == 1 {
        guard deadline.wait(PQsocket(handle), POLLIN) else { return .unknown("no answer within \(milliseconds) ms") }
        guard PQconsumeInput(handle) == 1 else { return .unknown(message) }
      }
      guard let result = PQgetResult(handle) else { break }
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
        rows += Self.rows(of: result)
        command = String(cString: PQcmdStatus(result))
        if answersAtFirstResult { return .done(rows: rows, command: command) }
      default:
        // PG_DIAG_SQLSTATE 'C'.
        let code = PQresultErrorField(result, 67).map { String(cString: $0) } ?? ""
        refusal = (code, oneLine(PQresultErrorMessage(result)))
      }
    }
    // Only now the server is ready for the next statement. The first result of an autocommit statement comes before its
    // commit, so it proves nothing: the commit may still wait for the replica, and the server may be stopped in it.
    guard PQstatus(handle) == CONNECTION_OK else { return .unknown(refusal?.message ?? message) }
    if let refusal {
      // Without a code it is libpq's own error, not the server's.
      return refusal.code.isEmpty ? .unknown(refusal.message) : .refused(code: refusal.code, message: refusal.message)
    }
    let status = PQtransactionStatus(handle)
    guard status == PQTRANS_IDLE || status == PQTRANS_INTRANS else { return .unknown("the transaction is in doubt") }
    // A wait for the replica that was given up is only told as a warning.
    guard !notices.sawWarning else { return .unknown("the server warned: the record may not be replicated") }
    return .done(rows: rows, command: command)
  }

  /// Waits until something arrives on the connection.
  ///
  /// - Parameter other: another file that ends the wait, -1 for none.
  /// - Returns: false once the connection is broken.
  func waitForNotifications(milliseconds: Int, or other: Int32) -> Bool {
    var files = [
      pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&files, 2, Int32(milliseconds))
    if ready > 0, files[0].revents != 0, PQconsumeInput(handle) != 1 { return false }
    return PQstatus(handle) == CONNECTION_OK
  }

  /// The payloads of notifications that have arrived.
  func notifications() -> [String] {
    var payloads: [String] = []
    while let one = PQnotifies(handle) {
      payloads.append(one.pointee.extra.map { String(cString: $0) } ?? "")
      PQfreemem(one)
    }
    return payloads
  }

  private func send(_ sql: String, _ parameters: [PostgresParameter]) -> Bool {
    let encoded = parameters.map(\.bytes)
    let copies = encoded.map { bytes -> UnsafeMutablePointer<CChar> in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
      for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    return PQsendQueryParams(
      handle, sql, Int32(parameters.count), parameters.map(\.type), copies.map { UnsafePointer($0) },
      encoded.map { Int32($0.count) }, parameters.map { _ in 1 }, 1) == 1
  }

  private static func rows(of result: OpaquePointer) -> [[[UInt8]?]] {
    let columns = PQnfields(result)
    return (0..<PQntuples(result)).map { row in
      (0..<columns).map { column in
        guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else { return nil }
        return Array(
          UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, row, column))))
      }
    }
  }
}

/// The outcome of one statement.
enum Exchange: Sendable {
  /// The server finished it and is ready for the next: rows with the columns' bytes in binary form, nil for NULL, and the
  /// command's tag. With autocommit it is committed and replicated.
  case done(rows: [[[UInt8]?]], command: String)
  /// The server refused it, and nothing of it was done. With its SQLSTATE.
  case refused(code: String, message: String)
  /// It may have been done or not; the connection must not be used any more.
  case unknown(String)
}

/// Whether the server warned during a statement.
final class Notices {
  var sawWarning = false
}

// libpq calls it on the thread that reads; a closure would be bound to where it was written.
private func noteNotice(_ notices: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
  guard let notices, let result else { return }
  // PG_DIAG_SEVERITY_NONLOCALIZED 'V'.
  let severity = PQresultErrorField(result, 86).map { String(cString: $0) }
  if severity == "WARNING" { Unmanaged<Notices>.fromOpaque(notices).takeUnretainedValue().sawWarning = true }
}

private func oneLine(_ text: UnsafePointer<CChar>?) -> String {
  guard let text else { return "" }
  return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
}

/// A moment on the monotonic clock until which somebody waits.
private struct Deadline {
  private let end: ContinuousClock.Instant

  init(_ milliseconds: Int) { end = .now + .milliseconds(milliseconds) }

  /// - Returns: false when the time is over.
  func wait(_ file: Int32, _ events: Int32) -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: end)
      guard left > .zero else { return false }
      var one = pollfd(fd: file, events: Int16(events), revents: 0)
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
      let ready = poll(&one, 1, Int32(clamping: milliseconds + 1))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return false }
    }
  }
}
