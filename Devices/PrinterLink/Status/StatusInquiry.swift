package import PrinterProtocols

/// The questions that tell whether a printer can print now: one at a time, because the answers do not say which
/// question they belong to, and some printers answer only some of them.
///
/// Offline first, then its cause and the paper; the cause of an error is asked for only where there is one.
package struct StatusInquiry: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case ask(RealTimeQuestion)
    case over(PrinterStatus)
  }

  package static let first = RealTimeQuestion.printer
  private var gathered: PrinterStatus = []

  package init() {}

  /// Takes the answer to the question asked last.
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
      // "An error" of the second question may turn out to be the cutter's.
      if status.contains(.cutterError) { gathered.remove(.otherError) }
      return .over(gathered.union(status))
    }
  }
}
