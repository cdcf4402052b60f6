import Hall
import Hummingbird
import Ports
import Registrar
import Slips
import Views

/// Form A: available without a ticket and at any hour.
struct NoticeRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/notices") { request, context in
      try await endpoint.change(request, context, NoticeForm.self, status: .created) { form in
        .notice(.issueNotice(try command(form, context)))
      } write: { outcome, views, json in
        guard case .notice(let code) = outcome else { return }
        endpoint.note(code, context)
        views.notice(code, into: &json)
      }
    }
    router.get("v1/notices/:id") { _, context in
      _ = try endpoint.kiosk(of: context, nil)
      let name = context.parameters.get("id") ?? ""
      let paper = NoticePaper.allCases.first { name.hasSuffix($0.ending) }
      guard let code = PublicCode(name.dropLast(paper?.ending.count ?? 0)) else { throw Problem.unknownNotice }
      if let paper {
        try endpoint.countDrawing(context)
        guard let file = await parts.noticePicture(code, paper) else { throw Problem.unknownNotice }
        return Response.bytes(file, type: paper.type)
      }
      guard let view = await look(at: code) else { throw Problem.unknownNotice }
      endpoint.note(code, context)
      return Response.json(view)
    }
  }

  /// A notice with the changes since it was issued, computed from its own version.
  private func look(at code: PublicCode) async -> [UInt8]? {
    let parts = endpoint.parts
    return await parts.registrar.read { state, rules in
      guard let notice = state.notices.notice(code) else { return nil }
      let own =
        notice.catalogueVersion == rules.catalogue.version ? rules.catalogue : parts.archive(notice.catalogueVersion)
      let since = own.map { NoticeSince(notice, own: $0, now: rules.catalogue) }
      var json = JSONText()
      HallViews(state, rules).notice(code, since: since, check: parts.sealing.checkCode(of: notice), into: &json)
      return json.bytes
    }
  }

  /// Limit on marked materials; no item's list is nearly as long.
  private static let mostMarks = 100

  private func command(_ form: NoticeForm, _ context: HallContext) throws(Problem) -> IssueNotice {
    var ticket: PublicCode?
    if let text = form.ticket {
      ticket = PublicCode(text)
      guard ticket != nil else { throw .unknownTicket }
    }
    let situations = form.situations ?? []
    try SituationRule.check(situations)
    let (have, missing) = (form.have ?? [], form.missing ?? [])
    guard have.count + missing.count <= Self.mostMarks else {
      throw .badRequest("too_many_marks", "标记太多。", "Too many marks: \(Self.mostMarks) at most.")
    }
    let kiosk = try endpoint.kiosk(of: context, form.kiosk)
    return IssueNotice(
      item: form.item, situations: situations, ticket: ticket, kiosk: kiosk, largeType: form.largeType ?? false,
      marks: NoticeMarks(have: have, missing: missing))
  }
}

extension Problem {
  static let unknownNotice = Problem(
    .notFound, "unknown_notice", Words("没有这张告知单", "There is no such notice"),
    Words("请核对告知单上的编码。", "Check the code on the notice."))
}
