package import ReaderProtocols

/// A card reader or a scanner as a page shows it.
package struct PresentReader: Hashable, Sendable {
  package let kind: ReaderKind
  package let name: String
  /// nil while nothing is known yet.
  package let condition: ReaderCondition?

  package init(kind: ReaderKind, name: String, condition: ReaderCondition?) {
    self.kind = kind
    self.name = name
    self.condition = condition
  }
}
