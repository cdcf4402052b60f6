package import Groundwork

/// One matter that an agent (代办员) carries for a principal (代办件), from the signed authority to the file.
///
/// The principal stays the applicant: what is handed in is theirs, and the town's case is theirs too.
package struct AgencyCase: Hashable, Sendable {
  package let entrusted: AgencyEntrusted
  package var stage = AgencyStage.entrusted
  /// The badge that carries it.
  package var agent: String
  /// Everybody who has carried it: none of them asks the principal afterwards.
  package var carriers: [String]
  package var until: CivilDate
  /// The originals of `entrusted`, each with who has it now.
  package var originals: [HeldOriginal]
  /// The names of what the principal was told to bring.
  package var missing: [String] = []
  package var takenOn: CivilDate?
  package var carriedOn: CivilDate?
  package var handedInOn: CivilDate?
  package var readyOn: CivilDate?
  package var deliveredOn: CivilDate?
  package var filedOn: CivilDate?
  package var askedOn: CivilDate?
  /// The day on which the authority was ended, or the matter declined or filed.
  package var endedOn: CivilDate?
  /// The trip with which it went.
  package var batch: PublicCode?
  package var townCase: PublicCode?
  package var townNumber: String?
  package var answer: AgencyAnswer?
  package var end: AgencyEnded?
  package var renewal: AgencyRenewed?
  /// The newest slips of the authority, of its end and of its renewal.
  package var slip: SlipID?
  package var endSlip: SlipID?
  package var renewalSlip: SlipID?

  package init(_ entrusted: AgencyEntrusted) {
    self.entrusted = entrusted
    agent = entrusted.agent
    carriers = [entrusted.agent]
    until = entrusted.until
    originals = entrusted.originals.map { HeldOriginal($0, holder: .withAgent, since: entrusted.on) }
  }

  package var code: PublicCode { entrusted.code }

  /// Indices in `originals` of those that `holder` has.
  package func indices(_ holder: OriginalHolder) -> [Int] {
    originals.indices.filter { originals[$0].holder == holder }
  }

  /// What somebody still has to give back.
  package var open: [AgencyOriginal] { originals.filter { $0.holder.isOpen }.map(\.original) }
}

/// A trip to the town with several agency cases (捎带).
package struct AgencyBatch: Hashable, Sendable {
  package let code: PublicCode
  /// `PC-…`.
  package let number: CaseNumber
  package let agent: String
  package let on: CivilDate
  package var cases: [PublicCode] = []
  package var slip: SlipID?

  package init(code: PublicCode, number: CaseNumber, agent: String, on: CivilDate) {
    self.code = code
    self.number = number
    self.agent = agent
    self.on = on
  }

  /// Agency cases of one trip at the most.
  package static let most = 30
}

/// How a hall handles agency cases.
package struct AgencyRule: Hashable, Sendable {
  /// How many of a hundred principals are asked afterwards: 0...100, drawn by the case's code.
  package var asked: Int
  /// Badges of the agents; nil where nobody says who they are.
  package var agents: Set<String>?

  package init(asked: Int = 100, agents: Set<String>? = nil) {
    self.asked = asked
    self.agents = agents
  }

  /// Agency cases that are open, at the most.
  package static let most = 5_000
  /// Originals, and kinds of copies, of one of them at the most.
  package static let mostPapers = 30
  /// Days for which an authority holds at the longest.
  package static let longest = 366
  /// Working days after which an original that an agent has is told to the coordinator.
  package static let originalDays = 5

  package func isAsked(_ code: PublicCode) -> Bool { Int(code.bits % 100) < asked }
}
