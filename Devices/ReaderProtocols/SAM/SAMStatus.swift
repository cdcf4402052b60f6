/// The third status byte of a reply, set by the module. The two before it come from the card and are for the log.
///
/// Source: GA/T 467-2019, table of status codes. Codes that only vendors' libraries use (01 to 09) never appear on the
/// wire.
package enum SAMStatus: UInt8, Hashable, Sendable, CaseIterable {
  case commandChecksumWrong = 0x10
  case commandLengthWrong = 0x11
  case commandWrong = 0x21
  case notPermitted = 0x23
  case unknownError = 0x24
  case cardRefusedModule = 0x31
  case moduleRefusedCard = 0x32
  case verificationFailed = 0x33
  case fingerprintVerificationFailed = 0x37
  case dataLengthWrong = 0x3F
  case unknownCard = 0x40
  case readingFailed = 0x41
  case randomNumberFailed = 0x47
  case selfTestFailed = 0x60
  case notAuthorised = 0x66
  case noCard = 0x80
  case selectionFailed = 0x81
  case done = 0x90
  case noSuchItem = 0x91
  case cardFound = 0x9F

  /// One line for logs and for `yichuangctl decode`.
  package var meaning: String {
    switch self {
    case .commandChecksumWrong: "the command arrived with a wrong check byte"
    case .commandLengthWrong: "the command arrived with a wrong length"
    case .commandWrong: "the command is unknown or out of order"
    case .notPermitted: "the command is not permitted"
    case .unknownError: "an error that the module does not name"
    case .cardRefusedModule: "the card does not accept the module"
    case .moduleRefusedCard: "the module does not accept the card"
    case .verificationFailed: "what the card holds could not be verified"
    case .fingerprintVerificationFailed: "the fingerprints could not be verified"
    case .dataLengthWrong: "what the card holds has a wrong length"
    case .unknownCard: "a card of an unknown kind"
    case .readingFailed: "reading failed: the card moved, or was not selected"
    case .randomNumberFailed: "the module could not draw a random number"
    case .selfTestFailed: "the module's self-test failed"
    case .notAuthorised: "the module is not authorised"
    case .noCard: "no card, or the one that was read and still lies there"
    case .selectionFailed: "the card could not be selected"
    case .done: "done"
    case .noSuchItem: "the card does not have this"
    case .cardFound: "a card was found"
    }
  }

  package var reaction: Reaction {
    switch self {
    case .done, .cardFound, .noSuchItem: .goOn
    case .noCard: .poll
    case .selectionFailed, .readingFailed: .reposition
    case .commandChecksumWrong: .resend
    case .commandLengthWrong, .commandWrong, .unknownError, .randomNumberFailed: .reset
    case .cardRefusedModule, .moduleRefusedCard, .verificationFailed, .fingerprintVerificationFailed,
      .dataLengthWrong:
      .refuseCard(.unverifiable)
    case .unknownCard: .refuseCard(.notAnIdentityCard)
    case .notPermitted, .selfTestFailed, .notAuthorised: .giveUp
    }
  }

  /// The reaction to a status.
  package enum Reaction: Hashable, Sendable {
    case goOn
    /// Look for a card again after a pause.
    case poll
    /// Send the same command once more.
    case resend
    /// Find, select and read again; if that fails too, ask for the card to be laid down again.
    case reposition
    /// Reset the module, then look for a card again.
    case reset
    /// Retry once from the start; then report it, and wait for another card.
    case refuseCard(CardTrouble)
    /// Only service or a power cycle helps: report it, and query rarely.
    case giveUp

    /// A name for programs.
    package var name: String {
      switch self {
      case .goOn: "go_on"
      case .poll: "poll"
      case .resend: "resend"
      case .reposition: "reposition"
      case .reset: "reset"
      case .refuseCard: "refuse_card"
      case .giveUp: "give_up"
      }
    }
  }
}
