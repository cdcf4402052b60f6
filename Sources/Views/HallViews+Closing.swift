import Groundwork
import Hall

extension HallViews {
  /// The business day that was closed last, and its closing slip (日结单); null before the first. Staff only.
  func closing(key: String?, into json: inout JSONText) {
    guard let day = state.days.closed else {
      if let key { json.null(key) }
      return
    }
    json.object(key) { json in
      json.field("business_day", day.date.description)
      json.field("opened_at", time(day.openedAt))
      json.field("closed_at", time(day.closedAt))
      json.array("lanes", day.lanes) { json, lane in
        json.object { json in
          json.field("letter", lane.lane.description)
          json.field("name", rules.lane(lane.lane)?.name)
          json.field("issued", lane.issued)
          json.field("called", lane.called)
          json.field("served", lane.served)
          json.field("missed", lane.missed)
          json.field("abandoned", lane.abandoned)
          json.field("open", lane.open)
        }
      }
      json.field("first_call_at", time(day.firstCallAt))
      json.field("last_call_at", time(day.lastCallAt))
      json.field("notices", day.notices)
      json.field("notices_printed", day.noticesPrinted)
      json.field("id", day.kept?.code.description)
      json.field("head", day.kept?.text)
      json.field("kiosk", day.kept?.slip.flatMap { state.print.slips[$0]?.kiosk } ?? rules.closingPrinter?.id)
      slip(day.kept?.slip, key: "slip", into: &json)
    }
  }
}
