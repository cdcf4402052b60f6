import Dispatch
import Glibc

/// SIGTERM and SIGINT as a call.
enum Termination {
  // Proof: written once, by the main thread, before the sources are resumed.
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  static func end(_ body: @escaping @Sendable () -> Void) {
    for number in [SIGTERM, SIGINT] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler(handler: body)
      source.resume()
      sources.append(source)
    }
  }
}
