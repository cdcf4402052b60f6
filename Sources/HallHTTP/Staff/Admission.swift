import Slips
import Synchronization

/// Who may come in: the staff and the secret of a board's link, as the configuration has them now.
///
/// A coordinator adds a clerk while the hall is open, so both can change; who is not admitted any more is shown out at
/// once.
package final class Admission: Sendable {
  private struct Rolls {
    var staff: [String: StaffMember]
    /// Badges in capitals, for those that are the same in no other case.
    var capitals: [String: String] = [:]
    var boardToken: String
    var listeners: [@Sendable (_ boardChanged: Bool) -> Void] = []
  }

  private let rolls: Mutex<Rolls>

  /// - Parameter boardToken: 16 characters at least.
  package init(staff: [StaffMember], boardToken: String) {
    rolls = Mutex(Rolls(staff: Self.byBadge(staff), capitals: Self.capitals(staff), boardToken: boardToken))
  }

  var boardToken: String { rolls.withLock { $0.boardToken } }

  package func member(_ badge: String) -> StaffMember? { rolls.withLock { $0.staff[badge] } }

  /// Whoever has a badge that was scanned or typed, read without case where that is sure: a scanner's CapsLock turns letters round.
  package func member(reading word: String) -> StaffMember? {
    rolls.withLock { rolls in
      rolls.staff[word] ?? rolls.capitals[word.uppercased()].flatMap { rolls.staff[$0] }
    }
  }

  /// A badge as it is configured, from what a scanner or a hand put into the field; what is nobody's stays as it was said.
  func badge(reading said: String) -> String {
    ScannedWords(said).only.flatMap { member(reading: $0)?.badge } ?? said
  }

  /// Anybody's hash, for comparisons that must take as long as real ones; empty without staff.
  var anyHash: String { rolls.withLock { $0.staff.values.first?.secretHash ?? "" } }

  package func adopt(staff: [StaffMember], boardToken: String) {
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
  func observe(_ tell: @escaping @Sendable (_ boardChanged: Bool) -> Void) {
    rolls.withLock { $0.listeners.append(tell) }
  }

  private static func capitals(_ staff: [StaffMember]) -> [String: String] {
    Dictionary(grouping: staff.map(\.badge), by: { $0.uppercased() }).compactMapValues {
      $0.count == 1 ? $0.first : nil
    }
  }

  private static func byBadge(_ staff: [StaffMember]) -> [String: StaffMember] {
    Dictionary(staff.map { ($0.badge, $0) }) { first, _ in first }
  }
}
