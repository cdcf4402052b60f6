import Hall

/// The list for one resident, computed the slow way: every complete way to answer all questions that agrees with the
/// given answers, and for each the needed materials.
///
/// Shares nothing with the engine but the catalogue's fields: it tries every combination of all answers, also of those
/// that no material asks about, and judges groups from whole cases.
struct SlowChecklist {
  let item: Item
  let said: [String]

  /// Every complete case: a set of the situations that hold.
  static func everyCase(_ item: Item) -> [Set<String>] {
    var cases: [Set<String>] = [[]]
    for question in item.questions {
      let keys = question.situations.map(\.key)
      var ways: [Set<String>] = []
      if question.choice == .one {
        for key in keys { ways.append([key]) }
      } else {
        for bits in 0..<(1 << keys.count) {
          var way: Set<String> = []
          for index in keys.indices where (bits >> index) % 2 == 1 { way.insert(keys[index]) }
          ways.append(way)
        }
      }
      var longer: [Set<String>] = []
      for one in cases { for way in ways { longer.append(one.union(way)) } }
      cases = longer
    }
    return cases
  }

  /// Every possible set of answers of an item: each question answered in each way, or left open.
  static func everythingSaid(_ item: Item) -> [[String]] {
    var said: [[String]] = [[]]
    for question in item.questions {
      var ways: [[String]] = [[]]
      let keys = question.situations.map(\.key)
      if question.choice == .one {
        ways += keys.map { [$0] }
      } else {
        ways.append(["none:" + question.key])
        for bits in 1..<(1 << keys.count) {
          ways.append(keys.indices.filter { bits & (1 << $0) != 0 }.map { keys[$0] })
        }
      }
      said = said.flatMap { before in ways.map { before + $0 } }
    }
    return said
  }

  private func agrees(_ one: Set<String>) -> Bool {
    item.questions.allSatisfy { question in
      let keys = Set(question.situations.map(\.key))
      let given = Set(said).intersection(keys)
      if said.contains("none:" + question.key) { return one.isDisjoint(with: keys) }
      return given.isEmpty || one.intersection(keys) == given
    }
  }

  private func needed(_ material: Material, _ one: Set<String>) -> Bool {
    guard let when = material.when else { return true }
    return meets(when, one)
  }

  private func meets(_ condition: Condition, _ one: Set<String>) -> Bool {
    switch condition {
    case .chosen(let key): return one.contains(key)
    case .not(let part): return meets(part, one) == false
    case .all(let parts):
      for part in parts where !meets(part, one) { return false }
      return true
    case .any(let parts):
      for part in parts where meets(part, one) { return true }
      return false
    }
  }

  enum Place: String { case bring, fill, leave }

  /// One line for each entry: its position, its name, and its members, with a question mark for an open one.
  func lines() -> [String] {
    let cases = Self.everyCase(item).filter(agrees)
    var lines: [(at: Int, place: Place, text: String)] = []
    var done: Set<String> = []
    for material in item.materials {
      var members = [material]
      if let group = material.oneOf {
        guard done.insert(group).inserted else { continue }
        members = item.materials.filter { $0.oneOf == group }
      }
      let here = members.compactMap { member -> (material: Material, certain: Bool)? in
        let count = cases.count { needed(member, $0) }
        return count == 0 ? nil : (member, count == cases.count)
      }
      guard !here.isEmpty else { continue }
      let name = here.count == 1 ? here[0].material.name : (material.oneOf ?? material.name)
      let text = name + ": " + here.map { $0.material.name + ($0.certain ? "" : "?") }.joined(separator: " | ")
      // A line stands at the first of its materials that may be needed.
      lines.append((item.materials.firstIndex(of: here[0].material) ?? 0, place(here), text))
    }
    lines.sort { $0.at < $1.at }
    return [Place.bring, .fill, .leave].flatMap { place in
      lines.filter { $0.place == place }.map { "\(place.rawValue) \($0.text)" }
    }
  }

  private func place(_ here: [(material: Material, certain: Bool)]) -> Place {
    if here.count(where: { $0.material.kind != .form }) == 0 { return .fill }
    func spared(_ material: Material) -> Bool {
      if material.shared { return true }
      return material.necessity == .optional
    }
    return here.contains { !spared($0.material) } ? .bring : .leave
  }
}

extension Checklist {
  /// The same lines, from the engine's list.
  func lines() -> [String] {
    func words(_ place: SlowChecklist.Place, _ entries: [Entry]) -> [String] {
      entries.map { entry in
        let members = entry.choices.map { $0.material.name + ($0.onlyWhen == nil ? "" : "?") }
        return "\(place.rawValue) \(entry.name): \(members.joined(separator: " | "))"
      }
    }
    return words(.bring, toBring) + words(.fill, toFillIn) + words(.leave, mayLeave)
  }
}
