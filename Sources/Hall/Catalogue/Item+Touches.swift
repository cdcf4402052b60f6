extension Item {
  /// The most touches from the first screen to the printed notice.
  package static let mostTouches = 4

  /// The question whose answers are shown beside the item's name in a kiosk's lists, so that one touch gives both: the
  /// first with exactly one answer, of an item with several questions. Nil for every other item.
  package var listedQuestion: Question? {
    guard questions.count > 1, nextQuestion(after: []) != nil else { return nil }
    return questions.first { $0.choice == .one && isAsked($0, after: []) }
  }

  /// Touches of the longest way from the first screen over the item's department to its printed notice. Counting stops
  /// one above `mostTouches`.
  package var touches: Int {
    let ends = 3  // The department, the item, 打印告知单.
    let room = Self.mostTouches + 1 - ends
    if let listed = listedQuestion {
      return ends + (listed.situations.map { longest(after: [$0.key], room) }.max() ?? 0)
    }
    return ends + longest(after: [], room)
  }

  /// Touches that the questions still need after these answers; at most `room`.
  private func longest(after answers: [String], _ room: Int) -> Int {
    guard room > 0, let question = nextQuestion(after: answers) else { return 0 }
    if question.isMarkedOneByOne { return min(room, question.situations.count + 1) }
    let ways =
      question.situations.map { [$0.key] }
      + (question.choice == .any ? [[question.noneKey], question.situations.map(\.key)] : [])
    var most = 0
    for way in ways where most < room {
      most = max(most, 1 + longest(after: answers + way, room - 1))
    }
    return most
  }
}

extension Question {
  /// With one or two answers that may hold together every combination is a key of its own; with more they are marked,
  /// followed by 继续.
  package var isMarkedOneByOne: Bool { choice == .any && situations.count > 2 }
}
