/// The version of the whole product: daemon, tool, pages and package.
public enum ProductVersion {
  /// Semantic version, MAJOR.MINOR.PATCH; the same as the first line of packaging/debian/changelog (`HouseTests`).
  public static let current = "0.9.0"
  /// The civil date on which this version was made, that of the newest entry of packaging/debian/changelog (`HouseTests`).
  ///
  /// A clock that shows less is wrong: no hall ran this program earlier.
  package static let date = CivilDate(daysSinceEpoch: 20_786)  // 2026-11-29
}
