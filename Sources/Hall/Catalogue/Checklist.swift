/// What one resident brings for an item, in three groups, without what their case does not need.
package struct Checklist: Hashable, Sendable {
  /// 必带: everything that has to be shown, also where an electronic licence is accepted for it.
  package let toBring: [Entry]
  /// 现场填写.
  package let toFillIn: [Entry]
  /// 可不带: only what the hall gets itself, and what the law allows to be absent.
  package let mayLeave: [Entry]

  /// One line of the list: a material, or several of which one is enough.
  package struct Entry: Hashable, Sendable {
    /// The material's name, or the name of the group.
    package let name: String
    /// One, or the members of an any-of group (任选其一) in the catalogue's order.
    package let choices: [Listed]

    package init(name: String, choices: [Listed]) {
      self.name = name
      self.choices = choices
    }
  }

  /// A material on the list.
  package struct Listed: Hashable, Sendable {
    package let material: Material
    /// Nil when it is certainly needed; else the case in which it is, which the answers leave open.
    package let onlyWhen: Condition?

    package init(_ material: Material, onlyWhen: Condition?) {
      self.material = material
      self.onlyWhen = onlyWhen
    }
  }

  package init(toBring: [Entry], toFillIn: [Entry], mayLeave: [Entry]) {
    self.toBring = toBring
    self.toFillIn = toFillIn
    self.mayLeave = mayLeave
  }

  package var isEmpty: Bool { toBring.isEmpty && toFillIn.isEmpty && mayLeave.isEmpty }
}

extension Item {
  /// The list for a resident who gave these answers; `Answers` defines what is open.
  package func checklist(_ answers: [String]) -> Checklist {
    Checklist(materials, given: Answers(answers, to: questions))
  }
}

extension Checklist {
  init(_ materials: [Material], given answers: Answers) {
    var entries: [Entry] = []
    var groups: [String: Int] = [:]
    for material in materials {
      let listed: Listed
      switch material.when.map(answers.truth) {
      case .fails?: continue
      case .open?: listed = Listed(material, onlyWhen: material.when)
      case .holds?, nil: listed = Listed(material, onlyWhen: nil)
      }
      if let group = material.oneOf, let index = groups[group] {
        entries[index] = Entry(name: group, choices: entries[index].choices + [listed])
      } else {
        if let group = material.oneOf { groups[group] = entries.count }
        entries.append(Entry(name: material.oneOf ?? material.name, choices: [listed]))
      }
    }
    self.init(sorting: entries.map(\.underItsOwnName))
  }

  /// Sorts entries into their groups, in the given order.
  init(sorting entries: [Entry]) {
    toFillIn = entries.filter(\.isFilledIn)
    let brought = entries.filter { !$0.isFilledIn }
    mayLeave = brought.filter(\.mayStayAtHome)
    toBring = brought.filter { !$0.mayStayAtHome }
  }
}

extension Checklist.Entry {
  /// A group of which only one member can apply becomes that material.
  fileprivate var underItsOwnName: Self {
    choices.count == 1 ? Self(name: choices[0].material.name, choices: choices) : self
  }

  fileprivate var isFilledIn: Bool { choices.allSatisfy { $0.material.kind == .form } }

  /// Nobody knows which member of a group a resident has: while one of them has to be brought, the group is under 必带.
  fileprivate var mayStayAtHome: Bool { choices.allSatisfy { $0.material.isDispensable } }
}
