import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// The first handler of a connection: notes when bytes come, before they are parsed.
final class FirstByteHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let requests: RequestHandler

  init(_ requests: RequestHandler) { self.requests = requests }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    requests.readBytes()
    context.fireChannelRead(data)
  }
}

/// Enforces a connection's deadlines, and answers a request whose head cannot be read or that takes too long.
///
/// A fault in a body is left to `RequestGuard`, because a response to the request may have begun.
final class RequestHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let table: ConnectionTable
  private let id: ConnectionTable.ID
  private var progress = ConnectionProgress()
  private var activity = ConnectionProgress.Activity.silent
  private var deadline: NIODeadline?
  private var timer: Scheduled<Void>?
  private var timerFires = NIODeadline.distantFuture
  private var context: ChannelHandlerContext?

  init(_ table: ConnectionTable, _ channel: any Channel) {
    self.table = table
    id = ConnectionTable.ID(channel)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    begin(.silent, isKnown: false)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    self.context = nil
  }

  func readBytes() {
    progress.readBytes()
    review()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: progress.readHead()
    case .body: break
    case .end: progress.readEnd()
    }
    review()
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head: progress.wroteHead()
    case .body: break
    case .end: progress.wroteEnd()
    }
    review()
    context.write(data, promise: promise)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let fault = error as? HTTPParserError, progress.unanswered == 0 else {
      context.fireErrorCaught(error)
      return
    }
    end(context, .malformed(fault))
  }

  private func review() {
    guard progress.activity != activity else { return }
    begin(progress.activity, isKnown: table.note(id, progress.activity))
  }

  private func begin(_ activity: ConnectionProgress.Activity, isKnown: Bool) {
    self.activity = activity
    deadline = ConnectionProgress.limit(activity, isKnown: isKnown).map { .now() + $0 }
    if let deadline, timer == nil || deadline < timerFires { schedule(deadline) }
  }

  /// A later deadline does not replace the timer. When it fires it compares the time with the present deadline.
  private func schedule(_ deadline: NIODeadline) {
    timer?.cancel()
    timerFires = deadline
    timer = context?.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.look() }
  }

  private func look() {
    timer = nil
    guard let context, let deadline else { return }
    if NIODeadline.now() < deadline { return schedule(deadline) }
    // The client may have become known since the deadline was set.
    if activity == .responding, table.isKnown(id) { return }
    if activity == .reading, progress.canAnswer { return end(context, .tooSlow) }
    context.close(promise: nil)
  }

  /// Writes a last response and closes the connection.
  private func end(_ context: ChannelHandlerContext, _ problem: Problem) {
    var (head, body) = problem.parts(acceptLanguage: nil)
    RequestGuard.secure(&head.headerFields)
    head.headerFields[.connection] = "close"
    head.headerFields[.contentLength] = "\(body.count)"
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(promise: nil)
  }
}

extension Problem {
  static let tooSlow = Problem(
    .requestTimeout, "request_too_slow", Words("请求没有发完", "The request did not end"),
    Words("一次请求要在 10 秒内发完，请再试一次。", "A request, with its body, is sent within 10 s. Try again."))

  /// The parser's fault as a response: 431 for a head that is too long, else 400.
  static func malformed(_ fault: HTTPParserError) -> Problem {
    switch fault {
    case .headerOverflow:
      Problem(
        .requestHeaderFieldsTooLarge, "head_too_large", Words("请求头太大", "The request's head is too large"),
        Words("请清除浏览器的 Cookie 后再试。", "Send fewer or shorter header fields, cookies above all."))
    case .invalidChunkSize:
      .badRequest(
        "bad_request", "分块长度不对，应为十六进制数。",
        "The size of a chunk is a hexadecimal number that fits (RFC 9112, 7.1).")
    case .invalidContentLength, .unexpectedContentLength:
      .badRequest(
        "bad_request", "Content-Length 不对：只写一个，且不与分块传输同用。",
        "Send one Content-Length, a decimal number, and not together with Transfer-Encoding.")
    default:
      .badRequest("bad_request", "请求格式不对，应为 HTTP/1.1。", "The request cannot be read as HTTP/1.1.")
    }
  }
}
