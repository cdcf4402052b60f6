import NIOCore
import NIOHTTP1

/// Keeps the authority of a request target in absolute-form, which the conversion to a path would drop.
///
/// `GET http://other.example/v1/hall` with a `Host` of this hall names two hosts. The target's is added as a second
/// `Host` field, so that `RequestGuard` refuses the request like any other with two (RFC 9112 §3.2.2).
final class RequestTargetHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), let authority = Self.authority(of: head.uri),
      head.headers["Host"].first?.lowercased() != authority.lowercased()
    else {
      context.fireChannelRead(data)
      return
    }
    head.headers.add(name: "Host", value: String(authority))
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  /// The authority of a target in absolute-form; nil for one that is a path.
  static func authority(of target: String) -> Substring? {
    guard !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") else { return nil }
    return target[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }
}
