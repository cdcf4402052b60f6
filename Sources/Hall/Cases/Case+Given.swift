import Groundwork

extension Case {
  /// Keeps what a paper says that has a number of its own.
  mutating func keep(_ event: CaseEvent, _ at: Timestamp, _ actor: Principal) {
    switch event {
    case .caseOpened, .correctionIssued: return
    default: break
    }
    guard let number = event.number else { return }
    if let index = given.firstIndex(where: { $0.number == number }) {
      given[index].event = event
      return
    }
    let paper = GivenPaper(event: event, number: number, at: at, by: actor.badge)
    // An announcement that nobody has been told is replaced by another one of its kind.
    for index in given.indices where given[index].isAnnouncement && given[index].number.kind == number.kind {
      given[index].isVoid = true
    }
    given.append(paper)
  }

  mutating func attach(_ slip: SlipID, to number: CaseNumber) {
    if let index = given.firstIndex(where: { $0.number == number }) { given[index].slip = slip }
  }

  mutating func takeBackAcceptance() {
    for index in given.indices where given[index].number.kind == .acceptance { given[index].isVoid = true }
    acceptedOn = nil
    due = .unlimited
    owed = []
    stage = .received
  }

  mutating func correct(_ e: CaseCorrected) {
    fixes.append(e)
    switch e.field {
    case .applicant:
      if let sealed = SealedCaseText(e.new) { applicant = sealed }
      holder = e.holder
    case .bearer: if let now = CaseBearer(rawValue: e.new) { by = now }
    case .originals: count(e) { $0.originals = $1 }
    case .copies: count(e) { $0.copies = $1 }
    case .department: department = e.new
    case .acceptance: takeBackAcceptance()
    case .outcome:
      guard let before = decided, let outcome = CaseOutcome(rawValue: e.new) else { return }
      decided = CaseDecided(
        code: before.code, outcome: outcome, on: before.on, results: before.results, isFromPaper: before.isFromPaper)
    }
  }

  private mutating func count(_ e: CaseCorrected, _ set: (inout PaperAccount, Int) -> Void) {
    guard let material = e.material, let now = decimal(e.new) else { return }
    change(material) { set(&$0, now) }
  }
}
