import Desks
import Foundation
import Hall
import Synchronization

/// Keeps each version of the catalogue that was in force, so that an old notice can be shown and printed again as it
/// was.
///
/// A file for each version in the state folder, named by its digest: JSON, written once. What cannot be kept is missed
/// only by a reprint after the catalogue changed, so nothing stops for it.
final class CatalogueShelf: Sendable {
  /// A catalogue's file is bounded as its source is.
  static let largestFile = 16_000_000

  private let folder: String
  private let read = Mutex<[String: Catalogue]>([:])

  init(stateFolder: String) { folder = stateFolder + "/catalogues" }

  func keep(_ catalogue: Catalogue) {
    read.withLock { $0[catalogue.version] = catalogue }
    let path = path(catalogue.version)
    guard !FileManager.default.fileExists(atPath: path), let data = try? JSONEncoder().encode(catalogue) else { return }
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? data.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// Nil when it was never in force here.
  func catalogue(_ version: String) -> Catalogue? {
    if let known = read.withLock({ $0[version] }) { return known }
    guard version.allSatisfy(\.isHexDigit), let data = FileManager.default.contents(atPath: path(version)),
      data.count <= Self.largestFile, let catalogue = try? JSONDecoder().decode(Catalogue.self, from: data)
    else { return nil }
    read.withLock { $0[version] = catalogue }
    return catalogue
  }

  private func path(_ version: String) -> String { "\(folder)/\(version).json" }
}
