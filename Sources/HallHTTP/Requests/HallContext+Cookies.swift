import Hummingbird

extension HallContext {
  /// The prefix of cookies that a browser takes over TLS alone, for this host alone (RFC 6265bis §4.1.3.2).
  static let hostPrefix = "__Host-"

  /// A cookie's name as this request's browser has it.
  ///
  /// Cookies are not separated by port (RFC 6265 §8.5). Without the prefix, a page of another port of this machine could
  /// set one. The hall and its training share one host at the door, so each has names of its own.
  func cookieName(_ name: String) -> String {
    let name = isTraining ? "training_" + name : name
    return comesByDoor ? Self.hostPrefix + name : name
  }

  /// A cookie for this request's browser: `HttpOnly`, `SameSite=Strict`, over TLS also `Secure`.
  ///
  /// - Parameter path: what it is sent with; over TLS always everything, because the prefix requires `/`.
  func cookie(_ name: String, _ value: String, maxAge: Int? = nil, path: String = "/") -> Cookie {
    Cookie(
      name: cookieName(name), value: value, maxAge: maxAge, path: comesByDoor ? "/" : path, secure: comesByDoor,
      httpOnly: true, sameSite: .strict)
  }
}
