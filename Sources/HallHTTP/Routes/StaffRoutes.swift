import Accounts
import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Ports
import Registrar
import Views

/// Sign-in and sign-out, opening and closing the day, answering a help ring.
struct StaffRoutes {
  let endpoint: CommandEndpoint
  let sessions: SessionStore

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/sessions") { request, context in
      let form = try RequestParser.read(SessionForm.self, try await endpoint.body(request, context))
      guard (1...32).contains(form.badge.utf8.count), (1...256).contains(form.secret.utf8.count) else {
        throw Problem.badRequest("bad_field", "工号或口令太长或为空。", "Badge or secret is empty or too long.")
      }
      if let window = form.window, parts.feed.rules.window(window) == nil {
        throw Problem(Refusal.window(.unknownWindow(window)), zone: .beijing)
      }
      let signedIn: SessionStore.SignedIn
      do throws(SignInRefusal) {
        signedIn = try await sessions.signIn(
          badge: form.badge, secret: form.secret, window: form.window, source: context.source
        ) { badge in request.cookies[SessionStore.deviceCookie(badge)]?.value }
      } catch { throw Problem(error) }
      let session = signedIn.session
      do {
        try await claimWindow(for: session)
      } catch {
        sessions.signOut(session.id)
        throw error
      }
      var response = Response.json(view(session), status: .created)
      response.setCookie(
        Cookie(name: SessionMiddleware.cookie, value: signedIn.token, path: "/", httpOnly: true, sameSite: .strict))
      response.setCookie(
        Cookie(
          name: SessionStore.deviceCookie(session.badge), value: signedIn.device, maxAge: 180 * 86_400,
          path: "/v1/sessions", httpOnly: true, sameSite: .strict))
      return response
    }
    router.get("v1/sessions/current") { _, context in Response.json(view(try context.requireStaff())) }
    router.delete("v1/sessions/current") { _, context in
      if let session = context.session {
        await leaveWindow(of: session)
        sessions.signOut(session.id)
        parts.feed.cut(session: session.id)
      }
      var response = Response(status: .noContent)
      response.setCookie(
        Cookie(name: SessionMiddleware.cookie, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .strict))
      return response
    }
    router.post("v1/help/:id/answer") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .help(.answerHelp(id))
      } write: { _, _, json in
        json.object { json in
          json.field("id", id)
          json.field("state", "answered")
        }
      }
    }
    router.post("v1/help/:id/hear") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .help(.hearHelp(id))
      } write: { _, _, json in
        json.object { json in
          json.field("id", id)
          json.field("state", "heard")
        }
      }
    }
    router.post("v1/kiosks/:id/roll") { request, context in
      let kiosk = context.parameters.get("id") ?? ""
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .print(.changeRoll(kiosk: kiosk))
      } write: { _, views, json in
        views.roll(kiosk, into: &json)
      }
    }
    router.post("v1/day/open") { request, context in
      let now = parts.clock.now()
      return try await endpoint.change(request, context, OpenDayForm.self) { form in
        let date = parts.feed.rules.zone.civil(now).date
        return .day(
          .openDay(OpenDay(date: date, confirmed: form.confirm ?? false, closesOther: form.closeOther ?? false)))
      } write: { _, views, json in
        views.day(now: now, into: &json)
      }
    }
    router.post("v1/day/close") { request, context in
      let now = parts.clock.now()
      return try await endpoint.change(request, context, CloseDayForm.self) { form in
        .day(.closeDay(CloseDay(force: form.force ?? false)))
      } write: { _, views, json in
        views.day(now: now, into: &json)
      }
    }
  }

  /// Refuses a window at which another clerk works, and closes the window of one who left without closing it.
  ///
  /// A coordinator may sign in at any window, to close it for somebody.
  private func claimWindow(for session: StaffSession) async throws(Problem) {
    guard let window = session.window, session.role != .coordinator else { return }
    let holder = await endpoint.parts.registrar.read { state, _ -> String? in
      state.windows[window].flatMap { $0.duty == .closed ? nil : $0.badge }
    }
    guard let holder, holder != session.badge else { return }
    guard !sessions.isWorking(holder, at: window) else {
      throw .windowTaken(window, by: holder, name: endpoint.parts.admission.member(holder)?.name)
    }
    // Refused while a resident is being served there; the page reports that when it opens the window.
    _ = try? await endpoint.parts.registrar.submit(.window(window, .close), by: .system) { _, _ in }
  }

  /// Signing out closes the window. A window with a resident stays open.
  private func leaveWindow(of session: StaffSession) async {
    guard let window = session.window else { return }
    _ = try? await endpoint.parts.registrar.submit(.window(window, .close), by: session.actor) { _, _ in }
  }

  private func view(_ session: StaffSession) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.field("badge", session.badge)
      json.field("name", session.name)
      json.field("role", session.role.rawValue)
      json.field("window", session.window)
    }
    return json.bytes
  }
}

extension Problem {
  static func windowTaken(_ window: Int, by badge: String, name: String?) -> Problem {
    let who = [name, badge].compactMap { $0 }.joined(separator: " ")
    return Problem(
      .conflict, "window_taken",
      Words("\(window) 号窗口有人：\(who)", "Window \(window) is taken by \(who)"),
      Words(
        "请选别的窗口；人已经离开的，请他在自己的页面退出，或请统筹人员登录 \(window) 号窗口把它关闭。",
        "Choose another window. If they have left, they sign out, or a coordinator signs in at window \(window) and closes it."
      ))
  }
}

extension Problem {
  /// 401 for a wrong badge or secret, 429 after too many failures, 503 while too many comparisons wait.
  fileprivate init(_ refusal: SignInRefusal) {
    switch refusal {
    case .wrong(let badge):
      self.init(
        .unauthorized, "wrong_badge_or_secret", Words("工号或口令不对", "Badge or secret is wrong"),
        Words("请核对后再试；忘记口令请找统筹人员。", "Try again; a coordinator can set a new secret."))
      self.badge = badge
    case .tooOften(let milliseconds, let badge):
      self = .guessedTooOften(milliseconds: milliseconds)
      self.badge = badge
    case .busy:
      self.init(
        .serviceUnavailable, "busy", Words("登录繁忙", "Sign-in is busy"), Words("请稍后再试。", "Try again in a moment."),
        retryAfter: 1)
    }
  }
}
