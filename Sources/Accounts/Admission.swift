import Groundwork
package import Hall
package import Ports
import Slips
import Synchronization

/// Who may sign in, and the secret of the board's link, as configured now.
///
/// Both can change while the hall is open. Whoever is no longer admitted is signed out at once.
package final class Admission: Sendable {
  struct Rolls {
    /// As configured, with the secrets that their owners have chosen.
    var staff: [String: StaffAccount]
    /// Hashes as configured, by badge.
    var configured: [String: String]
    var own: [String: OwnSecret]
    /// Badges by their upper-case form, where that is unambiguous.
    var capitals: [String: String] = [:]
    var boardToken: String
    var listeners: [@Sendable (_ boardChanged: Bool) -> Void] = []
    /// In a hall with several machines: the hall's time, and who tells the others that somebody chose a secret here.
    var sharing: (now: @Sendable () -> Timestamp, tell: @Sendable () -> Void)?
  }

  let rolls: Mutex<Rolls>
  let digest: @Sendable (String) -> String
  private let sealing: any Sealing
  let store: (any SecretStore)?

  /// - Parameters:
  ///   - boardToken: at least 16 characters.
  ///   - sealing, store: keep the secrets that their owners choose; without a store they live as long as this value.
  package init(
    staff: [StaffAccount], boardToken: String, sealing: any Sealing, store: (any SecretStore)? = nil
  ) {
    self.sealing = sealing
    digest = { sealing.digest(Array($0.utf8)).hexadecimal }
    self.store = store
    var rolls = Rolls(staff: [:], configured: [:], own: [:], boardToken: boardToken)
    rolls.own = Dictionary(OwnSecret.read(store?.load()).map { ($0.badge, $0) }) { $1 }
    _ = Self.enter(staff, &rolls, digest)
    self.rolls = Mutex(rolls)
  }

  package var boardToken: String { rolls.withLock { $0.boardToken } }

  func account(_ badge: String) -> StaffAccount? { rolls.withLock { $0.staff[badge] } }

  package func member(_ badge: String) -> StaffMember? { account(badge)?.member }

  /// The member with a scanned or typed badge. Case is ignored where that is unambiguous, because CapsLock inverts a
  /// scanner's letters.
  package func member(reading word: String) -> StaffMember? {
    rolls.withLock { rolls in
      (rolls.staff[word] ?? rolls.capitals[word.uppercased()].flatMap { rolls.staff[$0] })?.member
    }
  }

  /// The configured spelling of a scanned or typed badge or badge code; unchanged when it is unknown. The secret is
  /// asked in any case, so a code is not verified here.
  package func badge(reading said: String) -> String {
    ScannedWords(said).only.flatMap { member(reading: BadgeCode($0)?.badge ?? $0)?.badge } ?? said
  }

  /// The result of checking a badge's code.
  package enum BadgeVerdict: Hashable, Sendable {
    case valid(StaffMember)
    /// A code that this hall gave, and an issue of the badge that was replaced since.
    case revoked(badge: String)
    /// A code of another hall, or a forged or damaged one.
    case unknown
  }

  package func verdict(on code: BadgeCode) -> BadgeVerdict {
    guard let account = member(reading: code.badge).flatMap({ account($0.badge) }) else { return .unknown }
    let badge = account.member.badge
    // No constant-time comparison: the check is an HMAC of what was sent, and the answer says only yes or no.
    guard sealing.badgeCode(badge, issue: code.issue).check == code.check, code.issue <= account.badgeIssue else {
      return .unknown
    }
    return code.issue == account.badgeIssue ? .valid(account.member) : .revoked(badge: badge)
  }

  package func adopt(staff: [StaffAccount], boardToken: String) {
    let (listeners, boardChanged, outdated) = rolls.withLock { rolls in
      let changed = rolls.boardToken != boardToken
      let outdated = Self.enter(staff, &rolls, digest)
      rolls.boardToken = boardToken
      return (rolls.listeners, changed, outdated ? Array(rolls.own.values) : nil)
    }
    if let outdated { store?.save(OwnSecret.write(outdated)) }
    for tell in listeners { tell(boardChanged) }
  }

  /// Every member who may sign in, by badge.
  package func accounts() -> [StaffAccount] {
    rolls.withLock { $0.staff.values.sorted { $0.member.badge < $1.member.badge } }
  }

  /// Replaces the present secret by another one.
  ///
  /// - Parameter isFirst: whether it was given to its owner; else they chose it.
  /// - Returns: the account with it; nil when it could not be stored, and then the present secret stays.
  func replaceSecret(of badge: String, with hash: String, isFirst: Bool = false) -> StaffAccount? {
    rolls.withLock { rolls in
      guard let account = rolls.staff[badge], let configured = rolls.configured[badge] else { return nil }
      // A first secret replaces everything that the member had, including the PIN.
      let own = OwnSecret(
        badge: badge, replaces: digest(configured), hash: hash, first: isFirst ? true : nil,
        pin: isFirst ? nil : account.pinHash)
      return keep(own, of: account, &rolls)
    }
  }

  /// Gives a member a badge PIN, or takes it away.
  ///
  /// - Parameter hash: in the format of `Sealing.hashSecret`; nil for none.
  /// - Returns: as `replaceSecret`.
  func replacePIN(of badge: String, with hash: String?) -> StaffAccount? {
    rolls.withLock { rolls in
      guard let account = rolls.staff[badge], let configured = rolls.configured[badge] else { return nil }
      let own = OwnSecret(
        badge: badge, replaces: digest(configured), hash: account.secretHash,
        first: account.isFirstSecret ? true : nil, pin: hash)
      return keep(own, of: account, &rolls)
    }
  }

  private func keep(_ chosen: OwnSecret, of account: StaffAccount, _ rolls: inout Rolls) -> StaffAccount? {
    var own = rolls.own
    var secret = chosen
    secret.changed = rolls.sharing?.now().milliseconds
    own[secret.badge] = secret
    if let store {
      guard store.save(OwnSecret.write(own.values.sorted { $0.badge < $1.badge })) else { return nil }
    }
    rolls.own = own
    let changed = account.with(secret)
    rolls.staff[secret.badge] = changed
    rolls.sharing?.tell()
    return changed
  }

  /// Calls `tell` after every change of the configuration.
  package func observe(_ tell: @escaping @Sendable (_ boardChanged: Bool) -> Void) {
    rolls.withLock { $0.listeners.append(tell) }
  }

  /// - Returns: whether own secrets were dropped, because the configuration has another hash.
  static func enter(
    _ staff: [StaffAccount], _ rolls: inout Rolls, _ digest: (String) -> String
  ) -> Bool {
    rolls.configured = Dictionary(staff.map { ($0.member.badge, $0.secretHash) }) { first, _ in first }
    let configured = rolls.configured
    let before = rolls.own.count
    rolls.own = rolls.own.filter { badge, own in configured[badge].map(digest) == own.replaces }
    let own = rolls.own
    rolls.staff = Dictionary(
      staff.map { account in
        let badge = account.member.badge
        return (badge, own[badge].map(account.with) ?? account)
      }
    ) { first, _ in first }
    rolls.capitals = Dictionary(grouping: staff.map(\.member.badge), by: { $0.uppercased() }).compactMapValues {
      $0.count == 1 ? $0.first : nil
    }
    return rolls.own.count != before
  }
}
