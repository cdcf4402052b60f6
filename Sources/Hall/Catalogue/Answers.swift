/// What is known of a resident's case: the chosen situations, question by question.
///
/// A question without a chosen answer is open, not answered with no. A list that is printed without asking therefore
/// has every material with its condition.
package struct Answers: Hashable, Sendable {
  /// The truth value of a condition.
  package enum Truth: Hashable, Sendable { case holds, fails, open }

  private let chosen: Set<String>
  private let open: [Question]

  /// - Parameter keys: keys of situations, and the `noneKey` of questions to which no answer applies. A key that the
  ///   item does not have is ignored. Where several answers that exclude each other are given, all are assumed, so that
  ///   nothing is left off the list.
  package init(_ keys: [String], to questions: [Question]) {
    let given = Set(keys)
    chosen = given
    open = questions.filter { question in
      !given.contains(question.noneKey) && !question.situations.contains { given.contains($0.key) }
    }
  }

  /// Exact: open only when some answers to the open questions make it hold and others make it fail.
  package func truth(of condition: Condition) -> Truth {
    let named = condition.keys
    guard named.count <= Condition.mostKeys else { return .open }
    var holds = false
    var fails = false
    for assumed in cases(named) {
      if condition.holds(in: chosen.union(assumed)) { holds = true } else { fails = true }
      if holds, fails { return .open }
    }
    return holds ? .holds : .fails
  }

  /// True when the answer to an open question can change the condition, whatever else is answered.
  package func hangs(_ condition: Condition, on question: Question) -> Bool {
    let named = condition.keys
    guard named.count <= Condition.mostKeys else { return true }
    let others = cases(named, of: open.filter { $0.key != question.key })
    let ways = cases(named, of: open.filter { $0.key == question.key })
    return others.contains { other in
      let holding = ways.filter { condition.holds(in: chosen.union(other).union($0)) }
      return !holding.isEmpty && holding.count < ways.count
    }
  }

  private func cases(_ named: [String]) -> [Set<String>] { cases(named, of: open) }

  /// Every way to answer these questions that the named situations distinguish.
  private func cases(_ named: [String], of questions: [Question]) -> [Set<String>] {
    var cases: [Set<String>] = [[]]
    for question in questions {
      let here = question.situations.map(\.key).filter(named.contains)
      guard !here.isEmpty else { continue }
      let ways: [Set<String>]
      switch question.choice {
      case .one:
        // Answers that the condition does not name are equivalent.
        ways = here.map { [$0] } + (here.count < question.situations.count ? [[]] : [])
      case .any:
        ways = here.reduce([[]]) { ways, key in ways + ways.map { $0.union([key]) } }
      }
      cases = cases.flatMap { before in ways.map(before.union) }
    }
    return cases
  }
}
