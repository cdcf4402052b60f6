/// Stores keyed digests of secrets across restarts: those of touch pages, those of sessions.
package protocol SecretStore: Sendable {
  /// The bytes that were saved last; nil when there are none that can be trusted.
  func load() -> [UInt8]?
  /// Replaces the stored bytes. When saving fails, staff have to sign in again after the next start; the present
  /// request is not affected.
  func save(_ bytes: [UInt8])
}
