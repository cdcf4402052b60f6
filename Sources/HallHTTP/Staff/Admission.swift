import Synchronization

/// Who may come in: the staff and the secret of a board's link, as the configuration has them now.
///
/// A coordinator adds a clerk while the hall is open, so both can change; who is not admitted any more is shown out at
/// once.
package final class Admission: Sendable {
  private struct Rolls {
    var staff: [String: StaffMember]
    var boardToken: String
    var listeners: [@Sendable (_ boardChanged: Bool) -> Void] = []
  }

  private let rolls: Mutex<Rolls>

  /// - Parameter boardToken: 16 characters at least.
  package init(staff: [StaffMember], boardToken: String) {
    rolls = Mutex(Rolls(staff: Self.byBadge(staff), boardToken: boardToken))
  }

  var boardToken: String { rolls.withLock { $0.boardToken } }

  package func member(_ badge: String) -> StaffMember? { rolls.withLock { $0.staff[badge] } }

  /// Anybody's hash, for comparisons that must take as long as real ones; empty without staff.
  var anyHash: String { rolls.withLock { $0.staff.values.first?.secretHash ?? "" } }

  package func adopt(staff: [StaffMember], boardToken: String) {
    let (listeners, boardChanged) = rolls.withLock { rolls in
      let changed = rolls.boardToken != boardToken
      rolls.staff = Self.byBadge(staff)
      rolls.boardToken = boardToken
      return (rolls.listeners, changed)
    }
    for tell in listeners { tell(boardChanged) }
  }

  /// Calls `tell` after every change.
  func observe(_ tell: @escaping @Sendable (_ boardChanged: Bool) -> Void) {
    rolls.withLock { $0.listeners.append(tell) }
  }

  private static func byBadge(_ staff: [StaffMember]) -> [String: StaffMember] {
    Dictionary(staff.map { ($0.badge, $0) }) { first, _ in first }
  }
}
