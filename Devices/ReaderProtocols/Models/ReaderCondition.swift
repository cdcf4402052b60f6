/// What a connected device does for the hall.
package enum ReaderKind: String, Hashable, Sendable, CaseIterable {
  /// Reads identity cards.
  case cardReader = "card_reader"
  /// Reads codes.
  case scanner
}

/// The condition of a connected device.
package enum ReaderCondition: String, Hashable, Sendable, CaseIterable {
  /// Being opened, for the first time or again.
  case opening
  case ready
  /// Another program holds it; retried.
  case taken
  /// The daemon's user may not open it; retried.
  case notPermitted = "not_permitted"
  /// No valid answer; being reset and opened again.
  case silent
  /// The card module reports that it cannot work.
  case needsService = "needs_service"
}
