package import Hall
package import Ports
import Synchronization

/// The cards and agents' badges that were just shown at the kiosks, by token.
///
/// In memory only, one per kiosk. A new one replaces it. It is dropped after `lifetime`, and with the next resident.
package final class CardTokens: Sendable {
  /// Milliseconds for which a token is valid.
  package static let lifetime: Int64 = 120_000

  private enum Bearer {
    case holder(HolderPseudonym, person: [UInt8])
    case agent(badge: String)
  }

  private struct Shown {
    let token: String
    let bearer: Bearer
    var offersPriority = false
    var until: Int64
  }

  private let clock: any TimeSource
  private let shown = Mutex<[String: Shown]>([:])

  package init(clock: any TimeSource) { self.clock = clock }

  /// - Parameter person: the digest by which a reservation knows its holder.
  func show(
    _ pseudonym: HolderPseudonym, person: [UInt8] = [], offersPriority: Bool = false, at kiosk: String, token: String
  ) {
    keep(.holder(pseudonym, person: person), offersPriority: offersPriority, kiosk, token)
  }

  /// 代办员 with the badge: valid for one number after the other, while the last use is within `lifetime`.
  func show(agent badge: String, at kiosk: String, token: String) { keep(.agent(badge: badge), kiosk, token) }

  private func keep(_ bearer: Bearer, offersPriority: Bool = false, _ kiosk: String, _ token: String) {
    let until = clock.monotonic() + Self.lifetime
    shown.withLock { $0[kiosk] = Shown(token: token, bearer: bearer, offersPriority: offersPriority, until: until) }
  }

  package func forget(_ kiosk: String) { shown.withLock { $0[kiosk] = nil } }

  /// Whether the card under the token was of somebody old enough for priority; false once it is too old.
  package func offersPriority(_ token: String, at kiosk: String) -> Bool {
    let now = clock.monotonic()
    return shown.withLock { shown in
      shown[kiosk].map { $0.token == token && $0.until > now && $0.offersPriority } ?? false
    }
  }

  /// The digest of the card's holder, for a reservation; nil for an agent's badge, and once the token is too old.
  package func person(_ token: String, at kiosk: String) -> [UInt8]? {
    let now = clock.monotonic()
    return shown.withLock { shown in
      guard let found = shown[kiosk], found.token == token, found.until > now else { return nil }
      guard case .holder(_, let person) = found.bearer else { return nil }
      return person
    }
  }

  /// The card of a token; `forgotten` when it is too old, or of another kiosk.
  ///
  /// - Parameter byProxy: 代他人取号, with a card.
  package func card(_ token: String, at kiosk: String, byProxy: Bool = false) -> PresentedCard {
    let now = clock.monotonic()
    return shown.withLock { shown in
      guard let found = shown[kiosk] else { return .forgotten }
      guard found.until > now else {
        shown[kiosk] = nil
        return .forgotten
      }
      guard found.token == token else { return .forgotten }
      switch found.bearer {
      case .holder(let pseudonym, _): return .pseudonym(pseudonym, byProxy: byProxy)
      case .agent(let badge):
        shown[kiosk]?.until = now + Self.lifetime
        return .agent(badge: badge)
      }
    }
  }
}
