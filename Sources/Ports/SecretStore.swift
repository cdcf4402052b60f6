/// Where keyed digests of secrets outlive a restart: those of touch pages, those of sessions.
package protocol SecretStore: Sendable {
  /// The bytes that were saved last; nil when there are none that can be trusted.
  func load() -> [UInt8]?
  /// Replaces what was there. What cannot be saved costs a sign-in after the next start, never the request at hand.
  func save(_ bytes: [UInt8])
}
