package import Hall

/// Where a machine of a hall with several keeps the numbers that it may give while it is cut off, and those that it gave.
///
/// What a method was given is durable when it returns.
package protocol OutboxPort: Sendable {
  /// Names this account; see `NumbersLeased.holder`. Another one begins where this one is lost.
  var holder: String { get }
  /// Stores a lease, before any of its numbers is given.
  func keep(_ lease: NumbersLeased) async throws(JournalFault)
  /// Removes a lease; none of its numbers is given any more.
  func giveUp(_ lease: NumbersLeased) async throws(JournalFault)
  /// Stores a ticket, before anybody sees its number.
  func keep(_ ticket: LeasedTicket) async throws(JournalFault)
  /// Stores what became of a ticket's slip.
  func note(_ slip: AttemptOutcome, of code: PublicCode) async throws(JournalFault)
  /// Removes a ticket that the journal has, or has refused.
  func settle(_ code: PublicCode) async throws(JournalFault)
}
