package import Ports
import ServiceLifecycle

/// Notices a watched screen that stopped beating, and shows it on the health board.
///
/// A watched page beats every five seconds while it is drawn. A page that crashed, hangs or is not shown is silent. The
/// program beside the browser restarts it within half a minute, so a fault means that this did not help. Nothing of it is
/// in the journal: after a restart only screens that beat again are known.
package actor ScreenWatch: Service {
  /// Milliseconds without a beat after which a screen counts as dead.
  package static let silence: Int64 = 60_000
  /// Milliseconds after which a silent screen is forgotten, because it was removed.
  static let memory: Int64 = 86_400_000
  /// Screens that are remembered at a time.
  package static let most = 64

  private let health: HealthBoard
  private let clock: any TimeSource
  private var beats: [WatchedScreen: Int64] = [:]

  package init(health: HealthBoard, clock: any TimeSource) {
    self.health = health
    self.clock = clock
  }

  /// A page of this screen was drawn just now.
  ///
  /// - Returns: false when it is a new screen and `most` are known already.
  package func note(_ screen: WatchedScreen) -> Bool {
    guard beats[screen] != nil || beats.count < Self.most else { return false }
    beats[screen] = clock.monotonic()
    return true
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: 5000)
      }
    }
  }

  /// Compares all beats with the clock.
  package func look() async {
    let now = clock.monotonic()
    var (alive, dead, boards): (Set<String>, Set<String>, [String]) = ([], [], [])
    for (screen, beat) in beats {
      let isDead = now - beat > Self.silence
      switch screen {
      case .kiosk(let id) where isDead && now - beat <= Self.memory: dead.insert(id)
      case .kiosk(let id): alive.insert(id)
      case .board(let name) where isDead && now - beat <= Self.memory: boards.append(name)
      case .board: break
      }
    }
    beats = beats.filter { now - $0.value <= Self.memory }
    for kiosk in alive { await health.clear(.screenDead, kiosk: kiosk) }
    for kiosk in dead { await health.raise(.screenDead, kiosk: kiosk, remedy: Self.remedy) }
    if boards.isEmpty {
      await health.clear(.boardDead)
    } else {
      await health.raise(.boardDead, remedy: Self.remedy(boards.sorted()))
    }
  }

  private static let remedy = [
    "zh-Hans": "程序会自己重开屏幕。过两分钟还没好，就把取号机断电再开；这段时间请居民到窗口取号。仍不行请找管理员。",
    "en":
      "It starts again by itself. If it is not back after two minutes, switch the kiosk off and on; meanwhile give numbers "
      + "at a window. Then ask the administrator.",
  ]

  private static func remedy(_ names: [String]) -> [String: String] {
    [
      "zh-Hans": "大屏：\(names.joined(separator: "、"))。检查那台电脑的电源和网线，断电再开；叫号照常，请当面喊号。",
      "en":
        "Boards: \(names.joined(separator: ", ")). Check that computer's power and network cable, and switch it off and "
        + "on; calls go on, so call numbers out meanwhile.",
    ]
  }
}
