package import Groundwork

/// Commands about the catalogue.
package enum CatalogueCommand: Hashable, Sendable {
  case publishCatalogue(PublishCatalogue)
}

/// Events of the catalogue.
package enum CatalogueEvent: Hashable, Sendable {
  case cataloguePublished(CataloguePublished)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .cataloguePublished: "cataloguePublished"
    }
  }

  var subject: EventSubject {
    var subject = EventSubject()
    switch self {
    case .cataloguePublished(let e): subject.catalogue = e.version
    }
    return subject
  }
}

/// Records a version of the catalogue before anything names it (发布).
package struct PublishCatalogue: Sendable, Hashable {
  package let version: String
  /// SHA-256 of the stored content, 64 hexadecimal digits.
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

/// A version of the catalogue became active. Its content is stored under its version and verified by this digest.
package struct CataloguePublished: Hashable, Sendable {
  /// The reason: the daemon's start, or a reload while the hall was open.
  package enum Cause: String, Hashable, Sendable, CaseIterable { case start, reload }

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

/// A published version in the hall's state.
package struct PublishedCatalogue: Hashable, Sendable {
  package let version: String
  package let content: String
  package let items: Int
  package let cause: CataloguePublished.Cause
  package let at: Timestamp
  package let actor: Principal

  package init(
    version: String, content: String, items: Int, cause: CataloguePublished.Cause, at: Timestamp, actor: Principal
  ) {
    self.version = version
    self.content = content
    self.items = items
    self.cause = cause
    self.at = at
    self.actor = actor
  }
}

/// Every publication of the catalogue, newest last.
package struct CatalogueState: Sendable, Equatable {
  package var published: [PublishedCatalogue] = []

  /// The version that slips name now; nil before the first was published.
  package var current: PublishedCatalogue? { published.last }

  /// The digest of a version's content, from its latest publication.
  package func content(of version: String) -> String? { published.last { $0.version == version }?.content }

  mutating func evolve(_ event: CatalogueEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .cataloguePublished(let e):
      published.append(
        PublishedCatalogue(
          version: e.version, content: e.content, items: e.items, cause: e.cause, at: at, actor: actor))
    }
  }
}

extension HallState {
  /// Publishing the same version again makes no event, so a restart publishes nothing.
  func decide(_ command: CatalogueCommand, _ envelope: Envelope) throws(Refusal) -> Decision {
    let publish =
      switch command {
      case .publishCatalogue(let publish): publish
      }
    guard envelope.actor == .system || envelope.actor.isCoordinator else { throw .request(.coordinatorOnly) }
    if let last = catalogue.current, last.version == publish.version, last.content == publish.content {
      return Decision([], .done)
    }
    let published = CataloguePublished(
      version: publish.version, content: publish.content, items: publish.items, cause: publish.cause)
    return Decision([.catalogue(.cataloguePublished(published))], .done)
  }
}
