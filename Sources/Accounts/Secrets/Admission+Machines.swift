package import Groundwork
import Ports
import Synchronization

/// Own secrets and badge PINs in a hall with several machines: chosen at one, they hold at all of them.
extension Admission {
  /// From this call on, a secret that is chosen here is stored with its time, and the other machines are told.
  ///
  /// - Parameters:
  ///   - now: the hall's time.
  ///   - tell: called after each change, while this value is locked: it only notes that there is something to send.
  package func share(now: @escaping @Sendable () -> Timestamp, tell: @escaping @Sendable () -> Void) {
    rolls.withLock { $0.sharing = (now, tell) }
  }

  /// Takes secrets that were chosen at other machines, where they are later than those here.
  ///
  /// - Parameter others: each as `exchange` returned it at another machine; anything else is left out.
  /// - Returns: those that the others do not have yet, by badge.
  package func exchange(_ others: [[UInt8]]) -> [String: [UInt8]] {
    let theirs = others.compactMap { OwnSecret.read(Array("[".utf8) + $0 + Array("]".utf8)).first }
    let (send, listeners) = rolls.withLock { rolls in
      var isChanged = false
      for secret in theirs where isNewer(secret, than: rolls.own[secret.badge], rolls) {
        rolls.own[secret.badge] = secret
        if let account = rolls.staff[secret.badge] { rolls.staff[secret.badge] = account.with(secret) }
        isChanged = true
      }
      let known = Dictionary(theirs.map { ($0.badge, $0) }) { $1 }
      let send = rolls.own.values.filter { isNewer($0, than: known[$0.badge], rolls) }
      // Under the lock, so that a secret that is chosen meanwhile is not overwritten by an earlier list.
      if isChanged { store?.save(OwnSecret.write(rolls.own.values.sorted { $0.badge < $1.badge })) }
      return (send, isChanged ? rolls.listeners : [])
    }
    for tell in listeners { tell(false) }
    return Dictionary(send.map { ($0.badge, Array(OwnSecret.write([$0]).dropFirst().dropLast())) }) { $1 }
  }

  /// Whether a secret is newer than another one.
  ///
  /// False for a secret that replaced a hash that is no longer the configuration's.
  private func isNewer(_ secret: OwnSecret, than other: OwnSecret?, _ rolls: Rolls) -> Bool {
    guard rolls.configured[secret.badge].map(digest) == secret.replaces else { return false }
    guard let other, rolls.configured[other.badge].map(digest) == other.replaces else { return true }
    // At the same moment the hash decides, so that all machines decide alike.
    let (mine, their) = (secret.changed ?? 0, other.changed ?? 0)
    return mine == their ? secret.hash + (secret.pin ?? "") > other.hash + (other.pin ?? "") : mine > their
  }
}
