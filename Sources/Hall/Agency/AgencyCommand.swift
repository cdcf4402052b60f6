package import Groundwork

/// Commands about agency cases.
package enum AgencyCommand: Hashable, Sendable {
  case entrust(EntrustAgency)
  case step(PublicCode, AgencyStep)
  /// Sets out with several of them.
  case carry([PublicCode], kiosk: String?)
}

package struct EntrustAgency: Hashable, Sendable {
  package let item: String
  package var answers: [String] = []
  package let principal: SealedCaseText
  package var holder: HolderPseudonym?
  package var originals: [AgencyOriginal] = []
  package var copies: [AgencyCopies] = []
  /// Nil: three months.
  package var until: CivilDate?
  /// Number and code of the paper that a station without network has printed; nil where this hall prints it.
  package var paper: StationPaper?
  /// The kiosk or office printer that prints the paper; nil without paper.
  package var kiosk: String?
  package var largeType = false

  package init(item: String, principal: SealedCaseText) {
    self.item = item
    self.principal = principal
  }

  package struct StationPaper: Hashable, Sendable {
    package let number: CaseNumber
    package let code: PublicCode

    package init(number: CaseNumber, code: PublicCode) {
      self.number = number
      self.code = code
    }
  }
}

/// A step of an agency case.
package enum AgencyStep: Hashable, Sendable {
  /// - missing: names of the checklist that the principal was told to bring.
  case take(missing: [String])
  case decline(AgencyDecline, reason: SealedCaseText, isReturned: Bool)
  case handIn(HandInAgency)
  /// - originals: indices in the list of originals; nil for all that the town has.
  case fetch(originals: [Int]?, isFinished: Bool, HandOver)
  /// - isSigned: the principal has signed for them.
  case giveBack(originals: [Int], isSigned: Bool)
  /// - isSigned: the principal has signed for the result and for every original.
  case deliver(fee: AgencyFee?, isSigned: Bool)
  case file(sheets: Int)
  case ask(AgencyAnswer, AgencyAsking)
  case end(AgencyEnder, reason: SealedCaseText, isReturned: Bool, AgencyPaper)
  case renew(until: CivilDate, reason: SealedCaseText, isSigned: Bool, AgencyPaper)
  case reassign(to: String, reason: SealedCaseText, isAgreed: Bool)
}

/// Where the paper of a step comes out.
package struct AgencyPaper: Hashable, Sendable {
  /// Nil without paper.
  package let kiosk: String?
  package let largeType: Bool

  package init(kiosk: String? = nil, largeType: Bool = false) {
    self.kiosk = kiosk
    self.largeType = largeType
  }
}

package struct HandInAgency: Hashable, Sendable {
  /// Indices in the list of originals; nil for all that the agent has.
  package var originals: [Int]?
  package var kept: [Int] = []
  package var townCase: PublicCode?
  package var townNumber: String?
  package let proof: HandOver

  package init(proof: HandOver) { self.proof = proof }
}
