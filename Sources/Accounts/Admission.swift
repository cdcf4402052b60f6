package import Hall
import Slips
import Synchronization

/// Who may sign in, and the secret of the board's link, as configured now.
///
/// Both can change while the hall is open. Whoever is no longer admitted is signed out at once.
package final class Admission: Sendable {
  private struct Rolls {
    var staff: [String: StaffAccount]
    /// Badges by their upper-case form, where that is unambiguous.
    var capitals: [String: String] = [:]
    var boardToken: String
    var listeners: [@Sendable (_ boardChanged: Bool) -> Void] = []
  }

  private let rolls: Mutex<Rolls>

  /// - Parameter boardToken: at least 16 characters.
  package init(staff: [StaffAccount], boardToken: String) {
    rolls = Mutex(Rolls(staff: Self.byBadge(staff), capitals: Self.capitals(staff), boardToken: boardToken))
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

  /// The configured spelling of a scanned or typed badge; unchanged when it is unknown.
  package func badge(reading said: String) -> String {
    ScannedWords(said).only.flatMap { member(reading: $0)?.badge } ?? said
  }

  /// Some member's hash, so that comparing an unknown badge takes as long as a known one; empty without staff.
  var anyHash: String { rolls.withLock { $0.staff.values.first?.secretHash ?? "" } }

  package func adopt(staff: [StaffAccount], boardToken: String) {
    let (listeners, boardChanged) = rolls.withLock { rolls in
      let changed = rolls.boardToken != boardToken
      rolls.staff = Self.byBadge(staff)
      rolls.capitals = Self.capitals(staff)
      rolls.boardToken = boardToken
      return (rolls.listeners, changed)
    }
    for tell in listeners { tell(boardChanged) }
  }

  /// Calls `tell` after every change.
  package func observe(_ tell: @escaping @Sendable (_ boardChanged: Bool) -> Void) {
    rolls.withLock { $0.listeners.append(tell) }
  }

  private static func capitals(_ staff: [StaffAccount]) -> [String: String] {
    Dictionary(grouping: staff.map(\.member.badge), by: { $0.uppercased() }).compactMapValues {
      $0.count == 1 ? $0.first : nil
    }
  }

  private static func byBadge(_ staff: [StaffAccount]) -> [String: StaffAccount] {
    Dictionary(staff.map { ($0.member.badge, $0) }) { first, _ in first }
  }
}
