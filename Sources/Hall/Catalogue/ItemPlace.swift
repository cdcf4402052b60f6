/// Where a resident of this hall has an item done: one rule for kiosk, notice, poster, console and API.
package struct ItemPlace: Hashable, Sendable {
  package enum Way: Hashable, Sendable {
    /// At these windows; empty where they are not known.
    case windows([Int])
    /// At the windows of the police's outpost in the hall.
    case policeWindows([Int])
    /// Here, or with the agent of the resident's own village.
    case windowsOrAgent([Int])
    /// 服务事项: at this village's station, with one of its agents.
    case station([Station.Agent])
    /// 代办事项: an agent of this station carries it to the town, where residents may also go themselves.
    case agent([Station.Agent], town: ServicePlace)
    case elsewhere(DoneElsewhere)
  }

  package let way: Way

  package init(_ way: Way) { self.way = way }

  /// Nil when this hall does it.
  package var elsewhere: DoneElsewhere? { if case .elsewhere(let elsewhere) = way { elsewhere } else { nil } }

  /// The other places to go to, with their known details.
  package var places: [ServicePlace] {
    switch way {
    case .windows, .policeWindows, .windowsOrAgent, .station: []
    case .agent(_, let town): [town]
    case .elsewhere(let elsewhere): elsewhere.places
    }
  }

  /// The place as a noun, the same on every medium: 1 至 3 号窗口; 您所在村（社区）的便民服务站.
  package var words: String {
    switch way {
    case .windows(let numbers): Self.windows(numbers)
    case .policeWindows(let numbers): numbers.isEmpty ? "公安窗口" : "\(WindowWords.list(numbers)) 号公安窗口"
    case .windowsOrAgent(let numbers): "\(Self.windows(numbers))，或您所在村（社区）的代办员"
    case .station(let agents): "本站代办员\(Self.names(agents))"
    case .agent(let agents, let town): "本站代办员\(Self.names(agents))，或\(town.name)"
    case .elsewhere(let elsewhere): Self.words(elsewhere)
    }
  }

  /// What the resident does, as a clause: 到 1 至 3 号窗口办理.
  package var step: String {
    switch way {
    case .windows(let numbers) where !numbers.isEmpty: "到 \(words)办理"
    case .policeWindows(let numbers) where !numbers.isEmpty: "到 \(words)办理"
    case .windows, .policeWindows: "到\(words)办理"
    case .windowsOrAgent(let numbers):
      "到\(numbers.isEmpty ? "" : " ")\(Self.windows(numbers))办理，或交给您所在村（社区）的代办员"
    case .station: "到本站交给代办员办理"
    case .agent(_, let town): "交给代办员，或自己到\(town.name)办理"
    case .elsewhere(let elsewhere):
      switch elsewhere.kind {
      case .village: "到\(words)办理，不用到本厅来"
      case .noWindow: "到本厅问工作人员在哪里办"
      case .district, .notInHall, .town, .police: "到\(words)办理"
      }
    }
  }

  private static func windows(_ numbers: [Int]) -> String {
    numbers.isEmpty ? "本厅窗口" : "\(WindowWords.list(numbers)) 号窗口"
  }

  private static func names(_ agents: [Station.Agent]) -> String {
    agents.isEmpty ? "" : "（\(agents.map { "\($0.name) \($0.phone)" }.joined(separator: "、"))）"
  }

  private static func words(_ elsewhere: DoneElsewhere) -> String {
    switch elsewhere.kind {
    case .village: "您所在村（社区）的便民服务站"
    case .noWindow: "本厅没有窗口办理，请问工作人员"
    case .district: elsewhere.places.first?.name ?? "区政务服务中心"
    case .police: elsewhere.places.first?.name ?? "派出所"
    case .notInHall, .town: elsewhere.places.first?.name ?? "镇（街道）便民服务中心"
    }
  }
}

extension HallRules {
  package func place(of item: Item) -> ItemPlace {
    if let elsewhere = elsewhere(for: item) { return ItemPlace(.elsewhere(elsewhere)) }
    if let station {
      return ItemPlace(
        item.directory == .agency ? .agent(station.agents, town: townHall(of: station)) : .station(station.agents))
    }
    let windows = lane(for: item).map(windows(serving:)) ?? []
    if item.isPoliceOnly { return ItemPlace(.policeWindows(windows)) }
    return ItemPlace(
      item.directory == .agency || item.handledBy == .agent ? .windowsOrAgent(windows) : .windows(windows))
  }
}

extension ServicePlace {
  /// Name, address, hours and phone in one line, as far as known.
  package var words: String { [name, address, hours, phone].filter { !$0.isEmpty }.joined(separator: "，") }
}
