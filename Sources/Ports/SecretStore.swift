/// Stores digests and hashes of secrets across restarts: those of touch pages, of sessions, and of secrets that staff
/// chose.
package protocol SecretStore: Sendable {
  /// The bytes that were saved last; nil when there are none that can be trusted.
  func load() -> [UInt8]?
  /// Replaces the stored bytes.
  ///
  /// - Returns: whether they are durable. For pages and sessions a failure means that staff have to sign in again after
  ///   the next start; the present request is not affected.
  @discardableResult
  func save(_ bytes: [UInt8]) -> Bool
}
