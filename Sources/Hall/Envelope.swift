package import Groundwork

/// A command with all that deciding it needs from outside: who, when, and random bits.
///
/// Nothing below the edge asks the world, so the same envelopes give the same events on every machine.
package struct Envelope: Sendable {
  package let command: Command
  package let actor: Principal
  /// What the civil clock showed, right or wrong: opening hours go by it.
  package let clock: Timestamp
  /// The moment that the events will carry. Never earlier than the newest event, whatever the civil clock does: the registrar
  /// sees to that.
  package var at: Timestamp
  /// Random bits for identities.
  package let entropy: UInt64
  /// What the caller will send again if the answer does not reach it; nil for what the daemon itself does.
  package let key: IdempotencyKey?
  /// Keyed digest of the request's body, to tell a repetition from another request under the same key.
  package let bodyDigest: [UInt8]

  package init(
    _ command: Command, by actor: Principal, at: Timestamp, entropy: UInt64, key: IdempotencyKey? = nil,
    bodyDigest: [UInt8] = []
  ) {
    self.command = command
    self.actor = actor
    clock = at
    self.at = at
    self.entropy = entropy
    self.key = key
    self.bodyDigest = bodyDigest
  }
}

/// An idempotency key within the scope in which it counts: who sent it and to what route.
package struct IdempotencyKey: Hashable, Sendable {
  package let scope: String
  package let key: String

  package init(scope: String, key: String) {
    self.scope = scope
    self.key = key
  }

  /// The key first: many answers share a scope.
  package static func == (a: IdempotencyKey, b: IdempotencyKey) -> Bool { a.key == b.key && a.scope == b.scope }
}

/// What a command came to: references from which its answer is made, now and when it is asked for again.
package enum Outcome: Hashable, Sendable {
  case ticket(PublicCode)
  case finishedAndCalled(finished: PublicCode, called: PublicCode?)
  case notice(PublicCode)
  case window(Int)
  case day
  case help(String)
  case slip(SlipID)
  case done
}

/// An answer that can be given again (it is part of the journal).
package struct IdempotencyRecord: Hashable, Sendable {
  package let key: IdempotencyKey
  package let bodyDigest: [UInt8]
  package let outcome: Outcome

  package init(key: IdempotencyKey, bodyDigest: [UInt8], outcome: Outcome) {
    self.key = key
    self.bodyDigest = bodyDigest
    self.outcome = outcome
  }
}

/// An event as the journal numbers it.
package struct RecordedEvent: Hashable, Sendable {
  /// From 1, without gaps.
  package let sequence: Int64
  package let at: Timestamp
  package let actor: Principal
  package let event: Event
  /// On the last event of a command that had a key.
  package let answer: IdempotencyRecord?

  package init(sequence: Int64, at: Timestamp, actor: Principal, event: Event, answer: IdempotencyRecord?) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.event = event
    self.answer = answer
  }
}
