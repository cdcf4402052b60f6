/// The status of a receipt printer, gathered from its answers.
package struct PrinterStatus: OptionSet, Hashable, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let offline = PrinterStatus(rawValue: 1 << 0)
  package static let coverOpen = PrinterStatus(rawValue: 1 << 1)
  package static let paperNearEnd = PrinterStatus(rawValue: 1 << 2)
  package static let paperEnd = PrinterStatus(rawValue: 1 << 3)
  package static let cutterError = PrinterStatus(rawValue: 1 << 4)
  /// An error that needs a person or a power cycle, or a temporary one (the head is too hot).
  package static let otherError = PrinterStatus(rawValue: 1 << 5)
  /// The paper is being fed with the button.
  package static let feedButton = PrinterStatus(rawValue: 1 << 6)

  /// Nothing prevents the next slip.
  package var isReady: Bool { isSubset(of: [.paperNearEnd]) }
}

/// The queries `DLE EOT n`.
///
/// An answer does not name its query.
package enum RealTimeQuestion: UInt8, Hashable, Sendable, CaseIterable {
  case printer = 1
  case offlineCause
  case errorCause
  case paper

  /// The command.
  package var bytes: [UInt8] { [0x10, 0x04, rawValue] }

  /// The status in an answer to this query.
  ///
  /// Source: Epson ESC/POS, `DLE EOT`, tables for n = 1...4.
  package func status(of answer: UInt8) -> PrinterStatus {
    let meanings: [(UInt8, PrinterStatus)] =
      switch self {
      case .printer: [(0x08, .offline), (0x40, .feedButton)]
      case .offlineCause: [(0x04, .coverOpen), (0x08, .feedButton), (0x20, .paperEnd), (0x40, .otherError)]
      case .errorCause: [(0x08, .cutterError), (0x20, .otherError), (0x40, .otherError)]
      case .paper: [(0x0C, .paperNearEnd), (0x60, .paperEnd)]
      }
    return meanings.reduce(into: []) { status, meaning in
      if answer & meaning.0 != 0 { status.insert(meaning.1) }
    }
  }

  /// The answer of a printer in `status`; bits 1 and 4 are always set.
  package func answer(_ status: PrinterStatus) -> UInt8 {
    switch self {
    case .printer: 0x12 | (status.isReady ? 0 : 0x08)
    case .offlineCause:
      0x12 | (status.contains(.coverOpen) ? 0x04 : 0) | (status.contains(.paperEnd) ? 0x20 : 0)
        | (status.isDisjoint(with: [.cutterError, .otherError]) ? 0 : 0x40)
    case .errorCause: 0x12 | (status.contains(.cutterError) ? 0x08 : 0) | (status.contains(.otherError) ? 0x20 : 0)
    case .paper:
      0x12 | (status.isDisjoint(with: [.paperNearEnd, .paperEnd]) ? 0 : 0x0C)
        | (status.contains(.paperEnd) ? 0x60 : 0)
    }
  }
}
