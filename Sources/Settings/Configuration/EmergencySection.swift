import Hall
import YAMLDocuments

/// `emergency:` the keys of a silent call for help (无声求助) at consoles.
struct EmergencySection {
  private let top: YAMLTable

  init(_ top: YAMLTable) { self.top = top }

  func read() -> EmergencyKeys {
    var keys = EmergencyKeys()
    guard let section = top.table("emergency", required: false) else { return keys }
    defer { section.refuseUnknown() }
    if let list = section.list("keys", atMost: 3) {
      let names = list.compactMap { node -> String? in
        guard case .scalar(let text, _) = node.content, EmergencyKeys.possible.contains(text) else { return nil }
        return text
      }
      if names.isEmpty || names.count != list.count || Set(names).count != names.count {
        section.log.fault(
          section.location(of: "keys"), "`keys` names keys that cannot be used",
          "write one to three of Control, Alt, Shift, Pause, ScrollLock, F1 to F24",
          zh: "按键（keys）不对：写 Control、Alt、Shift、Pause、ScrollLock、F1 至 F24 中的一到三个")
      }
      keys.keys = names
    }
    keys.times = section.integer("times", in: 1...3) ?? keys.times
    if !keys.isDeliberate {
      section.log.fault(
        section.location(of: "keys"), "Control, Alt and Shift are pressed once all day",
        "write `times: 2`, or another key",
        zh: "只按一次 Control、Alt、Shift 平时常用：写 times: 2，或换别的键")
    }
    return keys
  }
}
