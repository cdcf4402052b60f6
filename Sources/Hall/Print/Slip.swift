/// Identifies one slip. Opaque; it appears in job names, so it has no personal data.
package struct SlipID: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String
  package init(_ text: String) { self.text = text }
  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
  package var description: String { text }
}

/// How reliably paper is known to have come out, in ascending order.
package enum Evidence: Int, Hashable, Comparable, Sendable {
  /// The bytes were accepted (AppSocket). Shown as 已发送, never as 已打印.
  case accepted = 0
  /// The job state at the IPP printer is completed.
  case ippCompleted = 1
  /// A status query after the cut was answered in order.
  case statusAfterCut = 2
  /// The printer echoed a process id that follows the last line.
  case echo = 3

  package static func < (a: Evidence, b: Evidence) -> Bool { a.rawValue < b.rawValue }
}

/// The outcome of one attempt to print.
package enum AttemptOutcome: Hashable, Sendable {
  /// No byte of the slip reached the printer, for certain; the only outcome after which the hall may retry by itself.
  case notSent(reason: String)
  case printed(Evidence)
  /// The slip may or may not be on paper; a person is asked.
  case unknown(reason: String)
}

/// The state of a slip.
package enum SlipState: Hashable, Sendable {
  /// Waits for the print desk.
  case queued
  /// Attempt `attempt` is in progress.
  case printing(attempt: Int)
  case printed(attempt: Int, Evidence)
  case notSent(attempt: Int, reason: String)
  case unknown(attempt: Int, reason: String)
  /// Expired: its resident has left.
  case expired

  /// The word for pages and API. Evidence E0 alone is `sent`.
  package var word: String {
    switch self {
    case .queued: "queued"
    case .printing: "printing"
    case .printed(_, .accepted): "sent"
    case .printed: "printed"
    case .notSent: "not_sent"
    case .unknown: "unknown"
    case .expired: "expired"
    }
  }
}
