import Hall
import YAMLDocuments

/// Parses the questions about a resident's case: `questions`, or only `situations` where there is a single question
/// with one answer.
struct QuestionParser {
  private let table: YAMLTable
  private var log: FaultLog { table.log }

  init(_ table: YAMLTable) { self.table = table }

  static let mostQuestions = 6
  static let mostAnswers = 16

  func questions() -> [Question] {
    var keys: Set<String> = []
    let alone = situations(table, "situations", &keys)
    warnOfMixture(alone, table.location(of: "situations"))
    guard table.node("questions") != nil else { return Item.onlyQuestion(alone) }
    if table.node("situations") != nil {
      log.fault(
        table.location(of: "situations"), "`situations` stands beside `questions`",
        "write each as an answer to a question",
        zh: "情形（situations）和问题（questions）都写了：把情形写成某个问题的答案")
    }
    var asked: Set<String> = []
    return table.tables("questions", atMost: Self.mostQuestions).compactMap { entry in
      defer { entry.mentionUnknown() }
      let key = key(of: entry)
      let ask = entry.text("ask", atMost: 40)
      let choice = entry.choice("choose", of: Question.Choice.allCases)
      let situations = situations(entry, "answers", &keys)
      if situations.isEmpty {
        log.fault(
          entry.location(of: "answers"), "a question without answers", "write at least one",
          zh: "问题没有答案：至少写一个")
      }
      if choice == .one { warnOfMixture(situations, entry.location(of: "answers")) }
      guard let key, let ask, let choice else { return nil }
      guard asked.insert(key).inserted else {
        log.fault(
          entry.location(of: "key"), "the question \(key) stands here twice", "give one of them another key",
          zh: "问题 \(key) 写了两次：给其中一个换名")
        return nil
      }
      return Question(key: key, ask: ask, choice: choice, situations: situations)
    }
  }

  /// Keys are unique in the whole item, because a material's `when` names them without their question.
  private func situations(_ table: YAMLTable, _ list: String, _ keys: inout Set<String>) -> [Situation] {
    var situations: [Situation] = []
    for entry in table.tables(list, atMost: Self.mostAnswers) {
      defer { entry.mentionUnknown() }
      guard let key = key(of: entry), let label = entry.text("label", atMost: 60) else { continue }
      if keys.insert(key).inserted {
        situations.append(Situation(key: key, label: label))
      } else {
        log.fault(
          entry.location(of: "key"), "the situation \(key) stands here twice", "keep one of them",
          zh: "情形 \(key) 写了两次：留一个")
      }
    }
    return situations
  }

  private func key(of entry: YAMLTable) -> String? {
    guard let key = entry.text("key", atMost: 40) else { return nil }
    // A colon distinguishes “none of these” from a key.
    if key.contains(":") {
      log.fault(
        entry.location(of: "key"), "the key \(key) holds a colon", "write it with letters, digits and _",
        zh: "情形名 \(key) 里有冒号：只用字母、数字和下划线")
      return nil
    }
    return key
  }

  /// Who comes to the window and what the matter is are two questions. As answers to one, coming for another person
  /// would hide what the matter needs.
  private func warnOfMixture(_ situations: [Situation], _ location: FileLocation) {
    let agents = situations.filter { answer in ["代办", "代理", "委托"].contains { answer.label.contains($0) } }
    let selves = situations.contains { answer in ["本人", "自己"].contains { answer.label.contains($0) } }
    guard situations.count > 2, let agent = agents.first, !selves else { return }
    log.warn(
      location, "“\(agent.label)” can be the case beside the other answers, of which only one can be chosen",
      "ask in a question of its own who comes (本人办理／\(agent.label))",
      zh: "“\(agent.label)”会与别的答案同时成立，而答案只能选一个：另立一个问题问谁来办（本人办理／\(agent.label)）")
  }
}
