package import PrinterProtocols

/// The `printer-state-reasons` that the backend sets and clears; it leaves all others alone.
///
/// Source of the words: RFC 8011 §5.4.12, PWG 5100.9 §5 (separation cutter); the suffix is the severity.
package enum PrinterReason: String, Hashable, Sendable, CaseIterable {
  case mediaEmpty = "media-empty-error"
  case mediaLow = "media-low-warning"
  case coverOpen = "cover-open-error"
  case cutter = "separation-cutter-unrecoverable-failure-error"
  case offline = "offline-report"
  /// Connected, and neither takes bytes nor answers.
  case timedOut = "timed-out-report"
  case other = "other-error"

  /// The reasons for a `status`. Offline is reported only when nothing else explains it.
  package static func reasons(_ status: PrinterStatus) -> Set<PrinterReason> {
    var reasons: Set<PrinterReason> = []
    if status.contains(.paperEnd) { reasons.insert(.mediaEmpty) }
    if status.contains(.paperNearEnd), !status.contains(.paperEnd) { reasons.insert(.mediaLow) }
    if status.contains(.coverOpen) { reasons.insert(.coverOpen) }
    if status.contains(.cutterError) { reasons.insert(.cutter) }
    if status.contains(.otherError) { reasons.insert(.other) }
    if status.contains(.offline), reasons.isSubset(of: [.mediaLow]) { reasons.insert(.offline) }
    return reasons
  }
}
