import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers a request whose head cannot be read with problem details, and closes the connection.
///
/// A fault in a body is left to `RequestGuard`, because a response to the request may have begun.
final class MalformedRequestHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Requests whose response has not ended.
  private var open = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head = unwrapInboundIn(data) { open += 1 }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { open -= 1 }
    context.write(data, promise: promise)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let fault = error as? HTTPParserError, open == 0 else {
      context.fireErrorCaught(error)
      return
    }
    var (head, body) = Problem.malformed(fault).parts(acceptLanguage: nil)
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
  /// The parser's fault as a response: 431 for a head that is too long, else 400.
  static func malformed(_ fault: HTTPParserError) -> Problem {
    switch fault {
    case .headerOverflow:
      Problem(
        .requestHeaderFieldsTooLarge, "head_too_large", Words("请求头太大", "The request's head is too large"),
        Words("请清除浏览器的 Cookie 后再试。", "Send fewer or shorter header fields, cookies above all."))
    case .invalidChunkSize:
      .badRequest(
        "bad_request", "分块长度不对，应为十六进制数。", "The size of a chunk is a hexadecimal number that fits (RFC 9112, 7.1).")
    case .invalidContentLength, .unexpectedContentLength:
      .badRequest(
        "bad_request", "Content-Length 不对：只写一个，且不与分块传输同用。",
        "Send one Content-Length, a decimal number, and not together with Transfer-Encoding.")
    default:
      .badRequest("bad_request", "请求格式不对，应为 HTTP/1.1。", "The request cannot be read as HTTP/1.1.")
    }
  }
}
