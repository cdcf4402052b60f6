import Glibc
import NIOCore

/// Makes the kernel close a connection whose peer is gone, even where neither side sends anything.
///
/// A machine that lost its power or its cable sends no FIN. After five silent seconds it is probed, and after ten
/// without an acknowledgement the connection ends; with data on its way since the last heartbeat, after twenty at
/// most. The same time ends a connection whose peer acknowledges and takes nothing (a receive window of zero).
/// Source: tcp(7), TCP_USER_TIMEOUT; RFC 5482.
final class PeerTimeout: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  static let userTimeoutMilliseconds: Int = 10_000
  static let keepAliveSeconds: Int = 5

  func handlerAdded(context: ChannelHandlerContext) {
    let options: [(NIOBSDSocket.OptionLevel, CInt, Int)] = [
      (.socket, SO_KEEPALIVE, 1), (.tcp, CInt(TCP_KEEPIDLE), Self.keepAliveSeconds),
      (.tcp, CInt(TCP_KEEPINTVL), Self.keepAliveSeconds), (.tcp, CInt(TCP_KEEPCNT), 3),
      (.tcp, CInt(TCP_USER_TIMEOUT), Self.userTimeoutMilliseconds),
    ]
    for (level, name, value) in options {
      // Fails only for a connection that has ended already.
      try? context.channel.syncOptions?.setOption(
        ChannelOptions.Types.SocketOption(level: level, name: NIOBSDSocket.Option(rawValue: name)), value: value)
    }
  }
}
