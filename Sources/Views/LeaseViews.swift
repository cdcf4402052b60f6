import Groundwork
package import Hall

/// Leased numbers as coordinators see them.
package struct LeaseViews {
  private let state: HallState
  private let rules: HallRules
  private let table: LeaseTable

  /// - Parameter table: the lease table of this machine.
  package init(_ state: HallState, _ rules: HallRules, _ table: LeaseTable) {
    (self.state, self.rules, self.table) = (state, rules, table)
  }

  /// The members of `GET /v1/leases`.
  package func write(into json: inout JSONText) {
    json.array("out", state.leases.out) { json, lease in
      json.object { json in
        json.field("kiosk", lease.kiosk)
        json.field("machine", lease.machine)
        json.field("lane", lease.lane.description)
        json.field("day", lease.day.description)
        json.field("from", lease.from)
        json.field("through", lease.through)
      }
    }
    json.array("own", table.blocks) { json, block in
      json.object { json in
        json.field("kiosk", block.lease.kiosk)
        json.field("lane", block.lease.lane.description)
        json.field("left", block.left)
      }
    }
    json.strings("pending", table.pending.map(\.number.description))
    json.array("incidents", state.leases.incidents) { json, incident in
      json.object { json in
        json.field("number", incident.number.description)
        json.field("kiosk", incident.kiosk)
        json.field("issued_at", rules.zone.rfc3339(incident.issuedAt))
        json.field("reason", incident.reason.rawValue)
      }
    }
    json.array("ended", ended) { json, one in
      json.object { json in
        json.field("number", one.ticket.number.description)
        json.field("why", one.why.rawValue)
        json.field("instead_of", one.other?.description)
      }
    }
  }

  /// Adopted tickets that ended at once, by number.
  private var ended: [(ticket: Ticket, why: AdoptedEnd, other: TicketNumber?)] {
    state.leases.adopted.compactMap { code, adopted in
      guard let why = adopted.ended, let ticket = state.tickets[code] else { return nil }
      return (ticket, why, adopted.insteadOf)
    }
    .sorted { $0.ticket.number.description < $1.ticket.number.description }
  }
}
