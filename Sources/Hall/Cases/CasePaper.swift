import Groundwork

/// A material of the item's checklist, as it was for the answers and the catalogue version of the case's opening.
package struct CaseMaterial: Hashable, Sendable {
  /// Its name in the catalogue, by which lines and papers refer to it.
  package let name: String
  /// The group of which one is enough (任选其一); nil for a material on its own.
  package let group: String?
  /// The number of originals that the list asks for.
  package let originals: Int
  package let copies: Int
  package let necessity: Material.Necessity
  /// The hall gets it by data sharing: nobody is asked to bring it.
  package let isShared: Bool

  package init(
    name: String, group: String?, originals: Int, copies: Int, necessity: Material.Necessity, isShared: Bool
  ) {
    self.name = name
    self.group = group
    self.originals = originals
    self.copies = copies
    self.necessity = necessity
    self.isShared = isShared
  }
}

extension CaseMaterial {
  /// The list of an item for these answers, in the catalogue's order.
  static func list(_ item: Item, _ answers: [String]) -> [CaseMaterial] {
    let list = item.checklist(answers)
    return (list.toBring + list.toFillIn + list.mayLeave).flatMap { entry in
      entry.choices.map { listed in
        let material = listed.material
        return CaseMaterial(
          name: material.name, group: entry.choices.count > 1 ? entry.name : nil, originals: material.originals,
          copies: material.copies, necessity: listed.onlyWhen == nil ? material.necessity : .optional,
          isShared: material.shared)
      }
    }
  }
}

extension CaseMaterial {
  /// The names on an item's list for these answers.
  package static func names(_ item: Item, _ answers: [String]) -> Set<String> { Set(list(item, answers).map(\.name)) }

  /// The same material, as one that may be handed in later where it would have to be there at once.
  fileprivate var deferred: CaseMaterial {
    guard necessity == .necessary else { return self }
    return CaseMaterial(
      name: name, group: group, originals: originals, copies: copies, necessity: .deferrable, isShared: isShared)
  }
}

extension CaseDesk {
  /// The list by which a case is opened.
  ///
  /// A one-time notice holds (一次性告知). Whoever got one in the last thirty days may hand in later what was added to the list
  /// since then. The decision still needs it.
  func listed(_ item: Item, _ open: OpenCase, _ answers: [String]) -> [CaseMaterial] {
    let list = CaseMaterial.list(item, answers)
    guard let told = open.toldBefore,
      let notice = open.ticket.flatMap({ state.queue.links[$0]?.notice }).flatMap(state.notices.notice),
      notice.item == item.code, notice.catalogueVersion != rules.catalogue.version,
      notice.date.adding(days: Notice.daysThatItHolds) >= today
    else { return list }
    return list.map { told.contains($0.name) ? $0 : $0.deferred }
  }
}

extension Notice {
  /// Days for which a one-time notice holds: materials that were added to the list since then may follow.
  static let daysThatItHolds = 30
}

/// What was handed in of one material, at one time.
package struct CasePaper: Hashable, Sendable {
  /// Papers of one material at the most.
  package static let counts = 0...99

  package let material: String
  /// Originals that were taken; one that was only looked at counts in `isSeen`.
  package let originals: Int
  package let copies: Int
  /// 已核对原件当场退还: the original was compared and given back at once.
  package let isSeen: Bool
  /// An electronic licence was shown instead.
  package let isElectronic: Bool

  package init(
    material: String, originals: Int = 0, copies: Int = 0, isSeen: Bool = false, isElectronic: Bool = false
  ) {
    self.material = material
    self.originals = originals
    self.copies = copies
    self.isSeen = isSeen
    self.isElectronic = isElectronic
  }

  var isSomething: Bool { originals > 0 || copies > 0 || isSeen || isElectronic }
}

/// Originals of one material that changed hands.
package struct OriginalsMoved: Hashable, Sendable {
  package let material: String
  /// At least 1.
  package let count: Int

  package init(material: String, count: Int) {
    self.material = material
    self.count = count
  }
}

/// What the hall has had of one material, and what became of its originals.
package struct PaperAccount: Hashable, Sendable {
  package let material: String
  package var originals = 0
  package var copies = 0
  package var isSeen = false
  package var isElectronic = false
  /// Originals given back to their owner.
  package var givenBack = 0
  /// Originals that went to the department for good (依法留存).
  package var kept = 0
  /// The material came only after the first correction notice.
  package var cameLate = false

  package init(material: String) { self.material = material }

  /// Originals that the hall still has to give back.
  package var held: Int { originals - givenBack - kept }
  /// Whether anything of it is there.
  package var isHandedIn: Bool { originals > 0 || copies > 0 || isSeen || isElectronic }
}
