import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Ports
import Views

/// Questions without a ticket (咨询), the tasks that came of them, and what the first-asked still has open (我的首问).
struct ConsultRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/first-asked") { _, context in
      let session = try requireStaff(context)
      let now = parts.clock.now()
      return await endpoint.look { state, rules in
        var json = JSONText()
        FirstAskedViews(state, rules).json(
          of: session.badge, isCoordinator: session.actor.isCoordinator, at: now, into: &json)
        return json.bytes
      }
    }
    router.get("v1/first-asked/months") { request, context in
      _ = try context.require(.runDay)
      var wanted: CalendarMonth?
      if let text = request.uri.queryParameters.get("month") {
        wanted = CalendarMonth(String(text))
        guard wanted != nil else {
          throw Problem.badRequest("bad_month", "月份写成 2026-11 的样子。", "The month is written as 2026-11.")
        }
      }
      let (now, month) = (parts.clock.now(), wanted)
      return await endpoint.look { state, rules in
        var json = JSONText()
        let today = rules.zone.civil(now).date
        FirstAskedViews(state, rules).month(month ?? CalendarMonth(today), on: today, into: &json)
        return json.bytes
      }
    }
    router.post("v1/consults") { request, context in
      _ = try requireStaff(context)
      return try await endpoint.change(request, context, ConsultForm.self, status: .created) { form in
        .consult(.note(try note(form)))
      } write: {
        write($0, $1, &$2)
      }
    }
    step("close", to: router, CloseTaskForm.self) { .close($0, result: $1.result) }
    step("reassign", to: router, ReassignTaskForm.self) { .reassign($0, to: $1.to, reason: $1.reason) }
  }

  private func step<Form: RequestForm>(
    _ verb: String, to router: Router<HallContext>, _ form: Form.Type,
    _ command: @escaping @Sendable (PublicCode, Form) -> ConsultCommand
  ) {
    router.post("v1/consults/:id/\(verb)") { request, context in
      guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }) else {
        throw Problem(Refusal.consult(.unknownTask), zone: .beijing)
      }
      return try await endpoint.change(request, context, Form.self) { form in
        .consult(command(code, form))
      } write: {
        write($0, $1, &$2)
      }
    }
  }

  private func write(_ outcome: Outcome, _ views: HallViews, _ json: inout JSONText) {
    json.object { json in
      guard case .consult(let code) = outcome else { return }
      json.field("id", code.description)
      json.field("open", views.state.consults.tasks[code] != nil)
    }
  }

  private func requireStaff(_ context: HallContext) throws(Problem) -> StaffSession {
    let session = try context.requireStaff()
    guard session.actor.isStaff else { throw Problem.staffOnly }
    return session
  }

  private func note(_ form: ConsultForm) throws(Problem) -> NoteConsult {
    guard let answer = ConsultAnswer(rawValue: form.answer) else {
      throw .badRequest(
        "bad_field", "answer 写 told、passed_on、asked_superior 或 elsewhere。",
        "The answer is told, passed_on, asked_superior or elsewhere.")
    }
    var note = NoteConsult(answer)
    note.item = form.item
    note.topic = form.topic
    note.to = form.to
    if let text = form.due {
      guard let due = CivilDate(text) else { throw .badDate }
      note.due = due
    }
    return note
  }
}

struct ConsultForm: RequestForm {
  static let fields: Set<String> = ["item", "topic", "answer", "to", "due"]
  var item: String?
  var topic: String?
  var answer: String
  var to: String?
  var due: String?
}

struct CloseTaskForm: RequestForm {
  static let fields: Set<String> = ["result"]
  var result: String
}

struct ReassignTaskForm: RequestForm {
  static let fields: Set<String> = ["to", "reason"]
  var to: String
  var reason: String
}
