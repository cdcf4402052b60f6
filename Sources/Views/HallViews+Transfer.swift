import Groundwork
import Hall

/// 转号, 实际办理 and 一号办多事: a ticket's transfers, items served and itinerary.
extension HallViews {
  func way(_ ticket: Ticket, into json: inout JSONText) {
    json.field("own_window", ticket.pool)
    json.field("transfers", ticket.transfers)
    transfer(ticket, key: "transfer", into: &json)
    if let served = ticket.served { items(served, key: "served_items", into: &json) } else { json.null("served_items") }
    json.array("stops", ticket.stops.compactMap(rules.lane)) { json, lane in
      let windows = rules.windows(serving: lane.letter)
      json.object { json in
        json.field("letter", lane.letter.description)
        json.field("name", lane.name)
        json.numbers("windows", windows)
        json.numbers("open_windows", windows.filter { state.windows[$0]?.duty == .open })
      }
    }
  }

  private func items(_ codes: [String], key: String, into json: inout JSONText) {
    json.array(key, codes) { json, code in
      json.object { json in
        json.field("code", code)
        json.field("name", rules.catalogue.item(code)?.name ?? code)
      }
    }
  }

  /// An open transfer; null once the receiver serves the resident.
  private func transfer(_ ticket: Ticket, key: String, into json: inout JSONText) {
    guard let note = ticket.transfer else {
      json.null(key)
      return
    }
    json.object(key) { json in transfer(ticket, note, into: &json) }
  }

  private func transfer(_ ticket: Ticket, _ note: TransferNote, into json: inout JSONText) {
    json.field("at", time(note.at))
    json.field("from", note.from)
    json.field("by", note.badge)
    switch note.to {
    case .lane(let lane):
      json.field("lane", lane.description)
      json.null("window")
    case .window(let number):
      json.null("lane")
      json.field("window", number)
    }
    switch note.reason {
    case .code(let code):
      json.field("reason", code.rawValue)
      json.null("words")
    case .words(let words):
      json.field("reason", "words")
      json.field("words", words)
    }
    json.field("told", ticket.transfers >= HallState.transfersToTell)
  }

  /// The day's transfers for coordinators: how many, and those that are open.
  func todayTransfers(into json: inout JSONText) {
    json.object("transfers") { json in
      json.field("count", state.figures.transfers)
      json.field("sent_around", state.figures.sentAround)
      json.array("open", state.queue.openTransfers.compactMap { state.tickets[$0] }) { json, ticket in
        json.object { json in
          json.field("number", ticket.number.description)
          json.field("state", ticket.state.rawValue)
          json.field("first_asked", ticket.firstAsked)
          json.field("transfers", ticket.transfers)
          if let note = ticket.transfer { transfer(ticket, note, into: &json) }
        }
      }
    }
  }

  /// Second waits in hall time.
  var secondWaits: SortedSeconds {
    let terms = figuresTerms
    return SortedSeconds(
      state.figures.secondWaits.map { wait in
        Int((terms?.hallTime(from: wait.since, to: wait.at) ?? max(0, wait.at.since(wait.since))) / 1000)
      })
  }
}
