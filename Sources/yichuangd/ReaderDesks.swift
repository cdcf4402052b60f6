import Desks
import Emulators
import Hall
import HallHTTP
import Logging
import Ports
import ReaderProtocols
import Registrar
import ServiceLifecycle
import Views

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

  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for desk in desks { group.addTask { try await desk.run() } }
      try await group.waitForAll()
      try await gracefulShutdown()
    }
  }

  private func desk(_ kiosk: String) -> ReaderDesk? { desks.first { $0.kiosk == kiosk } }
}
