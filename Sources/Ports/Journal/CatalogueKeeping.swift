package import Hall

/// Stores the content of each published version of the catalogue; the journal has its digest.
package protocol CatalogueKeeping: Sendable {
  /// Stores a version on disk.
  ///
  /// - Parameter sealed: the digest of this version in the journal; nil when it has none.
  /// - Returns: the digest of the stored content, 64 hexadecimal digits.
  func keep(_ catalogue: Catalogue, sealed: String?) throws(StateFault) -> String

  /// Nil when it is missing, or has another digest than the published one.
  func catalogue(_ version: String, sealed: String) -> Catalogue?
}
