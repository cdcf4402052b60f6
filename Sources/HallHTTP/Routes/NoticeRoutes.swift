import Hall
import Hummingbird
import Registrar
import Wire

/// Form A: asked for before anybody queues, and at any hour.
struct NoticeRoutes {
  let door: Door

  func add(to router: Router<HallContext>) {
    let parts = door.parts
    router.post("v1/notices") { request, context in
      try await door.change(request, context, NoticeForm.self, status: .created) { form in
        .issueNotice(try command(form))
      } write: { outcome, views, json in
        if case .notice(let code) = outcome { views.notice(code, into: &json) }
      }
    }
    router.get("v1/notices/:id") { _, context in
      let name = context.parameters.get("id") ?? ""
      let wantsPicture = name.hasSuffix(".png")
      guard let code = PublicCode(wantsPicture ? name.dropLast(4) : name[...]) else { throw Problem.unknownNotice }
      if wantsPicture {
        guard let picture = await parts.noticePicture(code) else { throw Problem.unknownNotice }
        return Response.bytes(picture, type: "image/png")
      }
      let view: [UInt8]? = await parts.registrar.read { state, rules in
        guard state.notices[code] != nil else { return nil }
        var json = JSONText()
        HallViews(state, rules).notice(code, into: &json)
        return json.bytes
      }
      guard let view else { throw Problem.unknownNotice }
      return Response.json(view)
    }
  }

  private func command(_ form: NoticeForm) throws(Problem) -> IssueNotice {
    var ticket: PublicCode?
    if let text = form.ticket {
      ticket = PublicCode(text)
      guard ticket != nil else { throw .unknownTicket }
    }
    let situations = form.situations ?? []
    try SituationRule.check(situations)
    let kiosk = form.kiosk ?? (door.listener == .kiosk ? door.parts.feed.rules.kiosks.first?.id : nil)
    return IssueNotice(
      item: form.item, situations: situations, ticket: ticket, kiosk: kiosk, largeType: form.largeType ?? false)
  }
}

extension Problem {
  static let unknownNotice = Problem(
    .notFound, "unknown_notice", Words("没有这张告知单", "There is no such notice"),
    Words("请核对告知单上的编码。", "Check the code on the notice."))
}
