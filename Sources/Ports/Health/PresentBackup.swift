package import Groundwork

/// How old the archives of the hall are, as pages show it. A hall without `backup.yaml` has none to show.
package struct PresentBackup: Hashable, Sendable {
  /// The target whose last verified archive is the oldest; nil before any was tried.
  package let target: String?
  /// When that target got it; nil while it has none.
  package let at: Timestamp?
  /// Too long ago.
  package let isOld: Bool

  package init(target: String?, at: Timestamp?, isOld: Bool) {
    self.target = target
    self.at = at
    self.isOld = isOld
  }
}
