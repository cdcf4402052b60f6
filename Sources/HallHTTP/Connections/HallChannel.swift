import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// The pipeline of one connection: HTTP/1.1, with the checks that need the request as it was sent, and its deadlines.
struct HallChannel: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  /// The most bytes of one header field, and of a whole head. A console's device cookies are the longest field.
  static let longestField = 32 << 10
  static let longestHead = 48 << 10
  static let mostFields = 100

  /// Nil without limits, as in the control of a test.
  let table: ConnectionTable?
  let responder: HTTPChannelHandler.Responder

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var limits = NIOHTTPDecoderLimitConfiguration()
      limits.maxHeaderFieldSize = Self.longestField
      limits.maxHeaderListSize = Self.longestHead
      limits.maxHeaderFieldCount = Self.mostFields
      let pipeline = channel.pipeline.syncOperations
      let requests = table.map { RequestHandler($0, channel) }
      if let requests { try pipeline.addHandler(FirstByteHandler(requests)) }
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
      try pipeline.addHandler(PeerTimeout())
      try pipeline.addHandler(RequestTargetHandler())
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      if let requests { try pipeline.addHandler(requests) }
      // Closes the connection between requests when the listener shuts down.
      try pipeline.addHandler(
        HTTPConnectionStateHandler(idleTimeout: table == nil ? .seconds(90) : nil, logger: logger))
      table?.open(channel)
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}
