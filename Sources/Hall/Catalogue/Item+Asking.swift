extension Item {
  /// The next question to a resident who gave these answers, in the catalogue's order; nil when no further answer
  /// changes the list.
  ///
  /// A question whose answers can no longer change the list is not asked. A question whose situations no material names
  /// is asked anyway, because its author wants to know the case.
  package func nextQuestion(after answers: [String]) -> Question? {
    questions.first { isAsked($0, after: answers) }
  }

  /// Whether this question is unanswered and can change the list.
  func isAsked(_ question: Question, after answers: [String]) -> Bool {
    let keys = Set(question.situations.map(\.key))
    guard !answers.contains(question.noneKey), keys.isDisjoint(with: answers) else { return false }
    let naming = materials.compactMap(\.when).filter { !keys.isDisjoint(with: $0.keys) }
    guard !naming.isEmpty else { return true }
    let known = Answers(answers, to: questions)
    return naming.contains { known.hangs($0, on: question) }
  }

  /// A condition in words over the item's own situations: “本人办理，或者不是未成年人”.
  package func words(of condition: Condition) -> String {
    switch condition {
    case .chosen(let key): situations.first { $0.key == key }?.label ?? key
    case .all(let parts): parts.map(part).joined(separator: "，并且")
    case .any(let parts): parts.map(part).joined(separator: "，或者")
    case .not(let inner): "不是“\(words(of: inner))”"
    }
  }

  private func part(_ condition: Condition) -> String {
    switch condition {
    case .chosen, .not: words(of: condition)
    case .all, .any: "（\(words(of: condition))）"
    }
  }
}
