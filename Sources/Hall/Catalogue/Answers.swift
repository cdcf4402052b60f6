/// What is known of a resident's case: the situations chosen, question by question.
///
/// A question of which no answer was chosen is open, not answered with no: whoever prints a list without asking prints
/// every material with its condition.
package struct Answers: Hashable, Sendable {
  /// What a condition comes to.
  package enum Truth: Hashable, Sendable { case holds, fails, open }

  private let chosen: Set<String>
  private let open: [Question]

  /// - Parameter keys: keys of situations, and `noneKey` of questions that none of theirs is the case. A key that the item
  ///   does not have changes nothing; of answers that exclude each other all are taken to be the case, so that nothing
  ///   is left off the list.
  package init(_ keys: [String], to questions: [Question]) {
    let given = Set(keys)
    chosen = given
    open = questions.filter { question in
      !given.contains(question.noneKey) && !question.situations.contains { given.contains($0.key) }
    }
  }

  /// Exact: open only when some answer to the open questions makes it hold and another makes it fail.
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

  /// True when two answers to an open question make a difference to the condition, whatever else is answered.
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

  /// Every way to answer these questions, as far as the named situations tell the ways apart.
  private func cases(_ named: [String], of questions: [Question]) -> [Set<String>] {
    var cases: [Set<String>] = [[]]
    for question in questions {
      let here = question.situations.map(\.key).filter(named.contains)
      guard !here.isEmpty else { continue }
      let ways: [Set<String>]
      switch question.choice {
      case .one:
        // The answers that the condition does not name are all alike.
        ways = here.map { [$0] } + (here.count < question.situations.count ? [[]] : [])
      case .any:
        ways = here.reduce([[]]) { ways, key in ways + ways.map { $0.union([key]) } }
      }
      cases = cases.flatMap { before in ways.map(before.union) }
    }
    return cases
  }
}
