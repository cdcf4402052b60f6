package import Groundwork

/// A command with all external input for deciding it: principal, time, and random bits.
///
/// The core queries nothing else, so the same envelopes give the same events on every machine.
package struct Envelope: Sendable {
  package let command: Command
  package let actor: Principal
  /// The civil clock's time, right or wrong; opening hours use it.
  package let clock: Timestamp
  /// The time of the events. The registrar ensures that it is never earlier than the newest event, whatever the civil
  /// clock does.
  package var at: Timestamp
  /// Random bits for identities.
  package let entropy: UInt64
  /// The idempotency key of the request; nil for commands of the daemon itself.
  package let key: IdempotencyKey?
  /// Keyed digest of the request's body; it distinguishes a repetition from another request with the same key.
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

/// An idempotency key within its scope: principal and route.
package struct IdempotencyKey: Hashable, Sendable {
  package let scope: String
  package let key: String

  package init(scope: String, key: String) {
    self.scope = scope
    self.key = key
  }

  /// Compares the key first, because many answers share a scope.
  package static func == (a: IdempotencyKey, b: IdempotencyKey) -> Bool { a.key == b.key && a.scope == b.scope }
}

/// The result of a command: references from which its answer is made, now and on a repetition.
package enum Outcome: Hashable, Sendable {
  case ticket(PublicCode)
  case finishedAndCalled(finished: PublicCode, called: PublicCode?)
  case notice(PublicCode)
  case window(Int)
  case day
  case help(String)
  case slip(SlipID)
  case done
  case reservation(PublicCode)
  case openedCase(PublicCode)
  case consult(PublicCode)
  case agency(PublicCode)
  case agencyBatch(PublicCode)
  case handoverList(PublicCode)
}

/// A stored answer, which is part of the journal.
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

/// An event with its number in the journal.
package struct RecordedEvent: Hashable, Sendable {
  /// From 1, without gaps.
  package let sequence: Int64
  package let at: Timestamp
  package let actor: Principal
  package let event: Event
  /// The stored answer; only on the last event of a command with a key.
  package let answer: IdempotencyRecord?

  package init(sequence: Int64, at: Timestamp, actor: Principal, event: Event, answer: IdempotencyRecord?) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.event = event
    self.answer = answer
  }
}
