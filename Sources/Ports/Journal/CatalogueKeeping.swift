package import Hall

/// Keeps the content of each published version of the catalogue, beside the journal that seals its digest.
package protocol CatalogueKeeping: Sendable {
  /// Keeps a version on disk.
  ///
  /// - Parameter sealed: the digest under which the journal knows this version; nil when it does not.
  /// - Returns: the digest of what is kept, 64 hexadecimal digits.
  func keep(_ catalogue: Catalogue, sealed: String?) throws(StateFault) -> String

  /// Nil when it is not there, or is not what was published.
  func catalogue(_ version: String, sealed: String) -> Catalogue?
}
