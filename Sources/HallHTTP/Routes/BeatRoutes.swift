import Hall
import Hummingbird
import Ports

/// Beats of watched screens: a page says that it was drawn just now. Not commands, and not in the journal.
struct BeatRoutes {
  let endpoint: CommandEndpoint

  /// The beat of a kiosk's own page.
  func add(toKiosk router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/kiosks/:id/beat") { _, context in
      let (kiosk, _) = try context.requirePage(context.parameters.get("id") ?? "", parts.feed.rules)
      return try await note(.kiosk(kiosk), "kiosk|\(kiosk)")
    }
  }

  /// The beat of a board's page, under the name that its machine was given.
  func add(to router: Router<HallContext>, _ board: BoardRoutes) {
    router.post("v1/boards/:name/beat") { request, context in
      try board.admit(request, context)
      let name = context.parameters.get("name") ?? ""
      guard WatchedScreen.isName(name) else { throw Problem.badScreenName }
      // One rate limit for all boards: a client chooses the names, so a limit for each name would bound nothing.
      return try await note(.board(name), "boards")
    }
  }

  private func note(_ screen: WatchedScreen, _ subject: String) async throws -> Response {
    let parts = endpoint.parts
    let isKiosk = if case .kiosk = screen { true } else { false }
    if parts.limitsKiosks {
      try parts.kioskMeter.admit(
        "beat|\(subject)", isKiosk ? KioskMeter.beats : KioskMeter.beatsOfBoards, now: parts.clock.monotonic())
    }
    guard await parts.beat(screen) else { throw Problem.tooManyBoards }
    return Response(status: .noContent)
  }
}

extension Problem {
  static let badScreenName = badRequest(
    "bad_screen_name", "大屏名称只用小写字母、数字和连字符，1 到 32 个。",
    "A screen's name is 1 to \(WatchedScreen.longestName) small letters, digits and hyphens.")

  static let tooManyBoards = Problem(
    .conflict, "too_many_boards", Words("登记的屏幕太多了", "Too many boards are known"),
    Words("请用原来的屏幕名称；一天没有动静的名称会自动去掉。", "Use the names there were; one that is silent for a day is forgotten."))
}
