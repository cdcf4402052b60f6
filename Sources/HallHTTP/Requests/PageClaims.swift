package import Hall
package import Ports
import Synchronization

/// Which touch page holds each kiosk, and what it may know and do.
///
/// A page claims its kiosk and gets a secret of its own, a cookie that scripts and other users of the machine cannot read. A kiosk has one
/// page at a time: while the page's feed is connected, nobody else gets the kiosk until staff allow it. A page that comes back with its
/// secret takes the kiosk back from whoever came meanwhile. Only keyed digests of the secrets are kept. docs/THREATS.md says what this
/// binds and what it does not.
package final class PageClaims: Sendable {
  /// Names a claim, not its secret: it stays the same while the secret is rotated.
  package typealias PageID = Int64

  package static let cookiePrefix = "yichuang_page_"
  /// Milliseconds for which the secret before the present one is still taken: requests may be on their way.
  static let overlap: Int64 = 30_000
  /// Milliseconds for which staff's permission lets another page in.
  static let permission: Int64 = 120_000
  /// Milliseconds for which staff who have decided are not asked again: a page that was refused asks every few seconds.
  static let quiet: Int64 = 600_000
  /// Milliseconds for which a slip's code that was scanned, or a card's tickets, count as shown.
  static let showing: Int64 = 180_000
  /// Codes that a page is told of, the newest; one resident needs one or two.
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

    /// Digests under a key that nobody outside has: comparing them tells nothing by its time.
    func accepts(_ digest: [UInt8], _ now: Int64) -> Bool {
      if self.digest == digest { return true }
      guard let former else { return false }
      return former.until > now && former.digest == digest
    }
  }

  private struct Place {
    var holder: Page?
    /// The page before it, which may come back.
    var away: Page?
    var allowedUntil: Int64 = 0
    var quietUntil: Int64 = 0
    var isContested = false
    var shown: [(code: PublicCode, until: Int64)] = []
  }

  private struct State {
    var places: [String: Place] = [:]
    var next: PageID = 1
  }

  private let book: Mutex<State>
  private let clock: any TimeSource
  private let entropy: any Entropy
  private let sealing: any Sealing
  private let file: (any SecretStore)?
  /// The secret that the configuration wants of a kiosk's page; nil where it names none.
  private let required: @Sendable (String) -> String?

  /// - Parameter file: where digests outlive a restart.
  package init(
    clock: any TimeSource, entropy: any Entropy, sealing: any Sealing, file: (any SecretStore)? = nil,
    required: @escaping @Sendable (_ kiosk: String) -> String? = { _ in nil }
  ) {
    self.clock = clock
    self.entropy = entropy
    self.sealing = sealing
    self.file = file
    self.required = required
    var book = State()
    for kept in KeptPage.read(file?.load()) {
      book.places[kept.kiosk, default: Place()].holder = Page(id: book.next, digest: kept.digest)
      book.next += 1
    }
    self.book = Mutex(book)
  }

  /// A page asks for its kiosk.
  ///
  /// - Parameters:
  ///   - cookie: the secret that the page has from before.
  ///   - secret: the one from the browser's start address.
  func claim(_ kiosk: String, cookie: String?, secret: String?) -> Claim {
    let now = clock.monotonic()
    let digest = cookie.map(self.digest)
    let required = required(kiosk)
    let fresh = freshSecret()
    let freshDigest = self.digest(fresh)
    let isGiven = required.map { wanted in secret.map { self.digest($0) == self.digest(wanted) } ?? false }
    let outcome: Claim = book.withLock { book in
      var place = book.places[kiosk] ?? Place()
      defer { book.places[kiosk] = place }
      if let digest, var page = place.holder, page.accepts(digest, now) {
        // A page whose last answer was lost shows the secret before it, and keeps it until it has shown a newer one.
        if page.digest == digest { page.former = (page.digest, now + Self.overlap) }
        page.digest = freshDigest
        place.holder = page
        return .granted(secret: fresh, page: page.id, cut: nil, isOther: false)
      }
      if let digest, var page = place.away, page.accepts(digest, now) {
        let intruder = place.holder
        page.digest = freshDigest
        page.former = nil
        page.feeds = 0
        place.holder = page
        place.away = nil
        place.isContested = true
        return .granted(secret: fresh, page: page.id, cut: intruder?.id, isOther: true)
      }
      if isGiven == false {
        place.isContested = true
        return .wrongSecret
      }
      let isAllowed = place.allowedUntil > now || isGiven == true
      if let holder = place.holder, holder.feeds > 0, !isAllowed {
        if place.quietUntil <= now { place.isContested = true }
        return .held
      }
      let page = Page(id: book.next, digest: freshDigest)
      book.next += 1
      let before = place.holder
      // Staff have decided, or the configuration's own secret was shown: the page before has no claim any more.
      place.away = isAllowed ? nil : before ?? place.away
      if isAllowed { place.isContested = false }
      place.allowedUntil = 0
      place.holder = page
      place.shown = []
      return .granted(secret: fresh, page: page.id, cut: before?.id, isOther: true)
    }
    if case .granted = outcome { keep() }
    return outcome
  }

  /// The page whose secret that is, while it holds the kiosk.
  func page(_ kiosk: String, cookie: String) -> PageID? {
    let digest = digest(cookie)
    let now = clock.monotonic()
    return book.withLock { book in
      guard let page = book.places[kiosk]?.holder, page.accepts(digest, now) else { return nil }
      return page.id
    }
  }

  /// Whether the secret is that of the page that holds the kiosk, or of the one before it.
  func remembers(_ kiosk: String, cookie: String) -> Bool {
    let digest = digest(cookie)
    let now = clock.monotonic()
    return book.withLock { book in
      [book.places[kiosk]?.holder, book.places[kiosk]?.away].contains { $0?.accepts(digest, now) ?? false }
    }
  }

  /// The page's feed is connected, until `detach`.
  func attach(_ page: PageID, _ kiosk: String) { change(page, kiosk) { $0.feeds += 1 } }
  func detach(_ page: PageID, _ kiosk: String) { change(page, kiosk) { $0.feeds -= 1 } }

  /// Staff let the next page in that asks, or keep the one that is there.
  func decide(_ kiosk: String, allows: Bool) {
    let now = clock.monotonic()
    book.withLock { book in
      book.places[kiosk, default: Place()].isContested = false
      book.places[kiosk]?.allowedUntil = allows ? now + Self.permission : 0
      book.places[kiosk]?.quietUntil = now + Self.quiet
    }
  }

  /// Whether a second page asked for the kiosk, or came while its own was away, and staff have not decided.
  package func isContested(_ kiosk: String) -> Bool { book.withLock { $0.places[kiosk]?.isContested ?? false } }

  // MARK: What a page may know

  /// The page took this ticket or notice, or its visitor holds the code.
  func note(_ code: PublicCode, at kiosk: String) {
    book.withLock { book in
      guard book.places[kiosk]?.holder?.codes.contains(code) == false else { return }
      book.places[kiosk]?.holder?.codes.append(code)
      if let count = book.places[kiosk]?.holder?.codes.count, count > Self.known {
        book.places[kiosk]?.holder?.codes.removeFirst(count - Self.known)
      }
    }
  }

  /// A slip's code was held under this kiosk's scanner, or a card on its reader names these tickets.
  package func show(_ codes: [PublicCode], at kiosk: String) {
    let now = clock.monotonic()
    book.withLock { book in
      var place = book.places[kiosk] ?? Place()
      place.shown = place.shown.filter { $0.until > now }.suffix(Self.known - min(codes.count, Self.known))
      place.shown += codes.suffix(Self.known).map { ($0, now + Self.showing) }
      book.places[kiosk] = place
    }
    for code in codes { note(code, at: kiosk) }
  }

  /// Whether the code was shown at this kiosk a moment ago.
  func wasShown(_ code: PublicCode, at kiosk: String) -> Bool {
    let now = clock.monotonic()
    return book.withLock { book in
      book.places[kiosk]?.shown.contains { $0.code == code && $0.until > now } ?? false
    }
  }

  /// Whether the page of this kiosk is told what happens to a ticket or notice.
  func knows(_ code: PublicCode, at kiosk: String) -> Bool {
    book.withLock { $0.places[kiosk]?.holder?.codes.contains(code) ?? false }
  }

  // MARK: Private

  private func change(_ page: PageID, _ kiosk: String, _ body: (inout Page) -> Void) {
    book.withLock { book in
      if book.places[kiosk]?.holder?.id == page, var held = book.places[kiosk]?.holder {
        body(&held)
        book.places[kiosk]?.holder = held
      }
    }
  }

  private func keep() {
    guard let file else { return }
    let kept = book.withLock { book in
      book.places.compactMap { kiosk, place in place.holder.map { KeptPage(kiosk: kiosk, digest: $0.digest) } }
    }
    file.save(KeptPage.write(kept))
  }

  private func digest(_ secret: String) -> [UInt8] { sealing.keyedDigest(Array("page|\(secret)".utf8)) }

  private func freshSecret() -> String { entropy.bits().hexadecimal + entropy.bits().hexadecimal }
}

extension UInt64 {
  /// Sixteen digits.
  var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
