package import Groundwork

/// 委托: a principal gave an agent the authority and papers; both signed the paper (民法典 第一百六十五条).
package struct AgencyEntrusted: Hashable, Sendable {
  /// The case's code; the paper has it too, and a scan of it opens the case again.
  package let code: PublicCode
  /// `DB-…`; of the station's paper where that came first.
  package let number: CaseNumber
  package let item: String
  package let catalogueVersion: String
  /// Keys of the situations.
  package let answers: [String]
  /// Name, card and phone of whose matter it is.
  package let principal: SealedCaseText
  /// A keyed digest of the card's number; nil without one.
  package let holder: HolderPseudonym?
  /// The badge.
  package let agent: String
  /// The day on the paper.
  package let on: CivilDate
  /// The longest for which the authority holds.
  package let until: CivilDate
  /// One by one, as listed on the paper.
  package let originals: [AgencyOriginal]
  package let copies: [AgencyCopies]
  /// Entered later from the paper of a station without network.
  package let isFromStation: Bool

  package init(
    code: PublicCode, number: CaseNumber, item: String, catalogueVersion: String, answers: [String],
    principal: SealedCaseText, holder: HolderPseudonym?, agent: String, on: CivilDate, until: CivilDate,
    originals: [AgencyOriginal], copies: [AgencyCopies], isFromStation: Bool
  ) {
    self.code = code
    self.number = number
    self.item = item
    self.catalogueVersion = catalogueVersion
    self.answers = answers
    self.principal = principal
    self.holder = holder
    self.agent = agent
    self.on = on
    self.until = until
    self.originals = originals
    self.copies = copies
    self.isFromStation = isFromStation
  }
}

/// 受理: the agent compared the papers with the checklist.
package struct AgencyTaken: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// Names of what the principal was told to bring; empty where all is there.
  package let missing: [String]

  package init(code: PublicCode, on: CivilDate, missing: [String]) {
    self.code = code
    self.on = on
    self.missing = missing
  }
}

/// 不予代办: the agent does not carry it, the principal was told, and every original went back signed.
package struct AgencyDeclined: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  package let ground: AgencyDecline
  /// The reason in the words in which the principal was told.
  package let reason: SealedCaseText

  package init(code: PublicCode, on: CivilDate, ground: AgencyDecline, reason: SealedCaseText) {
    self.code = code
    self.on = on
    self.ground = ground
    self.reason = reason
  }
}

/// The agent set out with it (捎带).
package struct AgencyCarried: Hashable, Sendable {
  package let code: PublicCode
  /// The trip.
  package let batch: PublicCode
  /// The number of the batch list.
  package let number: CaseNumber
  package let on: CivilDate

  package init(code: PublicCode, batch: PublicCode, number: CaseNumber, on: CivilDate) {
    self.code = code
    self.batch = batch
    self.number = number
    self.on = on
  }
}

/// The town's window took the papers: the resident's agent handed them in, so the town's clock starts here
/// (民法典 第一百六十二条).
package struct AgencyHandedIn: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// The town's case, where this hall has it.
  package let townCase: PublicCode?
  /// The number on the town's receipt.
  package let townNumber: String?
  /// Indices in the list of originals, from 0, of what stays with the town.
  package let originals: [Int]
  /// Of those, what it keeps by law.
  package let kept: [Int]
  package let proof: HandOver

  package init(
    code: PublicCode, on: CivilDate, townCase: PublicCode?, townNumber: String?, originals: [Int], kept: [Int],
    proof: HandOver
  ) {
    self.code = code
    self.on = on
    self.townCase = townCase
    self.townNumber = townNumber
    self.originals = originals
    self.kept = kept
    self.proof = proof
  }
}

/// The agent has originals, the result, or both from the town.
package struct AgencyFetched: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// Indices in the list of originals, from 0.
  package let originals: [Int]
  /// The town has finished: what is left is to be delivered.
  package let isFinished: Bool
  package let proof: HandOver

  package init(code: PublicCode, on: CivilDate, originals: [Int], isFinished: Bool, proof: HandOver) {
    self.code = code
    self.on = on
    self.originals = originals
    self.isFinished = isFinished
    self.proof = proof
  }
}

/// Originals went back to their owner, who signed for them.
package struct AgencyReturned: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// Indices in the list of originals, from 0.
  package let originals: [Int]

  package init(code: PublicCode, on: CivilDate, originals: [Int]) {
    self.code = code
    self.on = on
    self.originals = originals
  }
}

/// 送达: the principal signed for the result and for every original that was left.
package struct AgencyDelivered: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// A fee of law that the agent carried; nil for none.
  package let fee: AgencyFee?

  package init(code: PublicCode, on: CivilDate, fee: AgencyFee?) {
    self.code = code
    self.on = on
    self.fee = fee
  }
}

/// 归档: the paper of the authority, the receipts and the signatures are in the file.
package struct AgencyFiled: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// 1...200.
  package let sheets: Int

  package init(code: PublicCode, on: CivilDate, sheets: Int) {
    self.code = code
    self.on = on
    self.sheets = sheets
  }
}

/// 回访: by somebody who did not carry it.
package struct AgencyAsked: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  package let answer: AgencyAnswer
  package let way: AgencyAsking

  package init(code: PublicCode, on: CivilDate, answer: AgencyAnswer, way: AgencyAsking) {
    self.code = code
    self.on = on
    self.answer = answer
    self.way = way
  }
}

/// 终止: the authority ends before the matter is done.
package struct AgencyEnded: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  package let by: AgencyEnder
  package let reason: SealedCaseText
  /// Indices of the originals that went back signed at once.
  package let returned: [Int]

  package init(code: PublicCode, on: CivilDate, by: AgencyEnder, reason: SealedCaseText, returned: [Int]) {
    self.code = code
    self.on = on
    self.by = by
    self.reason = reason
    self.returned = returned
  }
}

/// 续办: the principal signed for a longer time.
package struct AgencyRenewed: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  package let until: CivilDate
  package let reason: SealedCaseText

  package init(code: PublicCode, on: CivilDate, until: CivilDate, reason: SealedCaseText) {
    self.code = code
    self.on = on
    self.until = until
    self.reason = reason
  }
}

/// Another agent goes on with it, and has what the first one had (民法典 第一百六十九条).
package struct AgencyReassigned: Hashable, Sendable {
  package let code: PublicCode
  package let on: CivilDate
  /// A badge.
  package let from: String
  /// A badge.
  package let to: String
  package let reason: SealedCaseText
  /// The principal agreed; else it could not wait.
  package let isAgreed: Bool

  package init(code: PublicCode, on: CivilDate, from: String, to: String, reason: SealedCaseText, isAgreed: Bool) {
    self.code = code
    self.on = on
    self.from = from
    self.to = to
    self.reason = reason
    self.isAgreed = isAgreed
  }
}

/// A fee of law that an agent paid for the principal. Agents take no money of their own.
package struct AgencyFee: Hashable, Sendable {
  /// In fen, from 1.
  package let fen: Int
  /// The number of the organ's receipt.
  package let receipt: String

  package init(fen: Int, receipt: String) {
    self.fen = fen
    self.receipt = receipt
  }
}
