package import PrinterProtocols

/// The sequence of queries that tells whether a printer can print now. One at a time, because answers do not name their
/// query, and some printers answer only some of them.
///
/// Offline first, then its cause and the paper; the cause of an error only where there is one.
package struct StatusInquiry: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case ask(RealTimeQuestion)
    case over(PrinterStatus)
  }

  package static let first = RealTimeQuestion.printer
  private var gathered: PrinterStatus = []

  package init() {}

  /// Takes the answer to the last query.
  package mutating func take(_ question: RealTimeQuestion, _ status: PrinterStatus) -> Step {
    switch question {
    case .printer:
      gathered.formUnion(status)
      return .ask(.offlineCause)
    case .offlineCause:
      gathered.formUnion(status)
      return .ask(.paper)
    case .paper:
      gathered.formUnion(status)
      let isExplained = !gathered.isDisjoint(with: [.coverOpen, .paperEnd, .feedButton])
      let hasError = gathered.contains(.otherError) || gathered.contains(.offline) && !isExplained
      return hasError ? .ask(.errorCause) : .over(gathered)
    case .errorCause:
      // The "error" of the second query may turn out to be the cutter's.
      if status.contains(.cutterError) { gathered.remove(.otherError) }
      return .over(gathered.union(status))
    }
  }
}
