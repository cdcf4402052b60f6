package import Groundwork

/// Puts a version of the catalogue on record before anything names it (发布).
package struct PublishCatalogue: Sendable, Hashable {
  package let version: String
  /// SHA-256 of the content as it is kept, 64 hexadecimal digits.
  package let content: String
  package let items: Int
  package let cause: CataloguePublished.Cause

  package init(version: String, content: String, items: Int, cause: CataloguePublished.Cause) {
    self.version = version
    self.content = content
    self.items = items
    self.cause = cause
  }
}

/// A version of the catalogue came into force; its content is kept under its version, and this seals it.
package struct CataloguePublished: Hashable, Sendable, Codable {
  /// What brought it: the daemon's start, or configuration and catalogue read again while the hall was open.
  package enum Cause: String, Hashable, Sendable, Codable, CaseIterable { case start, reload }

  package let version: String
  /// As `PublishCatalogue.content`.
  package let content: String
  package let items: Int
  package let cause: Cause

  package init(version: String, content: String, items: Int, cause: Cause) {
    self.version = version
    self.content = content
    self.items = items
    self.cause = cause
  }
}

/// A version as the hall remembers that it was published.
package struct PublishedCatalogue: Hashable, Sendable {
  package let version: String
  package let content: String
  package let items: Int
  package let cause: CataloguePublished.Cause
  package let at: Timestamp
  package let actor: Principal
}

extension HallState {
  /// The version that slips name now; nil before the first was published.
  package var publishedCatalogue: PublishedCatalogue? { catalogues.last }

  /// The digest of a version's content, as it was sealed last.
  package func content(ofCatalogue version: String) -> String? { catalogues.last { $0.version == version }?.content }

  /// The same version again is no event: a restart publishes nothing.
  func decidePublish(_ publish: PublishCatalogue, _ envelope: Envelope) throws(Refusal) -> Decision {
    guard envelope.actor == .system || envelope.actor.isCoordinator else { throw .coordinatorOnly }
    if let last = publishedCatalogue, last.version == publish.version, last.content == publish.content {
      return Decision([], .done)
    }
    let published = CataloguePublished(
      version: publish.version, content: publish.content, items: publish.items, cause: publish.cause)
    return Decision([.cataloguePublished(published)], .done)
  }

  mutating func evolvePublished(_ e: CataloguePublished, _ at: Timestamp, _ actor: Principal) {
    catalogues.append(
      PublishedCatalogue(version: e.version, content: e.content, items: e.items, cause: e.cause, at: at, actor: actor))
  }
}
