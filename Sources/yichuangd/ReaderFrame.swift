import Desks
import Hall
import HallHTTP
import Ports
import Slips
import Views

extension FeedHub {
  /// Tells a kiosk's own pages what happened at its card reader or scanner; nobody else hears of it, and it is never repeated.
  func tell(_ news: ReaderNews, at kiosk: String) {
    tell(Self.frame(news)) { $0 == .kiosk(kiosk) }
  }

  private static func frame(_ news: ReaderNews) -> [UInt8] {
    switch news {
    case .devices(let readers):
      EventFrames.frame(nil, "readersChanged") { json in ReaderNotice.write(readers.map(ReaderNotice.init), into: &json)
      }
    case .found: EventFrames.frame(nil, "cardFound") { _ in }
    case .card(let card):
      EventFrames.frame(nil, "cardRead") { json in
        json.field("card", card.token)
        json.field("name", card.maskedName)
        json.field("priority_offered", card.offersPriority)
        json.field("expired", card.isExpired)
        json.strings("tickets", card.tickets.map(\.description))
      }
    case .cardTrouble(let trouble):
      EventFrames.frame(nil, "cardTrouble") { json in json.field("trouble", trouble.rawValue) }
    case .notRead: EventFrames.frame(nil, "cardNotRead") { _ in }
    case .lifted: EventFrames.frame(nil, "cardLifted") { _ in }
    case .leftBehind(let isLeft): EventFrames.frame(nil, "cardLeft") { json in json.field("left", isLeft) }
    case .code(let code): EventFrames.frame(nil, "codeScanned") { json in write(code, into: &json) }
    }
  }

  private static func write(_ code: CodeNews, into json: inout JSONText) {
    switch code {
    case .ticket(let id):
      json.field("is", "ticket")
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
    case .oldSlip: json.field("is", "old_slip")
    case .unknown(let code): CodeView.write(code, into: &json)
    case .unreadable: json.field("is", "unreadable")
    }
  }
}

extension ReaderNotice {
  init(_ reader: PresentReader) {
    self.init(kind: reader.kind.rawValue, name: reader.name, condition: reader.condition?.rawValue)
  }
}

extension ReaderNews {
  /// The tickets and notices whose holder has shown a slip or a card here.
  var codes: [PublicCode] {
    switch self {
    case .card(let card): card.tickets
    case .code(.ticket(let code)), .code(.notice(let code, _, _)): [code]
    case .devices, .found, .cardTrouble, .notRead, .lifted, .leftBehind, .code: []
    }
  }
}
