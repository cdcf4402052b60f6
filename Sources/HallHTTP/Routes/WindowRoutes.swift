import Accounts
import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Ports
import Views

/// A clerk's verbs at a window, and the queue as the staff see it.
struct WindowRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/queue") { _, context in
      _ = try context.requireStaff()
      let faults = await parts.faults()
      let printers = await parts.printers()
      let now = await parts.time()
      return await endpoint.look { state, rules in
        HallViews(state, rules).queue(now: now, faults: faults, printers: printers)
      }
    }
    windowStep("open", to: router, EmptyForm.self) { _ in .open }
    windowStep("close", to: router, EmptyForm.self) { _ in .close }
    windowStep("serve-unnumbered", to: router, EmptyForm.self) { _ in .serveUnnumbered }
    windowStep("finish-unnumbered", to: router, EmptyForm.self) { _ in .finishUnnumbered }
    windowStep("pause", to: router, PauseForm.self) { .pause(try $0.pause()) }
    ticketStep("calls", to: router, CallForm.self, status: .created) { try call($0) }
    ticketStep("recall", to: router, EmptyForm.self) { _ in .recall }
    ticketStep("serve", to: router, EmptyForm.self) { _ in .serve }
    ticketStep("finish", to: router, EmptyForm.self) { _ in .finish }
    ticketStep("miss", to: router, EmptyForm.self) { _ in .miss }
    ticketStep("suspend", to: router, EmptyForm.self) { _ in .suspend }
    ticketStep("abandon", to: router, EmptyForm.self) { _ in .abandon }
    ticketStep("transfer", to: router, TransferForm.self) { .transfer(try transfer($0)) }
    ticketStep("items", to: router, ItemsForm.self) { .noteItems($0.items) }
    ticketStep("undo", to: router, EmptyForm.self) { _ in .undo }
    ticketStep("resume", to: router, CallForm.self) { form in
      guard let code = try ticket(form), form.reason == nil else {
        throw Problem.badRequest("ticket_needed", "请指明要回呼的号。", "Name the ticket to resume.")
      }
      return .resume(code)
    }
    router.post("v1/windows/:n/finish-and-call") { request, context in
      let number = try windowNumber(context)
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .window(number, .finishAndCall)
      } write: { outcome, views, json in
        guard case .finishedAndCalled(let finished, let called) = outcome else { return }
        json.object { json in
          json.field("is", "finished_and_called")
          views.ticket(finished, key: "finished", into: &json)
          if let called { views.ticket(called, key: "called", into: &json) } else { json.null("called") }
          views.window(number, key: "window_now", into: &json)
        }
      }
    }
  }

  private func call(_ form: CallForm) throws(Problem) -> WindowCommand {
    guard let code = try ticket(form), let reason = form.reason else { return .call(try ticket(form)) }
    return .callPassingOver(code, reason: reason)
  }

  private func transfer(_ form: TransferForm) throws(Problem) -> TransferTicket {
    let to: TransferTarget
    switch (form.lane, form.window) {
    case (let text?, nil):
      guard let lane = LaneLetter(text) else {
        throw .badRequest("bad_lane", "队列是一个大写字母。", "A lane is one capital letter.")
      }
      to = .lane(lane)
    case (nil, let number?): to = .window(number)
    default:
      throw .badRequest(
        "target_needed", "请写明转到哪个队列，或者哪个窗口，只写一个。", "Name the lane or the window to transfer to: one of them.")
    }
    return TransferTicket(
      to: to, reason: TransferReason(form.reason), items: form.items, insist: form.insist ?? false)
  }

  private func ticket(_ form: CallForm) throws(Problem) -> PublicCode? {
    guard let text = form.ticket else { return nil }
    guard let code = PublicCode(text) else { throw .unknownTicket }
    return code
  }

  private func windowNumber(_ context: HallContext) throws(Problem) -> Int {
    guard let text = context.parameters.get("n"), text.utf8.count <= 3, let number = Int(text) else {
      throw Problem(Refusal.window(.unknownWindow(0)), zone: .beijing)
    }
    return number
  }

  private func windowStep<Form: RequestForm>(
    _ verb: String, to router: Router<HallContext>, _ form: Form.Type,
    _ command: @escaping @Sendable (Form) throws -> WindowCommand
  ) {
    router.post("v1/windows/:n/\(verb)") { request, context in
      let number = try windowNumber(context)
      return try await endpoint.change(request, context, Form.self) { form in
        .window(number, try command(form))
      } write: { _, views, json in
        views.window(number, into: &json)
      }
    }
  }

  private func ticketStep<Form: RequestForm>(
    _ verb: String, to router: Router<HallContext>, _ form: Form.Type, status: HTTPResponse.Status = .ok,
    _ command: @escaping @Sendable (Form) throws -> WindowCommand
  ) {
    router.post("v1/windows/:n/\(verb)") { request, context in
      let number = try windowNumber(context)
      return try await endpoint.change(request, context, Form.self, status: status) { form in
        .window(number, try command(form))
      } write: { outcome, views, json in
        if case .ticket(let code) = outcome { views.ticket(code, after: number, into: &json) }
      }
    }
  }
}
