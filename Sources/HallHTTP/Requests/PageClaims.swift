import Dispatch
import Groundwork
package import Hall
package import Ports
import Synchronization

/// Which touch page holds each kiosk, and what it may know and do.
///
/// A page claims its kiosk and gets a secret in a cookie, which scripts and other users of the machine cannot read. A
/// kiosk has one page at a time. While that page's feed is connected, another page gets the kiosk only when staff allow
/// it. A page that returns with its secret takes the kiosk back from a page that claimed it in between. Only keyed digests
/// of the secrets are kept. Threat model: docs/THREATS.md.
package final class PageClaims: Sendable {
  /// Identifies a claim; it stays the same while the secret is rotated.
  package typealias PageID = Int64

  package static let cookiePrefix = "yichuang_page_"
  /// Milliseconds for which the previous secret is still accepted, for requests in flight.
  static let overlap: Int64 = 30_000
  /// Milliseconds for which another page may claim the kiosk after staff allowed it.
  static let permission: Int64 = 120_000
  /// Milliseconds for which staff are not asked again after a decision: a refused page asks every few seconds.
  static let quiet: Int64 = 600_000
  /// Milliseconds for which a scanned slip's code, or a card's tickets, count as shown.
  static let showing: Int64 = 180_000
  /// The number of codes whose events a page gets, the newest; one resident needs one or two.
  static let known = 64

  package enum Claim: Sendable {
    /// `cut`: the page that lost the kiosk; `isOther`: another page than before, which inherits no card and no consent.
    case granted(secret: String, page: PageID, cut: PageID?, isOther: Bool)
    /// Another page holds the kiosk.
    case held
    /// The configuration names a secret for this kiosk's page, and this was not it.
    case wrongSecret
  }

  private struct Page {
    let id: PageID
    var digest: [UInt8]
    var former: (digest: [UInt8], until: Int64)?
    var feeds = 0
    var codes: [PublicCode] = []

    /// The digests are keyed, so comparison need not take constant time.
    func accepts(_ digest: [UInt8], _ now: Int64) -> Bool {
      if self.digest == digest { return true }
      guard let former else { return false }
      return former.until > now && former.digest == digest
    }
  }

  private struct KioskClaim {
    var holder: Page?
    /// The previous page, which may return.
    var away: Page?
    var allowedUntil: Int64 = 0
    var quietUntil: Int64 = 0
    var isContested = false
    var shown: [(code: PublicCode, until: Int64)] = []
  }

  private struct State {
    var claims: [String: KioskClaim] = [:]
    var next: PageID = 1
  }

  private let state: Mutex<State>
  private let clock: any TimeSource
  private let entropy: any Entropy
  private let sealing: any Sealing
  private let file: (any SecretStore)?
  /// Writes `file` on a queue of its own, so that a disk that does not answer blocks no request for long.
  private let storing = DispatchQueue(label: "page-claims")
  private static let storingTime = DispatchTimeInterval.milliseconds(500)
  /// The page secret that the configuration requires for a kiosk; nil where there is none.
  private let required: @Sendable (String) -> String?

  /// - Parameter file: keeps the digests across restarts.
  package init(
    clock: any TimeSource, entropy: any Entropy, sealing: any Sealing, file: (any SecretStore)? = nil,
    required: @escaping @Sendable (_ kiosk: String) -> String? = { _ in nil }
  ) {
    self.clock = clock
    self.entropy = entropy
    self.sealing = sealing
    self.file = file
    self.required = required
    var state = State()
    for kept in KeptPage.read(file?.load()) {
      state.claims[kept.kiosk, default: KioskClaim()].holder = Page(id: state.next, digest: kept.digest)
      state.next += 1
    }
    self.state = Mutex(state)
  }

  /// A page claims its kiosk.
  ///
  /// - Parameters:
  ///   - cookie: the page's previous secret.
  ///   - secret: the one from the browser's start address.
  func claim(_ kiosk: String, cookie: String?, secret: String?) -> Claim {
    let now = clock.monotonic()
    let digest = cookie.map(self.digest)
    let required = required(kiosk)
    let fresh = freshSecret()
    let freshDigest = self.digest(fresh)
    let isGiven = required.map { wanted in secret.map { self.digest($0) == self.digest(wanted) } ?? false }
    let outcome: Claim = state.withLock { state in
      var claim = state.claims[kiosk] ?? KioskClaim()
      defer { state.claims[kiosk] = claim }
      if let digest, var page = claim.holder, page.accepts(digest, now) {
        // A page whose last response was lost sends the previous secret, which stays valid until the newer one was
        // used.
        if page.digest == digest { page.former = (page.digest, now + Self.overlap) }
        page.digest = freshDigest
        claim.holder = page
        return .granted(secret: fresh, page: page.id, cut: nil, isOther: false)
      }
      if let digest, var page = claim.away, page.accepts(digest, now) {
        let intruder = claim.holder
        page.digest = freshDigest
        page.former = nil
        page.feeds = 0
        claim.holder = page
        claim.away = nil
        claim.isContested = true
        return .granted(secret: fresh, page: page.id, cut: intruder?.id, isOther: true)
      }
      if isGiven == false {
        claim.isContested = true
        return .wrongSecret
      }
      let isAllowed = claim.allowedUntil > now || isGiven == true
      if let holder = claim.holder, holder.feeds > 0, !isAllowed {
        if claim.quietUntil <= now { claim.isContested = true }
        return .held
      }
      let page = Page(id: state.next, digest: freshDigest)
      state.next += 1
      let before = claim.holder
      // Staff allowed the new page, or it has the configured secret: the previous page loses its claim.
      claim.away = isAllowed ? nil : before ?? claim.away
      if isAllowed { claim.isContested = false }
      claim.allowedUntil = 0
      claim.holder = page
      claim.shown = []
      return .granted(secret: fresh, page: page.id, cut: before?.id, isOther: true)
    }
    if case .granted = outcome { keep() }
    return outcome
  }

  /// The page with this secret, while it holds the kiosk.
  func page(_ kiosk: String, cookie: String) -> PageID? {
    let digest = digest(cookie)
    let now = clock.monotonic()
    return state.withLock { state in
      guard let page = state.claims[kiosk]?.holder, page.accepts(digest, now) else { return nil }
      return page.id
    }
  }

  /// Whether the secret belongs to the page that holds the kiosk, or to the previous one.
  func remembers(_ kiosk: String, cookie: String) -> Bool {
    let digest = digest(cookie)
    let now = clock.monotonic()
    return state.withLock { state in
      [state.claims[kiosk]?.holder, state.claims[kiosk]?.away].contains { $0?.accepts(digest, now) ?? false }
    }
  }

  /// The page's feed is connected, until `detach`.
  func attach(_ page: PageID, _ kiosk: String) { change(page, kiosk) { $0.feeds += 1 } }
  func detach(_ page: PageID, _ kiosk: String) { change(page, kiosk) { $0.feeds -= 1 } }

  /// Staff allow the next page that claims the kiosk, or keep the present one.
  func decide(_ kiosk: String, allows: Bool) {
    let now = clock.monotonic()
    state.withLock { state in
      state.claims[kiosk, default: KioskClaim()].isContested = false
      state.claims[kiosk]?.allowedUntil = allows ? now + Self.permission : 0
      state.claims[kiosk]?.quietUntil = now + Self.quiet
    }
  }

  /// Whether a second page claimed the kiosk, or came while its own was away, and staff have not decided.
  package func isContested(_ kiosk: String) -> Bool { state.withLock { $0.claims[kiosk]?.isContested ?? false } }

  // MARK: What a page may know

  /// The page took this ticket or notice, or its visitor holds the code.
  func note(_ code: PublicCode, at kiosk: String) {
    state.withLock { state in
      guard state.claims[kiosk]?.holder?.codes.contains(code) == false else { return }
      state.claims[kiosk]?.holder?.codes.append(code)
      if let count = state.claims[kiosk]?.holder?.codes.count, count > Self.known {
        state.claims[kiosk]?.holder?.codes.removeFirst(count - Self.known)
      }
    }
  }

  /// A slip's code was scanned at this kiosk, or a card on its reader has these tickets.
  package func show(_ codes: [PublicCode], at kiosk: String) {
    let now = clock.monotonic()
    state.withLock { state in
      var claim = state.claims[kiosk] ?? KioskClaim()
      claim.shown = claim.shown.filter { $0.until > now }.suffix(Self.known - min(codes.count, Self.known))
      claim.shown += codes.suffix(Self.known).map { ($0, now + Self.showing) }
      state.claims[kiosk] = claim
    }
    for code in codes { note(code, at: kiosk) }
  }

  /// Whether the code was shown at this kiosk within `showing`.
  func wasShown(_ code: PublicCode, at kiosk: String) -> Bool {
    let now = clock.monotonic()
    return state.withLock { state in
      state.claims[kiosk]?.shown.contains { $0.code == code && $0.until > now } ?? false
    }
  }

  /// Whether the page of this kiosk gets events about a ticket or notice.
  func knows(_ code: PublicCode, at kiosk: String) -> Bool {
    state.withLock { $0.claims[kiosk]?.holder?.codes.contains(code) ?? false }
  }

  // MARK: Private

  private func change(_ page: PageID, _ kiosk: String, _ body: (inout Page) -> Void) {
    state.withLock { state in
      if state.claims[kiosk]?.holder?.id == page, var held = state.claims[kiosk]?.holder {
        body(&held)
        state.claims[kiosk]?.holder = held
      }
    }
  }

  private func keep() {
    guard let file else { return }
    let kept = state.withLock { state in
      state.claims.compactMap { kiosk, claim in claim.holder.map { KeptPage(kiosk: kiosk, digest: $0.digest) } }
    }
    let isStored = DispatchSemaphore(value: 0)
    storing.async {
      file.save(KeptPage.write(kept))
      isStored.signal()
    }
    // If it is not stored in time, the kiosk's page only has to claim again after a restart.
    _ = isStored.wait(timeout: .now() + Self.storingTime)
  }

  private func digest(_ secret: String) -> [UInt8] { sealing.keyedDigest(Array("page|\(secret)".utf8)) }

  private func freshSecret() -> String { entropy.bits().hexadecimal + entropy.bits().hexadecimal }
}
