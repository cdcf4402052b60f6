import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Ports
import Views

/// Page claims of kiosks, and the staff's decision between two pages.
struct PageClaimRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    switch endpoint.listener {
    case .kiosk: addClaim(to: router)
    case .hall: addDecision(to: router)
    }
  }

  private func addClaim(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/kiosks/:id/page") { request, context in
      let kiosk = try kiosk(context)
      let form = try RequestParser.read(PageForm.self, try await endpoint.body(request, context))
      let name = PageClaims.cookiePrefix + kiosk
      let cookie = request.cookies[name]?.value
      // Claims without the kiosk's secret are counted apart, so that they use up no claim of the kiosk's own page.
      let isKnown = cookie.map { parts.kioskPages.remembers(kiosk, cookie: $0) } ?? false
      if parts.limitsKiosks {
        try parts.kioskMeter.admit(
          "claim|\(isKnown)|\(kiosk)", KioskMeter.claims, now: parts.clock.monotonic())
      }
      let claim = parts.kioskPages.claim(kiosk, cookie: cookie, secret: form.secret)
      await parts.tellPages(kiosk, parts.kioskPages.isContested(kiosk))
      switch claim {
      case .held: throw Problem.kioskHeld
      case .wrongSecret: throw Problem.wrongPageSecret
      case .granted(let secret, let page, let cut, let isOther):
        if let cut { parts.feed.cut(session: FeedHub.session(of: cut)) }
        if isOther { _ = await parts.readers?.allow(false, at: kiosk) }
        var json = JSONText()
        json.object { json in
          json.field("kiosk", kiosk)
          json.field("page", Int(page))
        }
        var response = Response.json(json.bytes)
        response.setCookie(
          Cookie(name: name, value: secret, maxAge: 180 * 86_400, path: "/", httpOnly: true, sameSite: .strict))
        return response
      }
    }
  }

  private func addDecision(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/kiosks/:id/page/decision") { request, context in
      _ = try context.requireStaff()
      let kiosk = try kiosk(context)
      let form = try RequestParser.read(PageDecisionForm.self, try await endpoint.body(request, context))
      parts.kioskPages.decide(kiosk, allows: form.allow)
      await parts.tellPages(kiosk, false)
      var json = JSONText()
      json.object { json in
        json.field("kiosk", kiosk)
        json.field("state", form.allow ? "next_page_allowed" : "page_kept")
      }
      return Response.json(json.bytes)
    }
  }

  private func kiosk(_ context: HallContext) throws(Problem) -> String {
    let id = context.parameters.get("id") ?? ""
    guard endpoint.parts.feed.rules.kiosk(id) != nil else {
      throw Problem(Refusal.request(.unknownKiosk(id)), zone: .beijing)
    }
    return id
  }
}

struct PageForm: RequestForm {
  static let fields: Set<String> = ["secret"]
  /// The page secret from the browser's start address.
  var secret: String?
}

struct PageDecisionForm: RequestForm {
  static let fields: Set<String> = ["allow"]
  /// True allows the next page that claims the kiosk; false keeps the present one.
  var allow: Bool
}

extension Problem {
  static let kioskHeld = Problem(
    .conflict, "kiosk_held", Words("这台取号机已有页面在用", "Another page holds this kiosk"),
    Words("请找工作人员：在窗口电脑上按“换成新页面”或“保留原页面”。", "Ask the staff: at a console they let the new page in, or keep the other."),
    retryAfter: 5)

  static let wrongPageSecret = Problem(
    .forbidden, "wrong_page_secret", Words("取号机页面的地址不对", "The address of the kiosk's page is wrong"),
    Words("请用配置中的启动地址打开页面。", "Open the page by the start address of the configuration."), retryAfter: 5)
}
