import Ports
package import Hall
import ReaderProtocols
import Slips
import Views

extension ReaderNews {
  /// The server-sent event by which the kiosk's own pages are told. It has no id: it is not in the journal and is never repeated.
  package var frame: [UInt8] {
    switch self {
    case .devices(let readers):
      EventFrames.frame(nil, "readersChanged") { json in PresentReader.write(readers, into: &json) }
    case .found: EventFrames.frame(nil, "cardFound") { _ in }
    case .card(let card):
      EventFrames.frame(nil, "cardRead") { json in
        json.field("card", card.token)
        json.field("name", card.maskedName)
        json.field("priority_offered", card.offersPriority)
        json.field("expired", card.isExpired)
        json.strings("tickets", card.tickets.map(\.description))
        json.strings("reservations", card.reservations.map(\.description))
      }
    case .cardTrouble(let trouble):
      EventFrames.frame(nil, "cardTrouble") { json in json.field("trouble", trouble.rawValue) }
    case .notRead: EventFrames.frame(nil, "cardNotRead") { _ in }
    case .lifted: EventFrames.frame(nil, "cardLifted") { _ in }
    case .leftBehind(let isLeft): EventFrames.frame(nil, "cardLeft") { json in json.field("left", isLeft) }
    case .code(let code): EventFrames.frame(nil, "codeScanned") { json in code.write(into: &json) }
    }
  }

  /// The tickets and notices whose holder has shown a slip or a card here.
  package var codes: [PublicCode] {
    switch self {
    case .card(let card): card.tickets + card.reservations
    case .code(.ticket(let code)), .code(.reservation(let code)), .code(.ofCase(let code)),
      .code(.notice(let code, _, _)):
      [code]
    case .devices, .found, .cardTrouble, .notRead, .lifted, .leftBehind, .code: []
    }
  }
}

extension CodeNews {
  fileprivate func write(into json: inout JSONText) {
    switch self {
    case .ticket(let id):
      json.field("is", "ticket")
      json.field("id", id.description)
    case .reservation(let id):
      json.field("is", "reservation")
      json.field("id", id.description)
    case .ofCase(let id):
      json.field("is", "case")
      json.field("id", id.description)
    case .trip(let id):
      json.field("is", "trip")
      json.field("id", id.description)
    case .notice(let id, let item, let situations):
      json.field("is", "notice")
      json.field("id", id.description)
      json.field("item", item)
      json.strings("situations", situations)
    case .item(let item):
      json.field("is", "item")
      json.field("item", item)
    case .agent(let agent):
      json.field("is", "agent")
      json.field("card", agent.token)
      json.field("name", agent.name)
      json.field("carries", agent.carries)
    case .badge: json.field("is", "badge")
    case .revokedBadge: json.field("is", "badge_revoked")
    case .oldSlip: json.field("is", "old_slip")
    case .unknown(let code):
      json.field("is", "unknown")
      json.field("kind", code.kind.rawValue)
      json.field("length", code.length)
    case .unreadable: json.field("is", "unreadable")
    }
  }
}
