import Groundwork
import Hall

/// What a coordinator arranged (当日安排), with who and when.
extension HallViews {
  package func arrangements(key: String = "arrangements", into json: inout JSONText) {
    let present = state.arrangements
    json.object(key) { json in
      json.array("paused_lanes", present.paused.values.sorted { $0.what.lane < $1.what.lane }) { json, paused in
        json.object { json in
          json.field("letter", paused.what.lane.description)
          json.field("name", rules.lane(paused.what.lane)?.name)
          json.field("reason", paused.what.reason)
          made(paused, into: &json)
        }
      }
      json.array("sessions", extraSessions) { json, added in
        json.object { json in
          session(added.what, into: &json)
          made(added, into: &json)
        }
      }
      optional("frequent", present.frequent, into: &json) { json, chosen in
        json.array("items", chosen.items) { json, code in
          json.object { json in
            json.field("code", code)
            json.field("name", rules.catalogue.item(code)?.name ?? code)
          }
        }
      }
      optional("publicity", present.publicity, into: &json) { json, page in
        json.field("title", page.title)
        json.strings("lines", page.lines)
      }
    }
  }

  private var extraSessions: [ArrangementState.Arranged<SessionAdded>] {
    state.arrangements.sessions.values.sorted { $0.what.date < $1.what.date }
  }

  private func session(_ added: SessionAdded, into json: inout JSONText) {
    json.field("date", added.date.description)
    json.field("from", time(rules.zone.moment(added.date, added.session.from)))
    json.field("to", time(rules.zone.moment(added.date, added.session.to)))
  }

  /// 延时服务: sessions that were added for single days and are not over.
  func extraSessions(now: Timestamp, into json: inout JSONText) {
    let coming = extraSessions.filter { rules.zone.moment($0.what.date, $0.what.session.to) > now }
    json.array("extra_sessions", coming) { json, added in json.object { session(added.what, into: &$0) } }
  }

  private func optional<What: Hashable & Sendable>(
    _ key: String, _ arranged: ArrangementState.Arranged<What>?, into json: inout JSONText,
    _ write: (inout JSONText, What) -> Void
  ) {
    guard let arranged else {
      json.null(key)
      return
    }
    json.object(key) { json in
      write(&json, arranged.what)
      made(arranged, into: &json)
    }
  }

  private func made<What: Hashable & Sendable>(_ arranged: ArrangementState.Arranged<What>, into json: inout JSONText) {
    json.field("at", time(arranged.at))
    json.field("by", arranged.by.badge)
  }
}
