import Groundwork
package import Hall
import Hummingbird
package import Views

/// The card reader and scanner of a kiosk, as its own page works them. Nothing here is an event: a page that asks twice is answered
/// from how things stand.
struct ReaderRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.get("v1/kiosks/:id/readers") { _, context in
      let kiosk = try kiosk(context)
      let readers = await endpoint.parts.readers?.devices(at: kiosk) ?? []
      let card = await endpoint.parts.readers?.card(lyingAt: kiosk)
      var json = JSONText()
      json.object { json in
        ReaderNotice.write(readers, into: &json)
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

/// Somebody at the page agrees that a card is read, or goes on without one.
struct CardForm: RequestForm {
  static let fields: Set<String> = ["read", "home"]
  var read: Bool
  /// The page went home: what lies on the reader is nobody's.
  var home: Bool?
}

/// The card readers and scanners of the hall's kiosks; the composition gives it.
package protocol KioskReaders: Sendable {
  /// What is plugged in at a kiosk.
  func devices(at kiosk: String) async -> [ReaderNotice]
  /// Lets the next card be read, or not any more; false where no card reader is.
  func allow(_ isAllowed: Bool, at kiosk: String) async -> Bool
  /// What lies on the reader of a kiosk; nil for nothing.
  func card(lyingAt kiosk: String) async -> LyingCard?
  /// The page went home: nothing of its resident is left.
  func cameHome(at kiosk: String) async
  /// What was shown under that name at that kiosk a moment ago.
  func card(_ token: String, at kiosk: String, byProxy: Bool) -> PresentedCard
}

/// Something that lies on a kiosk's card reader.
package enum LyingCard: String, Sendable {
  case lying
  /// 有证件留在读卡处: of somebody who has gone.
  case left
}
