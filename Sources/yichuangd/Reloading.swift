import Dispatch
import Glibc
import ServiceLifecycle

/// Reads configuration and catalogue again at SIGHUP.
struct Reloading: Service {
  let reload: @Sendable () async -> Void

  func run() async throws {
    let (hangups, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "hangup"))
    source.setEventHandler { continuation.yield() }
    source.resume()
    for await _ in hangups.cancelOnGracefulShutdown() { await reload() }
    source.cancel()
  }

  /// Takes the signal's default away, which would end the process, before anybody can send one.
  static func prepare() { signal(SIGHUP, SIG_IGN) }
}
