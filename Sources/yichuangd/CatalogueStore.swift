import Hall
import Ports
import Synchronization

/// Each version of the catalogue that was in force, so that an old notice can be shown and printed again as it was.
///
/// Those of this run and those that were asked for stay in memory; the others are read from the state folder, and only
/// as they were published.
final class CatalogueStore: Sendable {
  private struct Content {
    var sealed: [String: String]
    var read: [String: Catalogue] = [:]
  }

  private let archive: any CatalogueKeeping
  private let content: Mutex<Content>

  init(_ hall: OpenedHall) {
    archive = hall.archive
    content = Mutex(Content(sealed: Dictionary(hall.state.catalogue.published.map { ($0.version, $0.content) }) { $1 }))
  }

  /// Keeps a version on disk.
  ///
  /// - Returns: the digest of what is kept, for the event that publishes it.
  func keep(_ catalogue: Catalogue) throws(StateFault) -> String {
    let sealed = try archive.keep(catalogue, sealed: content.withLock { $0.sealed[catalogue.version] })
    content.withLock { content in
      content.sealed[catalogue.version] = sealed
      content.read[catalogue.version] = catalogue
    }
    return sealed
  }

  /// Nil when it was never in force here, or its file is not what was published.
  func catalogue(_ version: String) -> Catalogue? {
    let (known, sealed) = content.withLock { ($0.read[version], $0.sealed[version]) }
    if let known { return known }
    guard let sealed, let catalogue = archive.catalogue(version, sealed: sealed) else { return nil }
    content.withLock { $0.read[version] = catalogue }
    return catalogue
  }
}
