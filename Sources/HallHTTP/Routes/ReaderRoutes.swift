package import Ports
import Groundwork
package import Hall
import Hummingbird
import Views

/// The card reader and scanner of a kiosk, for its own page. Nothing here makes an event: a repeated request is
/// answered from the present state.
struct ReaderRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.get("v1/kiosks/:id/readers") { _, context in
      let kiosk = try kiosk(context)
      let readers = await endpoint.parts.readers?.devices(at: kiosk) ?? []
      let card = await endpoint.parts.readers?.card(lyingAt: kiosk)
      var json = JSONText()
      json.object { json in
        PresentReader.write(readers, into: &json)
        json.field("card", card?.rawValue)
      }
      return Response.json(json.bytes)
    }
    router.post("v1/kiosks/:id/cards") { request, context in
      let kiosk = try kiosk(context)
      let form = try RequestParser.read(CardForm.self, try await endpoint.body(request, context))
      if form.home == true { await endpoint.parts.readers?.cameHome(at: kiosk) }
      guard await endpoint.parts.readers?.allow(form.read, at: kiosk) == true else {
        throw Problem(
          .conflict, "no_card_reader", Problem.Words("这台机器没有读卡器", "There is no card reader here"),
          Problem.Words("不刷身份证也能取号。", "A number needs no card."))
      }
      var json = JSONText()
      json.object { json in json.field("reading", form.read) }
      return Response.json(json.bytes)
    }
  }

  private func kiosk(_ context: HallContext) throws(Problem) -> String {
    let id = context.parameters.get("id") ?? ""
    return try context.requirePage(id, endpoint.parts.feed.rules).kiosk
  }
}

/// The resident's consent to reading a card, or its withdrawal.
struct CardForm: RequestForm {
  static let fields: Set<String> = ["read", "home"]
  var read: Bool
  /// The page went home: a card on the reader is ignored until it is lifted.
  var home: Bool?
}

/// The card readers and scanners of the hall's kiosks, provided by the daemon.
package protocol KioskReaders: Sendable {
  /// The devices at a kiosk.
  func devices(at kiosk: String) async -> [PresentReader]
  /// Allows one card to be read, or withdraws that; false where there is no card reader.
  func allow(_ isAllowed: Bool, at kiosk: String) async -> Bool
  /// The card on a kiosk's reader; nil for none.
  func card(lyingAt kiosk: String) async -> LyingCard?
  /// The page went home: the state of its resident is dropped.
  func cameHome(at kiosk: String) async
  /// The card that was shown under the token at that kiosk.
  func card(_ token: String, at kiosk: String, byProxy: Bool) -> PresentedCard
  /// The digest of the holder of the card under the token, for a reservation; nil without one.
  func person(_ token: String, at kiosk: String) -> [UInt8]?
  /// Whether the card under the token was of somebody old enough for priority.
  func offersPriority(_ token: String, at kiosk: String) -> Bool
}

/// A card on a kiosk's reader.
package enum LyingCard: String, Sendable {
  case lying
  /// 有证件留在读卡处: its holder has gone.
  case left
}
