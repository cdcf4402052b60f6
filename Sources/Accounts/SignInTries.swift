/// Failed sign-ins, and how long the next attempt must wait.
///
/// They are counted per badge and client: the browser in which that badge was signed in before, by its device cookie,
/// else the address (OWASP, Slow Down Online Guessing Attacks with Device Cookies). Guessing a badge therefore locks
/// out the guesser only; its owner still signs in at the owner's console. Attempts from unknown browsers at one badge
/// are also counted together, whatever their addresses.
struct SignInTries {
  enum Who: Hashable {
    /// A browser that has signed this badge in before.
    case device(String)
    /// An unknown browser at this address.
    case address(String)
  }

  private enum Subject: Hashable {
    case one(badge: String, Who)
    /// All unknown browsers.
    case strangers(badge: String)
  }

  /// Failures before the next attempt must wait: per client, and of all unknown browsers together.
  static let free = 3
  static let freeOfStrangers = 20
  /// Milliseconds of the longest wait; failures are forgotten after the same time without an attempt.
  static let longestWait: Int64 = 60_000
  static let memory: Int64 = 900_000
  static let capacity = 1024

  private var tries: [Subject: (bad: Int, until: Int64, at: Int64)] = [:]

  private func subjects(_ badge: String, _ who: Who) -> [Subject] {
    if case .device = who { return [.one(badge: badge, who)] }
    return [.one(badge: badge, who), .strangers(badge: badge)]
  }

  /// Milliseconds until this client may try again; nil for now.
  func wait(_ badge: String, _ who: Who, now: Int64) -> Int64? {
    subjects(badge, who).compactMap { subject in
      guard let known = tries[subject], known.until > now else { return nil }
      return known.until - now
    }.max()
  }

  mutating func fail(_ badge: String, _ who: Who, now: Int64) {
    for subject in subjects(badge, who) {
      let known = tries[subject].flatMap { now - $0.at < Self.memory ? $0 : nil }
      let bad = (known?.bad ?? 0) + 1
      var free = Self.free
      if case .strangers = subject { free = Self.freeOfStrangers }
      let wait = bad < free ? 0 : min(Self.longestWait, 1000 << min(bad - free, 6))
      // Evicts the oldest. Filling the table takes longer than the longest wait, so eviction frees nobody early.
      if tries[subject] == nil, tries.count >= Self.capacity, let oldest = tries.min(by: { $0.value.at < $1.value.at })
      {
        tries[oldest.key] = nil
      }
      tries[subject] = (bad, now + wait, now)
    }
  }

  mutating func succeed(_ badge: String, _ who: Who) { tries[.one(badge: badge, who)] = nil }

  /// Drops the failures of a badge that got a new secret.
  mutating func forget(_ badge: String) {
    tries = tries.filter { subject, _ in
      switch subject {
      case .one(let own, _), .strangers(let own): own != badge
      }
    }
  }
}
