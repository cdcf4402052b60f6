/// The algorithms under which personal data of cases are sealed.
package enum CaseSuite: String, Hashable, Sendable, CaseIterable {
  /// AES-256-GCM (NIST SP 800-38D).
  case aes
  /// SM4 in counter mode (GB/T 32907, GB/T 17964), then HMAC with SM3 (GB/T 32905, GB/T 15852.2) over all of it: for halls whose
  /// rules ask for the State's algorithms.
  case sm4
}
