import Groundwork
package import Hall
package import YAMLDocuments

/// `opening:` sessions by weekday and the cut-off, or an always open hall.
package struct OpeningSection {
  private let table: YAMLTable
  private var log: FaultLog { table.log }

  private static let weekdays: [(key: String, day: Weekday)] = [
    ("monday", .monday), ("tuesday", .tuesday), ("wednesday", .wednesday), ("thursday", .thursday),
    ("friday", .friday), ("saturday", .saturday), ("sunday", .sunday),
  ]

  private enum Day: String { case monday, tuesday, wednesday, thursday, friday }

  package init(_ table: YAMLTable) { self.table = table }

  package func read() -> OpeningHours {
    defer { table.refuseUnknown() }
    let always = table.flag("always_open") ?? false
    let cutOff = table.integer("cut_off_minutes", in: 0...240) ?? 0
    let makeUp = table.choice(
      "make_up_day", of: [Day.monday, .tuesday, .wednesday, .thursday, .friday], required: false)
    var sessions: [Weekday: [OpeningHours.Session]] = [:]
    if let days = table.table("sessions", required: !always) {
      for (key, day) in Self.weekdays {
        if let list = days.list(key, atMost: 6) { sessions[day] = self.sessions(list, key, cutOff) }
      }
      days.refuseUnknown()
      if sessions.values.allSatisfy(\.isEmpty), !always {
        log.fault(
          table.location(of: "sessions"), "the hall never opens", "write sessions such as monday: ['09:00-12:00']",
          zh: "大厅没有开门的时候：写上开门时段，如 monday: ['09:00-12:00']")
      }
    }
    let makeUpDay = Self.weekdays.first { $0.key == makeUp?.rawValue }?.day ?? .monday
    return OpeningHours(sessions: sessions, makeUpDay: makeUpDay, cutOffMinutes: cutOff, alwaysOpen: always)
  }

  private func sessions(_ list: [YAMLNode], _ key: String, _ cutOff: Int) -> [OpeningHours.Session] {
    var sessions: [OpeningHours.Session] = []
    for node in list {
      guard let text = YAMLTable.text(node, key, atMost: 20, log) else { continue }
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { CivilTime($0.trimmed) }
      guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else {
        log.fault(
          node.location, "the session “\(text)”", "write 'HH:MM-HH:MM', the end after the start",
          zh: "开门时段“\(text)”不对：写成 'HH:MM-HH:MM'，结束要晚于开始")
        continue
      }
      if let last = sessions.last, from < last.to {
        log.fault(
          node.location, "the session \(text) begins before the one before it ends", "write them in order, apart",
          zh: "开门时段 \(text) 与前一个重叠：按先后写，不要重叠")
      }
      sessions.append(OpeningHours.Session(from: from, to: to))
    }
    if let last = sessions.last, cutOff > 0, last.to.minuteOfDay - last.from.minuteOfDay <= cutOff {
      log.fault(
        table.location(of: "cut_off_minutes"), "the cut-off is longer than the last session of \(key)",
        "shorten it, or residents get no number in that session",
        zh: "停止取号的提前量比 \(key) 的最后一段还长：改短，否则那一段取不到号")
    }
    return sessions
  }
}
