/// The version of the whole product: daemon, tool, pages and package.
public enum ProductVersion {
  /// Semantic version, MAJOR.MINOR.PATCH; the same as the first line of packaging/debian/changelog (`HouseTests`).
  public static let current = "0.9.0"
}
