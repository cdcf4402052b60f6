import SecurityRecords

/// Refusals that are logged for later inspection.
///
/// A line has the refusal's code, the address, the listener and the start of the path. It has nothing else of the request:
/// no secret, no link, no code of a ticket.
extension SecurityLog {
  /// The codes that are logged.
  static let codes: Set<String> = [
    "wrong_badge_or_secret", "wrong_secret", "try_later", "wrong_link", "board_link_needed", "page_needed",
    "kiosk_held", "wrong_page_secret", "slip_needed", "not_allowed", "staff_only", "coordinator_only", "role_needed",
    "not_your_window", "too_fast", "cross_site", "wrong_host",
  ]

  /// - Parameters:
  ///   - badge: of the sign-in or of whoever is signed in, if it is one of the hall's.
  ///   - path: of the request; only its first two components are logged.
  func note(
    _ problem: Problem, listener: String, source: String, badge: String?, method: String, path: String
  ) {
    guard Self.codes.contains(problem.code) else { return }
    let event: SecurityRecord.Event =
      switch problem.code {
      case "wrong_badge_or_secret", "wrong_secret": .signInFailed
      case "try_later": .lockedOut
      default: .refused
      }
    note(
      event,
      [
        .badge: badge, .code: problem.code, .source: source, .listener: listener,
        .request: "\(method) /\(path.split(separator: "/").prefix(2).joined(separator: "/"))",
        .seconds: event == .lockedOut ? problem.retryAfter.map(String.init) : nil,
      ])
  }
}
