/// One question that the idle screen asks now and then: whether people know of something (知晓率).
package struct AwarenessQuestion: Hashable, Sendable {
  /// Sixteen hexadecimal digits of the digest of question and answers: another wording is another question.
  package let id: String
  package let ask: String
  /// Two to four.
  package let answers: [String]

  package init(id: String, ask: String, answers: [String]) {
    self.id = id
    self.ask = ask
    self.answers = answers
  }
}

/// An answer was touched. It says nothing of who touched it.
package struct AwarenessAnswered: Hashable, Sendable, Codable {
  /// The question's id.
  package let question: String
  /// Place among the question's answers, from 0.
  package let answer: Int

  package init(question: String, answer: Int) {
    self.question = question
    self.answer = answer
  }
}

extension HallState {
  func decideAwareness(_ answer: AwarenessAnswered, _ rules: HallRules) throws(Refusal) -> Decision {
    guard let question = rules.awareness, question.id == answer.question,
      question.answers.indices.contains(answer.answer)
    else { throw .unknownQuestion }
    return Decision([.awarenessAnswered(answer)], .done)
  }

  mutating func evolveAwareness(_ answer: AwarenessAnswered) {
    awareness[answer.question, default: [:]][answer.answer, default: 0] += 1
  }
}
