/// Why nothing came of talking to a device.
package enum LinkFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no such host, or it does not answer, or refuses.
  case unreachable(String)
  /// Somebody else has the device open.
  case busy
  /// A connection that stood has broken.
  case broken(String)
  /// The time for it is over.
  case timedOut

  package var description: String {
    switch self {
    case .unreachable(let text): "cannot be reached (\(text))"
    case .busy: "somebody else has the device open"
    case .broken(let text): "the connection broke (\(text))"
    case .timedOut: "no answer in time"
    }
  }
}
