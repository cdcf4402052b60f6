extension Item {
  /// Where an item is handed in.
  package enum Level: String, Sendable, Codable, CaseIterable { case town, village }

  /// The two lists that every village keeps (铜府办〔2023〕32号 二（三）).
  package enum Directory: String, Sendable, Codable, CaseIterable {
    /// 服务事项: done at the station.
    case service
    /// 代办事项: carried to the town by the agent.
    case agency
  }

  /// One level's part in an item that passes through several: 村受理, 镇审核, 区决定.
  package struct Stage: Hashable, Sendable, Codable {
    package enum Office: String, Sendable, Codable, CaseIterable { case village, town, district, city }

    package let office: Office
    /// 受理, 初审, 审核, 决定, 发证 …
    package let does: String

    package init(office: Office, does: String) {
      self.office = office
      self.does = does
    }
  }

  /// Where residents go with an item that no window of this hall does.
  package struct Elsewhere: Hashable, Sendable, Codable {
    /// Why it is not done here, in the words of the district's list.
    package let reason: String
    package let place: String
    package let address: String
    package let hours: String
    package let phone: String

    package init(reason: String, place: String, address: String, hours: String, phone: String) {
      self.reason = reason
      self.place = place
      self.address = address
      self.hours = hours
      self.phone = phone
    }
  }
}
