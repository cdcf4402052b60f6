package import Hall
package import Ports
import Synchronization

/// The cards that were read at the kiosks a moment ago: from the card to the number that is taken with it.
///
/// In memory only, one card a kiosk; a new card, `lifetime` or the next resident makes the hall forget the one before.
package final class ShownCards: Sendable {
  /// Milliseconds for which a number can be taken with a card.
  package static let lifetime: Int64 = 120_000

  private struct Shown {
    let token: String
    let mark: HolderMark
    let until: Int64
  }

  private let clock: any Clock
  private let shown = Mutex<[String: Shown]>([:])

  package init(clock: any Clock) { self.clock = clock }

  func show(_ mark: HolderMark, at kiosk: String, token: String) {
    let until = clock.monotonic() + Self.lifetime
    shown.withLock { $0[kiosk] = Shown(token: token, mark: mark, until: until) }
  }

  package func forget(_ kiosk: String) { shown.withLock { $0[kiosk] = nil } }

  /// Who takes a number with the card of that name; nil when it was too long ago, or at another kiosk.
  package func holder(_ token: String, at kiosk: String) -> HolderMark? {
    let now = clock.monotonic()
    return shown.withLock { shown in
      guard let found = shown[kiosk] else { return nil }
      guard found.until > now else {
        shown[kiosk] = nil
        return nil
      }
      return found.token == token ? found.mark : nil
    }
  }
}
