import ReaderProtocols
import Testing

// Goal: every status code has a meaning and a reaction. Method: the table of codes; meanings are distinct.
@Suite("Status of a card module")
struct SAMStatusTests {
  static let table: [(UInt8, SAMStatus, SAMStatus.Reaction)] = [
    (0x90, .done, .goOn), (0x9F, .cardFound, .goOn), (0x91, .noSuchItem, .goOn), (0x80, .noCard, .poll),
    (0x81, .selectionFailed, .reposition), (0x10, .commandChecksumWrong, .resend), (0x11, .commandLengthWrong, .reset),
    (0x21, .commandWrong, .reset), (0x23, .notPermitted, .giveUp), (0x24, .unknownError, .reset),
    (0x31, .cardRefusedModule, .refuseCard(.unverifiable)), (0x32, .moduleRefusedCard, .refuseCard(.unverifiable)),
    (0x33, .verificationFailed, .refuseCard(.unverifiable)),
    (0x37, .fingerprintVerificationFailed, .refuseCard(.unverifiable)),
    (0x3F, .dataLengthWrong, .refuseCard(.unverifiable)), (0x40, .unknownCard, .refuseCard(.notAnIdentityCard)),
    (0x41, .readingFailed, .reposition), (0x47, .randomNumberFailed, .reset), (0x60, .selfTestFailed, .giveUp),
    (0x66, .notAuthorised, .giveUp),
  ]

  @Test("each code has its reaction", arguments: table)
  func reaction(code: UInt8, status: SAMStatus, reaction: SAMStatus.Reaction) {
    #expect(SAMStatus(rawValue: code) == status)
    #expect(status.reaction == reaction)
  }

  @Test("the table is whole, and no two codes mean the same")
  func whole() {
    #expect(Self.table.count == SAMStatus.allCases.count)
    #expect(Set(SAMStatus.allCases.map(\.meaning)).count == SAMStatus.allCases.count)
  }
}
