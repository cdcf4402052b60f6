/// A division (区划) that a hall belongs to: a town (镇) or a street (街道), or a village or community below one.
package struct Division: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case town, street, village, community
  }

  /// Statistical division code: 9 digits for a town or street, 12 for a village or community.
  package let code: String
  /// The division's own full name with its kind at the end: 安居镇, 巴川街道, 黄升村, 文兴社区.
  package let name: String
  package let kind: Kind
  /// True where 铜府办〔2023〕32号 二（四） made the division a pilot of the one-window hall in 2023.
  package let pilot: Bool

  package init(code: String, name: String, kind: Kind, pilot: Bool) {
    self.code = code
    self.name = name
    self.kind = kind
    self.pilot = pilot
  }
}

/// The kind of hall (铜府办〔2023〕32号 二（一）).
package enum HallLevel: String, Sendable, Codable {
  /// 便民服务中心, of a town or street.
  case town
  /// 便民服务站, of a village or community.
  case village

  var suffix: String { self == .town ? "便民服务中心" : "便民服务站" }
}

/// The hall's identity. Its name is derived from division and level, never free text (铜府办〔2023〕32号 二（一）).
package struct HallIdentity: Hashable, Sendable, Codable {
  package let division: Division
  package let level: HallLevel
  /// 安居镇便民服务中心, 文兴社区便民服务站.
  package var name: String { division.name + level.suffix }
  /// The full form, for where it is needed.
  package var fullName: String { "重庆市铜梁区" + name }

  package enum Fault: Error, Equatable, Sendable {
    /// A town hall needs a town or a street, a village station a village or a community.
    case levelDoesNotFit(Division.Kind, HallLevel)
    /// The division's name does not have the ending of its kind: 安居镇 is a town, 巴川街道 a street.
    case nameDoesNotEndAsKind(String, Division.Kind)
    /// A given name differs from the derived one; `expected` is the right name.
    case nameIsNotDerived(given: String, expected: String, legacy: Bool)
  }

  /// - Throws: `Fault` when level, kind and the division's name do not fit.
  package init(division: Division, level: HallLevel) throws(Fault) {
    let townKinds: [Division.Kind] = [.town, .street]
    guard townKinds.contains(division.kind) == (level == .town) else {
      throw .levelDoesNotFit(division.kind, level)
    }
    let ending = ["town": "镇", "street": "街道", "village": "村", "community": "社区"][division.kind.rawValue] ?? ""
    guard division.name.hasSuffix(ending), division.name.count > ending.count else {
      throw .nameDoesNotEndAsKind(division.name, division.kind)
    }
    self.division = division
    self.level = level
  }

  /// Endings that are found on old signs, in old data and in old printer headers.
  package static let legacyEndings = ["公共服务中心", "便民服务室", "社会保障服务所", "政务服务大厅"]

  /// Checks a name that was entered by hand against the derived one.
  ///
  /// - Throws: `Fault.nameIsNotDerived` with the right name; `legacy` is true for a retired name, including ××村便民服务中心
  ///   and ××镇便民服务站, where level and suffix do not fit.
  package func accept(givenName: String) throws(Fault) {
    guard givenName != name, givenName != fullName else { return }
    let legacy =
      Self.legacyEndings.contains { givenName.hasSuffix($0) }
      || givenName.hasSuffix(level == .town ? HallLevel.village.suffix : HallLevel.town.suffix)
      || givenName.contains("（") || givenName.contains("(")
    throw .nameIsNotDerived(given: givenName, expected: name, legacy: legacy)
  }
}

/// The additional data of a village's station (铜府办〔2023〕32号 二（一）、（五）): agents instead of a queue.
package struct Station: Hashable, Sendable, Codable {
  /// Somebody who carries matters to the town (代办员).
  package struct Agent: Hashable, Sendable, Codable {
    package let name: String
    package let phone: String

    package init(name: String, phone: String) {
      self.name = name
      self.phone = phone
    }
  }

  /// The hall of the town above: 安居镇便民服务中心.
  package let town: String
  /// The building that it is in: 文兴社区党群服务中心办事大厅.
  package let site: String
  /// At least one.
  package let agents: [Agent]

  /// - Parameter town: the division above the station's.
  package init(_ division: Division, town: Division, agents: [Agent]) {
    self.town = town.name + HallLevel.town.suffix
    site = division.name + "党群服务中心办事大厅"
    self.agents = agents
  }
}
