extension HallState {
  /// Checks what a command's event touched.
  func check(_ event: CaseEvent, _ found: inout [String]) {
    if let one = cases[event.code] { found += one.violations }
  }

  func checkCases(_ found: inout [String]) {
    for one in cases.known.values { found += one.violations }
    if cases.known.contains(where: { $0.key != $0.value.code }) { found.append("a case stands under another code") }
  }
}

extension Case {
  /// The invariants of one case that do not hold.
  fileprivate var violations: [String] {
    var found: [String] = []
    func check(_ holds: Bool, _ sentence: String) {
      if !holds { found.append("case \(opened.number): \(sentence)") }
    }
    check(stage != .correcting || !corrections.isEmpty, "correcting without a notice")
    check(corrections.enumerated().allSatisfy { $0.offset + 1 == $0.element.attempt }, "a notice is missing")
    for account in papers {
      check(account.held >= 0, "more originals left than came")
      check(!stage.hasEnded || account.held == 0, "it ended with an original in the hall")
    }
    if let acceptedOn {
      check(acceptedOn >= opened.receivedOn, "accepted before it was received")
      check(!isDeemed || acceptedOn == opened.receivedOn, "deemed accepted on another day than that of receipt")
    }
    check(!stage.isRunning || acceptedOn != nil, "its limit runs without acceptance")
    check(pauses.dropLast().allSatisfy { $0.to != nil }, "two pauses last")
    if decided != nil { check(owed.isEmpty && !isPaused, "decided while papers are owed or the clock is paused") }
    check(stage.hasEnded == (endedOn != nil), "its end has no day")
    check(!responsible.isEmpty, "nobody is responsible")
    check(Set(given.map(\.number)).count == given.count, "two papers have one number")
    check(untold.count <= 2, "more announcements wait than can")
    return found
  }
}
