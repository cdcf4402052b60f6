/// Why an exchange with a device failed.
package enum LinkFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no such host, or it does not answer, or refuses.
  case unreachable(String)
  /// Another process has the device open.
  case busy
  /// An open connection broke.
  case broken(String)
  /// The timeout is over.
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
