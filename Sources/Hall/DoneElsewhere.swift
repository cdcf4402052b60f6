/// An item of the catalogue that this hall does not do: where to go instead of queueing here.
package struct DoneElsewhere: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// An enterprise's item: the district centre's (企业事项向区中心集中, 铜府办〔2023〕32号 二（三）).
    case district
    /// On the list of items that no town hall takes (集中进驻事项负面清单).
    case notInHall = "not_in_hall"
    /// Applied for at the resident's own village station (就近办).
    case village
    /// At a village's station: the town's hall does it.
    case town
    /// Only a police outpost may do it, and none has a window here.
    case police
    /// No window of this hall serves it.
    case noWindow = "no_window"
  }

  package let kind: Kind
  /// In the district's words, where the catalogue has them.
  package let reason: String?
  /// The places; several where each village has its own. Empty when only the hall's staff know.
  package let places: [ServicePlace]

  package init(kind: Kind, reason: String? = nil, places: [ServicePlace]) {
    self.kind = kind
    self.reason = reason
    self.places = places
  }
}

/// A place that serves residents, with the details needed to go there.
package struct ServicePlace: Hashable, Sendable {
  package let name: String
  package let address: String
  /// In words: 工作日 9:00-12:00.
  package let hours: String
  package let phone: String

  package init(name: String, address: String, hours: String, phone: String) {
    self.name = name
    self.address = address
    self.hours = hours
    self.phone = phone
  }
}

/// The places for items that this hall does not do.
package struct HallNeighbours: Hashable, Sendable {
  /// 区政务服务中心.
  package let district: ServicePlace?
  /// The police outpost (派出所) for this division.
  package let police: ServicePlace?
  /// The stations (便民服务站) of the town's villages and communities.
  package let villages: [ServicePlace]
  /// At a village's station: the town's hall (便民服务中心).
  package let town: ServicePlace?

  package init(
    district: ServicePlace? = nil, police: ServicePlace? = nil, villages: [ServicePlace] = [], town: ServicePlace? = nil
  ) {
    self.district = district
    self.police = police
    self.villages = villages
    self.town = town
  }
}

extension HallRules {
  /// The other place where the item is done; nil when this hall does it.
  ///
  /// The catalogue's statement about the item has precedence, then its level, then the hall's windows.
  package func elsewhere(for item: Item) -> DoneElsewhere? {
    if let place = item.elsewhere {
      return DoneElsewhere(
        kind: .notInHall, reason: place.reason,
        places: [ServicePlace(name: place.place, address: place.address, hours: place.hours, phone: place.phone)])
    }
    if item.audience == .enterprise { return DoneElsewhere(kind: .district, places: Self.list(neighbours.district)) }
    if item.level == .village, identity.level == .town {
      return DoneElsewhere(kind: .village, places: neighbours.villages)
    }
    if let station {
      // A station does or carries every item of its two lists.
      guard item.directory == nil else { return nil }
      if item.isPoliceOnly { return DoneElsewhere(kind: .police, places: Self.list(neighbours.police)) }
      return DoneElsewhere(kind: .town, places: [townHall(of: station)])
    }
    if item.isPoliceOnly {
      let own = lanes.first { $0.groups.contains(item.queueGroup) }
      guard let own, !windows(serving: own.letter).isEmpty else {
        return DoneElsewhere(kind: .police, places: Self.list(neighbours.police))
      }
      return nil
    }
    guard let lane = lane(for: item), !windows(serving: lane).isEmpty else {
      return DoneElsewhere(kind: .noWindow, places: [])
    }
    return nil
  }

  /// The hall of the town above a station; where it is not configured, its name with the station's phone.
  func townHall(of station: Station) -> ServicePlace {
    neighbours.town ?? ServicePlace(name: station.town, address: "", hours: "", phone: consultPhone)
  }

  private static func list(_ place: ServicePlace?) -> [ServicePlace] { place.map { [$0] } ?? [] }
}
