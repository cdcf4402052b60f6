import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Ports
import Wire

/// Signing in and out, opening and closing the day, answering a ring.
struct StaffRoutes {
  let door: Door
  let sessions: SessionBook

  func add(to router: Router<HallContext>) {
    let parts = door.parts
    router.post("v1/sessions") { request, context in
      let form = try RequestReader.read(SessionForm.self, try await door.body(request, context))
      guard (1...32).contains(form.badge.utf8.count), (1...256).contains(form.secret.utf8.count) else {
        throw Problem.badRequest("bad_field", "工号或口令太长或为空。", "Badge or secret is empty or too long.")
      }
      if let window = form.window, parts.feed.rules.window(window) == nil {
        throw Problem(Refusal.unknownWindow(window), zone: .beijing)
      }
      let session = try await sessions.signIn(badge: form.badge, secret: form.secret, window: form.window)
      var response = Response.json(view(session), status: .created)
      response.setCookie(
        Cookie(name: SessionMiddleware.cookie, value: session.token, path: "/", httpOnly: true, sameSite: .strict))
      return response
    }
    router.get("v1/sessions/current") { _, context in Response.json(view(try context.requireStaff())) }
    router.delete("v1/sessions/current") { _, context in
      if let session = context.session {
        sessions.signOut(session.token)
        parts.feed.cut(session: session.token)
      }
      var response = Response(status: .noContent)
      response.setCookie(
        Cookie(name: SessionMiddleware.cookie, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .strict))
      return response
    }
    router.post("v1/help/:id/answer") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await door.change(request, context, EmptyForm.self) { _ in
        .answerHelp(id)
      } write: { _, _, json in
        json.object { json in
          json.field("id", id)
          json.field("state", "answered")
        }
      }
    }
    router.post("v1/kiosks/:id/roll") { request, context in
      let kiosk = context.parameters.get("id") ?? ""
      return try await door.change(request, context, EmptyForm.self) { _ in
        .changeRoll(kiosk: kiosk)
      } write: { _, views, json in
        views.roll(kiosk, into: &json)
      }
    }
    router.post("v1/day/open") { request, context in
      let now = parts.clock.now()
      return try await door.change(request, context, OpenDayForm.self) { form in
        .openDay(OpenDay(date: parts.feed.rules.zone.civil(now).date, confirmed: form.confirm ?? false))
      } write: { _, views, json in
        views.day(now: now, into: &json)
      }
    }
    router.post("v1/day/close") { request, context in
      let now = parts.clock.now()
      return try await door.change(request, context, CloseDayForm.self) { form in
        .closeDay(CloseDay(force: form.force ?? false))
      } write: { _, views, json in
        views.day(now: now, into: &json)
      }
    }
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
