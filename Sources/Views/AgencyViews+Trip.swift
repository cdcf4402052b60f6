import Groundwork
package import Hall

/// Trips of agents (代办批次).
extension AgencyViews {
  /// At a kiosk: how many of its cases go to each lane, and the number that the trip has there. No item and no name.
  package func lanes(of batch: AgencyBatch, into json: inout JSONText) {
    json.object { json in
      json.field("is", "trip")
      json.field("id", batch.code.description)
      json.field("number", batch.number.description)
      json.field("count", batch.cases.count)
      json.array("lanes", state.carried(on: batch, rules)) { json, lane in
        json.object { json in
          json.field("lane", lane.lane.description)
          json.field("name", rules.lane(lane.lane)?.name ?? lane.lane.description)
          json.field("count", lane.cases.count)
          json.numbers("windows", rules.windows(serving: lane.lane))
          json.field("ticket", state.ticket(of: batch.code, in: lane.lane)?.code.description)
        }
      }
    }
  }

  /// For staff: the trip with its agency cases.
  package func trip(_ batch: AgencyBatch, into json: inout JSONText) {
    json.object { json in
      fields(of: batch, into: &json)
      json.array("carries", batch.cases.compactMap { state.agency[$0] }) { json, one in
        json.object { fields(of: one, into: &$0) }
      }
    }
  }
}
