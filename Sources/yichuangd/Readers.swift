import YAMLDocuments
import Desks
import Emulators
import Foundation
import Hall
import HallHTTP
import Logging
import Ports
import ReaderProtocols
import ReadersProcess
import Registrar
import ServiceLifecycle
import Settings
import Views

/// The card reader and scanner of each kiosk: emulated in the demo, else those of this machine.
struct Readers: Sendable {
  let all: [(kiosk: String, port: any ReaderPort)]
  /// In the demo only.
  let emulated: [(kiosk: String, readers: EmulatedReaders)]

  /// - Parameter process: nil where the configuration has no `readers`. A device belongs to its configured kiosk, or to
  ///   the only one. In a hall with several kiosks an unassigned device is used for none.
  init(_ plan: Plan, _ settings: HallSettings, _ process: ReaderService?) {
    emulated =
      plan.isEmulated
      ? settings.ownKiosks.enumerated().map { index, kiosk in
        var identity = SAMModule.usualIdentity
        identity[8] = UInt8(truncatingIfNeeded: index + 1)
        return (kiosk: kiosk.id, readers: EmulatedReaders(identity: identity))
      } : []
    let belongings = settings.readers?.belongings ?? []
    if let process, !belongings.isEmpty {
      let named = Set(belongings.compactMap { if case .at(let portPath) = $0.device { portPath } else { nil } })
      all = settings.ownKiosks.map { kiosk in
        let own = belongings.filter { $0.kiosk == kiosk.id }
        let portPaths = Set(own.compactMap { if case .at(let portPath) = $0.device { portPath } else { nil } })
        let serials = Set(own.compactMap { if case .serial(let serial) = $0.device { serial } else { nil } })
        return (
          kiosk: kiosk.id,
          port: process.process.port(portPaths: portPaths, serials: serials, elsewhere: named.subtracting(portPaths))
        )
      }
    } else if let process, let kiosk = settings.ownKiosks.first, settings.ownKiosks.count == 1 {
      all = [(kiosk: kiosk.id, port: process.process.port())]
    } else {
      all = emulated.map { (kiosk: $0.kiosk, port: $0.readers) }
    }
  }

  /// Plugs the demo's devices in.
  func plugIn() async {
    for (_, readers) in emulated {
      for kind in ReaderKind.allCases { await readers.plug(kind) }
    }
  }
}

/// The reader process, for as long as the hall is open.
struct ReaderService: Service {
  let process: ReaderProcess

  /// nil when the configuration has no `readers`, or the models cannot be read: a hall works without.
  init?(_ settings: ReaderSettings?, share: ShareFolder) {
    guard let settings else { return nil }
    let logger = Logger(label: "yichuang.readers")
    let models = ReaderModelStore.load(share.readerModels)
    guard let store = models.value, models.faults.isEmpty else {
      logger.error("no card is read", metadata: ["why": "\(models.faults.map(\.description).joined(separator: "; "))"])
      return nil
    }
    process = ReaderProcess(
      .init(program: settings.program ?? Self.beside, matches: store.matches(keyboards: settings.keyboards)),
      logger: logger)
  }

  /// The folder of this executable.
  private static var beside: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/bin/yichuangd"
    return (own as NSString).deletingLastPathComponent + "/yichuang-readerd"
  }

  func run() async throws {
    process.start()
    try? await gracefulShutdown()
    // The process releases its devices, which takes a moment that must not block another task.
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [process] in
        process.stop()
        continuation.resume()
      }
    }
  }
}

/// The reader desk of each kiosk that has one, and the cards that were shown there.
struct ReaderDesks: Service, KioskReaders {
  let desks: [ReaderDesk]
  let cards: CardTokens

  func devices(at kiosk: String) async -> [PresentReader] {
    await desk(kiosk)?.devices ?? []
  }

  func allow(_ isAllowed: Bool, at kiosk: String) async -> Bool {
    guard let desk = desk(kiosk) else { return false }
    let hasReader = await desk.devices.contains { $0.kind == .cardReader }
    guard hasReader || !isAllowed else { return false }
    await desk.allow(isAllowed)
    return true
  }

  func card(lyingAt kiosk: String) async -> LyingCard? {
    guard let desk = desk(kiosk) else { return nil }
    if await desk.hasCardLeftBehind { return .left }
    return await desk.hasCardLying ? .lying : nil
  }

  func cameHome(at kiosk: String) async { await desk(kiosk)?.cameHome() }

  func card(_ token: String, at kiosk: String, byProxy: Bool) -> PresentedCard {
    cards.card(token, at: kiosk, byProxy: byProxy)
  }

  func person(_ token: String, at kiosk: String) -> [UInt8]? { cards.person(token, at: kiosk) }

  func offersPriority(_ token: String, at kiosk: String) -> Bool { cards.offersPriority(token, at: kiosk) }

  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for desk in desks { group.addTask { try await desk.run() } }
      try await group.waitForAll()
      try await gracefulShutdown()
    }
  }

  private func desk(_ kiosk: String) -> ReaderDesk? { desks.first { $0.kiosk == kiosk } }
}
