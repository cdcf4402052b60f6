/// Names one slip. Opaque; appears in job names, so it carries nothing of the resident.
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

/// How sure the hall is that paper came out, from the least to the most.
package enum Evidence: Int, Hashable, Comparable, Sendable {
  /// The bytes were accepted by something (AppSocket). Shown as 已发送, never as 已打印.
  case accepted = 0
  /// An IPP printer's own job state says completed.
  case ippCompleted = 1
  /// A status asked for after the cut was answered in order.
  case statusAfterCut = 2
  /// The printer echoed a mark that stands after the last line.
  case echo = 3

  package static func < (a: Evidence, b: Evidence) -> Bool { a.rawValue < b.rawValue }
}

/// What became of one attempt to print.
package enum AttemptOutcome: Hashable, Sendable {
  /// Known that no byte of the slip reached the printer; the only outcome after which the hall may try again by itself.
  case notSent(reason: String)
  case printed(Evidence)
  /// The slip may or may not be on paper; a person is asked.
  case unknown(reason: String)
}

/// Where a slip stands.
package enum SlipState: Hashable, Sendable {
  /// Waits for the print desk.
  case queued
  /// Attempt `attempt` is on its way.
  case printing(attempt: Int)
  case printed(attempt: Int, Evidence)
  case notSent(attempt: Int, reason: String)
  case unknown(attempt: Int, reason: String)
  /// Too old to print: its resident has left.
  case expired

  /// The stable word for pages and API. Evidence E0 alone reads `sent`.
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
