/// One question that the idle screen asks: whether people know of something (知晓率).
package struct AwarenessQuestion: Hashable, Sendable {
  /// Sixteen hexadecimal digits of the digest of question and answers: a question with another wording has another id.
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

/// An answer was touched. It does not identify who touched it.
package struct AwarenessAnswered: Hashable, Sendable {
  /// The question's id.
  package let question: String
  /// Index among the question's answers, from 0.
  package let answer: Int

  package init(question: String, answer: Int) {
    self.question = question
    self.answer = answer
  }
}

/// Commands about the awareness question.
package enum AwarenessCommand: Hashable, Sendable {
  case answerAwareness(AwarenessAnswered)
}

/// Events of the awareness question.
package enum AwarenessEvent: Hashable, Sendable {
  case awarenessAnswered(AwarenessAnswered)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .awarenessAnswered: "awarenessAnswered"
    }
  }
}

package enum AwarenessRefusal: Hashable, Sendable {
  case unknownQuestion

  var code: String {
    switch self {
    case .unknownQuestion: "unknown_question"
    }
  }
}

/// Answers counted since the journal began.
package struct AwarenessState: Sendable, Equatable {
  /// By the question's id, then by the answer's index.
  package private(set) var counts: [String: [Int: Int]] = [:]

  package init(counts: [String: [Int: Int]] = [:]) { self.counts = counts }

  mutating func evolve(_ event: AwarenessEvent) {
    switch event {
    case .awarenessAnswered(let e): counts[e.question, default: [:]][e.answer, default: 0] += 1
    }
  }
}

extension HallState {
  func decide(_ command: AwarenessCommand, _ rules: HallRules) throws(Refusal) -> Decision {
    switch command {
    case .answerAwareness(let answer):
      guard let question = rules.awareness, question.id == answer.question,
        question.answers.indices.contains(answer.answer)
      else { throw .awareness(.unknownQuestion) }
      return Decision([.awareness(.awarenessAnswered(answer))], .done)
    }
  }
}
