import Groundwork

/// 交接清单: what went to a department together. The receiver ticks each case and signs; what is missing is entered with the case.
package struct CasesListed: Hashable, Sendable {
  /// The list's own code.
  package let code: PublicCode
  package let number: CaseNumber
  package let department: String
  /// In the order of their hand-over sheets; 1...`HandoverList.most`.
  package let cases: [PublicCode]

  package init(code: PublicCode, number: CaseNumber, department: String, cases: [PublicCode]) {
    self.code = code
    self.number = number
    self.department = department
    self.cases = cases
  }
}

/// A list that was made, and its paper.
package struct HandoverList: Hashable, Sendable {
  package let issued: CasesListed
  /// Its newest slip; nil while none was asked for.
  package var slip: SlipID?

  package init(issued: CasesListed, slip: SlipID? = nil) {
    self.issued = issued
    self.slip = slip
  }

  /// Cases on one list at the most: further ones stand on the next.
  package static let most = 60
  /// Days for which a list is known, and its cases stand on no other one.
  package static let daysKept = 31
}

extension CasesState {
  /// Cases on their way to a department that stand on no list yet, by the numbers of their hand-over sheets.
  package func unlisted(_ department: String) -> [Case] {
    let listed = Set(lists.values.flatMap(\.issued.cases))
    return known.values.filter {
      $0.stage == .forwarded && !$0.isConfirmed && $0.department == department && !listed.contains($0.code)
    }.sorted { ($0.sheet, $0.opened.number.description) < ($1.sheet, $1.opened.number.description) }
  }
}

extension Case {
  /// The number of its newest hand-over sheet (物料流转单); empty before one.
  package var sheet: String { given.last { $0.number.kind == .forward }?.number.description ?? "" }
}

extension CaseDesk {
  /// A list of what goes to the department now. It changes no case.
  func list(_ department: String, _ wish: PaperWish?) throws(Refusal) -> Decision {
    switch actor {
    case .operator, .staff(_, .clerk), .staff(_, .coordinator): break
    case .staff, .kiosk, .system: throw .request(.staffOnly)
    }
    try readable(department, atMost: 60)
    let cases = state.cases.unlisted(department).prefix(HandoverList.most).map(\.code)
    guard !cases.isEmpty else { throw .cases(.nothingToList(department)) }
    let code = state.freshCode(envelope.entropy)
    let issued = CasesListed(code: code, number: number(.list), department: department, cases: cases)
    let printer = try wish.map { wish throws(Refusal) in try self.printer(wish) }
    let slip = state.firstSlip(.handoverList(code), at: printer, envelope.entropy, largeType: wish?.largeType ?? false)
    return Decision(
      [.cases(.casesListed(issued))] + (slip.map { [.print(.slipRequested($0))] } ?? []), .handoverList(code))
  }
}
