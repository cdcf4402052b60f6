import NIOCore

/// Limits the rate at which a listener accepts, and stops while too many closed connections have not ended.
///
/// A flood is accepted at a steady rate. It therefore costs a bounded share of the processors, and a new connection has
/// time to send its request before later ones displace it. The others wait in the system's backlog.
final class AcceptHandler: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel
  typealias OutboundIn = Never

  /// The most connections accepted at once after a quiet time, and then for each second.
  static let burst: Int64 = 256
  static let aSecond: Int64 = 1000

  private let most: Int
  private var open = 0
  private var isWaitingForRoom = false
  /// The bucket in nanoseconds: each connection takes `cost` out of it, and time fills it up to `burst` connections.
  private var saved = cost * burst
  private var asOf = NIODeadline.now()

  private static let cost = 1_000_000_000 / aSecond

  /// - Parameter most: connections at the same time.
  init(most: Int) { self.most = most }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    open += 1
    saved -= Self.cost
    let (context, loop) = (NIOLoopBound(context, eventLoop: context.eventLoop), context.eventLoop)
    let handler = NIOLoopBound(self, eventLoop: loop)
    unwrapInboundIn(data).closeFuture.hop(to: loop).whenComplete { _ in handler.value.closed(context.value) }
    context.value.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    guard open < most else {
      isWaitingForRoom = true
      return
    }
    let now = NIODeadline.now()
    saved = min(Self.cost * Self.burst, saved + (now - asOf).nanoseconds)
    asOf = now
    guard saved <= 0 else { return context.read() }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .nanoseconds(Self.cost - saved)) {
      let (handler, context) = bound.value
      handler.read(context: context)
    }
  }

  private func closed(_ context: ChannelHandlerContext) {
    open -= 1
    guard isWaitingForRoom, open < most else { return }
    isWaitingForRoom = false
    read(context: context)
  }
}
