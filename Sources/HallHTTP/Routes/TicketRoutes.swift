import Hall
import Hummingbird
import Registrar
import Views

/// Taking a number, and the holder's verbs.
struct TicketRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.post("v1/tickets") { request, context in
      let marks = await endpoint.priorityMarks()
      return try await endpoint.change(request, context, TicketForm.self, status: .created) { form in
        .queue(.takeTicket(try command(form, context, marks)))
      } write: { outcome, views, json in
        guard case .ticket(let code) = outcome else { return }
        endpoint.note(code, context)
        views.ticket(code, into: &json)
      }
    }
    router.get("v1/tickets/:id") { _, context in
      _ = try endpoint.kiosk(of: context, nil)
      let code = try endpoint.ticketCode(context)
      let view: [UInt8]? = await endpoint.parts.registrar.readShown { state, rules in
        guard state.tickets[code] != nil else { return nil }
        var json = JSONText()
        HallViews(state, rules).ticket(code, into: &json)
        return json.bytes
      }
      guard let view else { throw Problem.unknownTicket }
      endpoint.note(code, context)
      return Response.json(view)
    }
    step("abandon", to: router, EmptyForm.self, ofHolder: true) { code, _ in .queue(.abandonTicket(code)) }
    step("check-in", to: router, EmptyForm.self) { code, _ in .queue(.checkIn(code)) }
    step("link", to: router, LinkForm.self) { code, form in
      .queue(
        .link(
          code,
          TicketLink(
            notice: form.notice.flatMap { PublicCode($0) }, caseCode: form.caseCode.flatMap { PublicCode($0) },
            batch: form.batch.flatMap { PublicCode($0) })))
    }
    step("acknowledge", to: router, EmptyForm.self) { code, _ in .print(.acknowledge(code)) }
    step("reprint", to: router, KioskForm.self, ofHolder: true) { code, form in
      .print(.reprint(code, kiosk: form.kiosk))
    }
  }

  private func command(
    _ form: TicketForm, _ context: HallContext, _ marks: PriorityMarks
  ) throws(Problem) -> TakeTicket {
    var lane: LaneLetter?
    if let text = form.lane {
      lane = LaneLetter(text)
      guard lane != nil else {
        throw .badRequest("bad_lane", "队列应为一个大写字母。", "A lane is one capital letter other than I and O.")
      }
    }
    // On the kiosk listener the slip is printed at the kiosk of the page.
    let kiosk = try endpoint.kiosk(of: context, form.kiosk)
    return TakeTicket(
      items: form.items ?? [], lane: lane, priority: form.priority ?? false,
      priorityReason: form.priority == true ? marks.mark(reasonShown(form.card, at: kiosk)) : nil, kiosk: kiosk,
      largeType: form.largeType ?? false, language: form.language ?? .chinese,
      card: form.card.map { shownCard($0, at: kiosk, byProxy: form.byProxy ?? false) },
      reason: form.reason, insist: form.insist ?? false,
      link: TicketLink(
        notice: form.notice.flatMap { PublicCode($0) }, caseCode: form.caseCode.flatMap { PublicCode($0) },
        batch: form.batch.flatMap { PublicCode($0) }))
  }

  /// A forgotten card is a refusal of the hall, which is decided after the idempotency key is looked up. A repeated request
  /// therefore gets its stored answer, even where a restart has forgotten the card.
  private func shownCard(_ token: String, at kiosk: String?, byProxy: Bool) -> PresentedCard {
    guard let kiosk, let readers = endpoint.parts.readers else { return .forgotten }
    return readers.card(token, at: kiosk, byProxy: byProxy)
  }

  /// The age on the card that was shown with the request; nil without one.
  private func reasonShown(_ token: String?, at kiosk: String?) -> PriorityReason? {
    guard let token, let kiosk, let readers = endpoint.parts.readers else { return nil }
    return readers.offersPriority(token, at: kiosk) ? .age : nil
  }

  /// At a kiosk the holder's verbs need proof of holding: the number was taken there, or its slip was scanned or its
  /// holder's card read there within `showing`. Staff need none.
  private func requireHolder(of code: PublicCode, _ context: HallContext) async throws(Problem) {
    guard endpoint.listener == .kiosk else { return }
    let parts = endpoint.parts
    guard !context.pages.isEmpty else { throw .pageNeeded }
    let origin: String?? = await parts.registrar.readShown { state, _ in
      state.tickets[code].map(\.kiosk) ?? state.notices.notice(code).map(\.kiosk)
        ?? state.reservations[code].map(\.kiosk)
    }
    guard let origin else { throw .unknownTicket }
    let isHere = context.pages.contains { page in
      page.kiosk == origin || parts.kioskPages.wasShown(code, at: page.kiosk)
    }
    guard isHere else { throw .slipNeeded }
  }

  private func step<Form: RequestForm>(
    _ verb: String, to router: Router<HallContext>, _ form: Form.Type, ofHolder: Bool = false,
    _ command: @escaping @Sendable (PublicCode, Form) -> Command
  ) {
    router.post("v1/tickets/:id/\(verb)") { request, context in
      let code = try endpoint.ticketCode(context)
      if ofHolder { try await requireHolder(of: code, context) }
      return try await endpoint.change(request, context, Form.self) { form in
        command(code, form)
      } write: { outcome, views, json in
        switch outcome {
        case .ticket(let code): views.ticket(code, into: &json)
        case .notice(let code): views.notice(code, into: &json)
        case .reservation(let code): views.reservation(code, into: &json)
        default: json.object { _ in }
        }
      }
    }
  }
}

extension Problem {
  static let slipNeeded = Problem(
    .forbidden, "slip_needed", Words("请扫小票", "Scan the slip first"),
    Words("这个号不是在本机取的。请在本机扫小票上的码，或找工作人员。", "This number was not taken here. Scan its slip here, or ask the staff."))
}
