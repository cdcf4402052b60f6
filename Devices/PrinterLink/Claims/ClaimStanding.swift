package import PrinterProtocols

/// What the claims folder records about one attempt. It outlives cupsd, the backend and the daemon.
package enum ClaimStanding: Hashable, Sendable {
  /// Nobody has claimed it. The first claim decides.
  case free
  /// The hall has claimed it: nothing was sent, and nothing ever will be.
  case withdrawn
  /// A backend has claimed it: bytes may have reached the printer, which has not confirmed yet.
  ///
  /// - Parameter isAlive: whether that backend still runs. If not, the confirmation will never come.
  case sending(isAlive: Bool)
  /// The printer has confirmed, as far as it can.
  case done(CompletionMethod)
}

/// A claims folder could not be used.
package struct ClaimsFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let operation: String
  /// errno.
  package let code: Int32

  package init(operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }

  package var description: String { "\(operation): errno \(code)" }
}

extension CompletionMethod {
  /// The word in a done file, which names the method and so the evidence. IPP printers have no claims.
  var doneWord: String {
    switch self {
    case .echo: "E3"
    case .status: "E2"
    case .ipp: "E1"
    case .none: "E0"
    }
  }

  init?(doneWord: Substring) {
    guard let method = Self.allCases.first(where: { $0.doneWord == doneWord }) else { return nil }
    self = method
  }
}
