import Groundwork

/// The grounds on which somebody is called earlier.
///
/// Sources: 残疾人保障法 第五十五条; 老年人权益保障法 第二条、第五十五条; 社会保险经办条例 第三十条; 军人依法优先, ordinary practice of halls;
/// pregnancy and infants by the hall's own rule.
package enum PriorityReason: String, Hashable, Sendable, CaseIterable {
  case age, disability, pregnant, infant, military, illness, other
}

/// A clerk gives priority to a ticket that was issued without it, or takes it back.
package struct ChangePriority: Hashable, Sendable {
  package let code: PublicCode
  package let priority: Bool
  /// The reason under the day's key; nil when none was given, or the key is not there.
  package let reason: PriorityReasonMark?

  package init(code: PublicCode, priority: Bool, reason: PriorityReasonMark? = nil) {
    self.code = code
    self.priority = priority
    self.reason = reason
  }
}

package struct PriorityChanged: Hashable, Sendable {
  package let code: PublicCode
  package let priority: Bool

  package init(code: PublicCode, priority: Bool) {
    self.code = code
    self.priority = priority
  }
}

/// The reason of a priority; follows the event that gave it, and no state holds it.
package struct PriorityReasonNoted: Hashable, Sendable {
  package let code: PublicCode
  package let mark: PriorityReasonMark

  package init(code: PublicCode, mark: PriorityReasonMark) {
    self.code = code
    self.mark = mark
  }
}

/// A priority's reason as a keyed digest of a salt and the reason under the key of the business day.
///
/// Whoever has the key can find the reason by trying each one. The key is destroyed after the day is closed; from then on
/// nobody can tell which it was (个人信息保护法 第六条、第十九条、第二十八条).
package struct PriorityReasonMark: Hashable, Sendable, CustomStringConvertible {
  /// 80 lower-case hexadecimal digits: 8 bytes of salt, 32 of digest.
  package let description: String

  package static let saltBytes = 8

  /// nil for anything but 80 lower-case hexadecimal digits.
  package init?(_ text: String) {
    guard let bytes = [UInt8](hexadecimal: text), bytes.count == Self.saltBytes + 32, bytes.hexadecimal == text else {
      return nil
    }
    description = text
  }

  /// - Parameters:
  ///   - salt: 64 random bits.
  ///   - digest: 32 bytes, of `text`.
  package init?(salt: UInt64, digest: HolderPseudonym) { self.init(Self.digits(salt) + digest.description) }

  /// What the digest covers.
  package static func text(_ reason: PriorityReason, salt: UInt64) -> String {
    "priority|\(digits(salt))|\(reason.rawValue)"
  }

  private static func digits(_ salt: UInt64) -> String {
    (0..<saltBytes).map { UInt8(truncatingIfNeeded: salt >> UInt64(56 - 8 * $0)) }.hexadecimal
  }
}

extension HallState {
  /// 给优先、取消优先: of a ticket that waits or may still come back to the queue.
  func decideChangePriority(_ change: ChangePriority, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard case .staff(_, let role) = envelope.actor, role == .clerk || role == .coordinator else {
      throw .request(.staffOnly)
    }
    guard let ticket = queue.tickets[change.code] else { throw .queue(.unknownTicket) }
    guard ticket.state == .waiting || ticket.state == .missed else { throw .queue(.ticketIs(ticket.state)) }
    if change.priority, isCarried(ticket) { throw .queue(.priorityNotForAgents) }
    var events: [Event] = []
    if ticket.priority != change.priority {
      events.append(.queue(.priorityChanged(PriorityChanged(code: change.code, priority: change.priority))))
    }
    if change.priority, let reason = change.reason {
      events.append(.queue(.priorityReasonNoted(PriorityReasonNoted(code: change.code, mark: reason))))
    }
    return Decision(events, .ticket(change.code))
  }

  /// Whether an agent took it for somebody.
  private func isCarried(_ ticket: Ticket) -> Bool { queue.agents.values.contains { $0.contains(ticket.code) } }
}
