/// A fault of the next reply of a card module.
struct ReaderFault {
  enum Kind: String, CaseIterable {
    case silent
    case badSum = "badsum"
    case noise, stall, chunk, truncate
    /// It comes together with the next one.
    case late
  }

  let kind: Kind
  /// Size of the pieces, or bytes cut off.
  let number: Int
  /// Only of the reply to this command.
  let command: UInt8?
}

/// How a transfer fails, whatever it carries.
enum TransferFailure: String, CaseIterable {
  case stall, error, silence, unplug
}
