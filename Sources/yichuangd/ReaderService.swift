import Foundation
import Logging
import ReadersProcess
import ServiceLifecycle
import Settings
import YAMLDocuments

/// The reader process as long as the hall is open.
struct ReaderService: Service {
  let process: ReaderProcess

  /// nil when the configuration has no `readers`, or the models cannot be read: a hall works without.
  init?(_ settings: ReaderSettings?, share: ShareFolder) {
    guard let settings else { return nil }
    let logger = Logger(label: "yichuang.readers")
    let models = ReaderModelStore.load(share.readerModels)
    guard let shelf = models.value, models.faults.isEmpty else {
      logger.error("no card is read", metadata: ["why": "\(models.faults.map(\.description).joined(separator: "; "))"])
      return nil
    }
    process = ReaderProcess(
      .init(program: settings.program ?? Self.beside, matches: shelf.matches(keyboards: settings.keyboards)),
      logger: logger)
  }

  /// In the folder of this very program.
  private static var beside: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/bin/yichuangd"
    return (own as NSString).deletingLastPathComponent + "/yichuang-readerd"
  }

  func run() async throws {
    process.start()
    try? await gracefulShutdown()
    // It gives its devices back, which takes a moment that no other task should wait for.
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [process] in
        process.stop()
        continuation.resume()
      }
    }
  }
}
