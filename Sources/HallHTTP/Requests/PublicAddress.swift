/// An address under which a TLS proxy of this machine, the hall's door or another, shows the hall's pages.
package struct PublicAddress: Hashable, Sendable {
  /// `https://hall.example.gov.cn`, in lower case, as a browser sends it in `Origin`.
  let origin: String

  /// - Parameter host: a name, with `:port` unless it is 443.
  package init(host: String) { origin = "https://" + host.lowercased() }

  /// Whether a `Host` header names it.
  func isHost(_ host: String) -> Bool { "https://" + host.lowercased() == origin }
}
