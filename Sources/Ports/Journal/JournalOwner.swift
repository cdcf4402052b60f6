/// Whose a state folder and its journal are: the hall's own, or a training's (演练), or a copy of the journal that the
/// hall's machines share.
///
/// The storage marks both, so that neither a folder nor a file that was copied is ever taken for the other. A record of the
/// hall says nothing of training.
package enum JournalOwner: Hashable, Sendable, CaseIterable {
  case hall
  case training
  /// This machine's copy of a shared journal. Whoever only reads takes it for the hall's, which it is.
  case replica
}
