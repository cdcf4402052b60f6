package import Accounts
package import Hummingbird
import Logging
import NIOCore

/// The context of one request.
package struct HallContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The signed-in clerk, set by `SessionMiddleware`.
  package var session: StaffSession?
  /// The kiosks whose page sent the request, set by `PageMiddleware`; usually one.
  var pages: [(kiosk: String, page: PageClaims.PageID)] = []

  /// The client's address, without its port; behind the door, the address that the door names.
  var source: String
  /// Whether the request came by the hall's door, over TLS.
  var comesByDoor = false
  /// Whether this is a training's server.
  var isTraining = false
  let channel: any Channel
  /// Its connection in the listener's table.
  let connection: ConnectionTable.ID

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
    self.source = source.channel.remoteAddress?.ipAddress ?? "unknown"
    connection = ConnectionTable.ID(source.channel)
  }

  /// Bodies over 64 KiB are refused.
  package var maxUploadSize: Int { 65_536 }
}
