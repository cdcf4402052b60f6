/// The `printer-state-reasons` of a queue or an IPP printer, reduced to what matters for a slip printer.
///
/// Source: RFC 8011 §5.4.12 and the IANA registry of IPP `printer-state-reasons`; the words beginning with `cups-` are
/// the scheduler's own.
package struct StateReasons: OptionSet, Hashable, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let mediaLow = StateReasons(rawValue: 1 << 0)
  /// No paper.
  ///
  /// Printers report it as error, warning or report, so the severity is ignored here.
  package static let mediaEmpty = StateReasons(rawValue: 1 << 1)
  package static let coverOpen = StateReasons(rawValue: 1 << 2)
  package static let cutterFault = StateReasons(rawValue: 1 << 3)
  /// The printer cannot be reached, or says that it is offline.
  package static let offline = StateReasons(rawValue: 1 << 4)
  /// Somebody or the scheduler's error policy has paused the queue.
  package static let paused = StateReasons(rawValue: 1 << 5)
  /// Anything else that is reported as an error.
  package static let otherError = StateReasons(rawValue: 1 << 6)
  /// The backend is looking for the printer: usual for a moment at each job.
  package static let connecting = StateReasons(rawValue: 1 << 7)

  /// The combined meaning of the keywords of one `printer-state-reasons` attribute.
  package init(keywords: some Sequence<String>) {
    self = keywords.reduce(into: []) { $0.formUnion(StateReasons(keyword: $1)) }
  }

  /// The meaning of one keyword; empty for `none`, for reports and for warnings that stop no slip.
  package init(keyword: String) {
    let (word, severity) = Self.split(keyword)
    switch word {
    case "none", "": self = []
    case "media-low", "media-almost-empty": self = .mediaLow
    case "media-empty", "media-needed": self = .mediaEmpty
    case "cover-open", "door-open", "interlock-open", "input-tray-missing": self = .coverOpen
    case "offline", "shutdown", "timed-out": self = .offline
    case "paused", "moving-to-paused": self = .paused
    case "connecting-to-device": self = .connecting
    default:
      if Self.isCutter(word), severity == .error {
        self = .cutterFault
      } else {
        self = severity == .error && !word.hasPrefix("cups-") ? .otherError : []
      }
    }
  }

  private enum Severity { case report, warning, error }

  /// A keyword without a suffix counts as an error (RFC 8011 §5.4.12).
  private static func split(_ keyword: String) -> (word: Substring, Severity) {
    let suffixes: [(String, Severity)] = [("-report", .report), ("-warning", .warning), ("-error", .error)]
    for (suffix, severity) in suffixes where keyword.hasSuffix(suffix) {
      return (keyword.dropLast(suffix.count), severity)
    }
    return (keyword[...], .error)
  }

  private static func isCutter(_ word: Substring) -> Bool {
    ["cutter", "separation-cutter", "die-cutter", "trimmer", "slitter"].contains { word.hasPrefix($0 + "-") }
  }
}
