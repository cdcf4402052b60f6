package import Groundwork
package import Hall

/// What was practised in trainings (演练), as JSON.
package struct TrainingViews: Sendable {
  private let log: TrainingLog
  private let zone: ZoneOffset

  package init(_ log: TrainingLog, _ zone: ZoneOffset) {
    self.log = log
    self.zone = zone
  }

  /// - Parameters:
  ///   - only: the badge whose practice is shown; nil for everybody's.
  ///   - name: the name of a badge's owner; nil for one who is no longer on the list.
  /// - Returns: the sessions, the newest first; one in which nobody shown did anything has no people.
  package func json(only: String?, name: (String) -> String?) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.array("sessions", log.sessions.reversed()) { json, session in
        json.object { json in
          json.field("day", session.day.description)
          json.field("begun_at", zone.rfc3339(session.begunAt))
          json.field("ended_at", session.endedAt.map(zone.rfc3339))
          json.field("issued", session.issued)
          json.array("people", session.people.keys.sorted().filter { only ?? $0 == $0 }) { json, badge in
            json.object { json in
              json.field("badge", badge)
              json.field("name", name(badge))
              json.object("deeds") { json in
                for deed in TrainingLog.Deed.allCases {
                  json.field(deed.rawValue, session.people[badge]?[deed] ?? 0)
                }
              }
            }
          }
        }
      }
    }
    return json.bytes
  }
}
