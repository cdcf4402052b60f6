package import Hummingbird
import Logging
import NIOCore

/// What travels with one request.
package struct HallContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The signed-in clerk, set by `SessionMiddleware`.
  package var session: StaffSession?

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }

  /// Bodies over 64 KiB are refused.
  package var maxUploadSize: Int { 65_536 }
}
