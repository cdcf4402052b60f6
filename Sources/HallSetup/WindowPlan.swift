import CatalogueFiles
import Hall

/// Changes the lanes and windows of a hall to a number of windows of each kind.
///
/// Windows that remain keep number, name and lanes.
struct WindowPlan {
  private enum Kind { case comprehensive, police, pickUp, other }

  private(set) var lanes: [YAMLText]
  private(set) var windows: [YAMLText]

  private static let policeGroup = "公安户籍"

  init(_ present: PresentConfiguration?) {
    lanes = present?.value("lanes")?.entries ?? []
    windows = present?.value("windows")?.entries ?? []
  }

  var counts: SetupAnswers.Windows {
    SetupAnswers.Windows(
      comprehensive: windows.count { kind($0) == .comprehensive }, police: windows.count { kind($0) == .police },
      pickUp: windows.count { kind($0) == .pickUp })
  }

  /// The lane that takes a group; nil for none.
  private func letter(ofGroup group: String) -> String? {
    lanes.first { $0["groups"]?.entries.contains { $0.scalar == group } ?? false }?["letter"]?.scalar
  }

  private var comprehensiveLetter: String? {
    lanes.first { $0["comprehensive"]?.scalar == "true" }?["letter"]?.scalar
  }

  private func kind(_ window: YAMLText) -> Kind {
    let served = window["lanes"]?.entries.compactMap(\.scalar) ?? []
    if let police = letter(ofGroup: Self.policeGroup), served.contains(police) { return .police }
    if let pickUp = letter(ofGroup: Lane.collectionGroup), served == [pickUp] { return .pickUp }
    if let all = comprehensiveLetter, served.contains(all) { return .comprehensive }
    return .other
  }

  mutating func change(to wanted: SetupAnswers.Windows) {
    guard wanted != counts else { return }
    if comprehensiveLetter == nil { addLane("综合", preferred: "A", ("comprehensive", .plain("true"))) }
    if wanted.police > 0, letter(ofGroup: Self.policeGroup) == nil {
      addLane(Self.policeGroup, preferred: "H", ("groups", .list([.text(Self.policeGroup)])))
    }
    if wanted.pickUp > 0, letter(ofGroup: Lane.collectionGroup) == nil {
      addLane(Lane.collectionGroup, preferred: "E", ("groups", .list([.text(Lane.collectionGroup)])))
    }
    let all = comprehensiveLetter ?? "A"
    change(.comprehensive, to: wanted.comprehensive, name: "综合窗口", [all])
    if let police = letter(ofGroup: Self.policeGroup) {
      change(.police, to: wanted.police, name: "综合窗口（公安派驻）", [police, all])
    }
    if let pickUp = letter(ofGroup: Lane.collectionGroup) {
      change(.pickUp, to: wanted.pickUp, name: "出件窗口", [pickUp])
    }
    // The daemon refuses a configuration with a lane that no window serves.
    let served = Set(windows.flatMap { $0["lanes"]?.entries.compactMap(\.scalar) ?? [] })
    lanes.removeAll { !served.contains($0["letter"]?.scalar ?? "") }
  }

  /// Takes away the last windows of a kind, or adds some with the next free numbers.
  private mutating func change(_ wanted: Kind, to count: Int, name: String, _ served: [String]) {
    var indices = windows.indices.filter { kind(windows[$0]) == wanted }
    while indices.count > count { windows.remove(at: indices.removeLast()) }
    for _ in indices.count..<max(count, indices.count) {
      let taken = Set(windows.compactMap { $0["number"]?.scalar.flatMap { Int($0) } })
      let number = (1...99).first { !taken.contains($0) } ?? 99
      windows.append(
        .table(
          [
            (key: "number", value: .plain("\(number)")), (key: "name", value: .text(name)),
            (key: "lanes", value: .list(served.map(YAMLText.text))),
          ], row: 0))
    }
  }

  private mutating func addLane(_ name: String, preferred: String, _ more: (key: String, value: YAMLText)) {
    let taken = Set(lanes.compactMap { $0["letter"]?.scalar })
    let letter = ([preferred] + "ACFGHJKLMNQRSUVWXYZ".map(String.init)).first { !taken.contains($0) } ?? preferred
    lanes.append(
      .table(
        [(key: "letter", value: .text(letter)), (key: "name", value: .text(name)), (key: more.key, value: more.value)],
        row: 0))
  }
}

/// Changes the hours of working days in the section `opening`; other days and the cut-off do not change.
enum OpeningPlan {
  static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]

  static func section(_ present: PresentConfiguration?, _ hours: SetupAnswers.Hours) -> YAMLText {
    if let present, present.hours == hours, let section = present.value("opening") { return section }
    var section = present?.value("opening") ?? .empty
    switch hours {
    case .always:
      section["always_open"] = .plain("true")
    case .sessions(let sessions):
      section["always_open"] = nil
      var days = section["sessions"] ?? .empty
      for day in weekdays { days[day] = .list(sessions.map(YAMLText.text)) }
      section["sessions"] = days
      if present == nil {
        section["make_up_day"] = .text("monday")
        section["cut_off_minutes"] = .plain("15")
      }
    }
    return section
  }
}
