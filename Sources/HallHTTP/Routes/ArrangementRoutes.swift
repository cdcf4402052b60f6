import Groundwork
import Hall
import Hummingbird
import Views

/// What a coordinator arranges for a day, each with a route that takes it back. Every answer has all present arrangements.
struct ArrangementRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.post("v1/lanes/:letter/pause") { request, context in
      let lane = try letter(context)
      return try await arrange(request, context, ReasonForm.self) { .pauseLane(lane, reason: $0.reason) }
    }
    router.post("v1/lanes/:letter/resume") { request, context in
      let lane = try letter(context)
      return try await arrange(request, context, EmptyForm.self) { _ in .resumeLane(lane) }
    }
    router.post("v1/today/session") { request, context in
      try await arrange(request, context, ExtraSessionForm.self) { form in
        guard let from = CivilTime(form.from), let to = CivilTime(form.to) else {
          throw Problem.badRequest("bad_field", "时间写成 17:30。", "Times are written 17:30.")
        }
        return .addSession(try date(form.date), OpeningHours.Session(from: from, to: to))
      }
    }
    router.post("v1/today/session/cancel") { request, context in
      try await arrange(request, context, SessionDateForm.self) { .cancelSession(try date($0.date)) }
    }
    router.post("v1/today/frequent") { request, context in
      try await arrange(request, context, FrequentForm.self) { .chooseFrequent($0.items) }
    }
    router.post("v1/today/publicity") { request, context in
      try await arrange(request, context, PublicityForm.self) { .writePublicity(title: $0.title, lines: $0.lines) }
    }
  }

  private func arrange<Form: RequestForm>(
    _ request: Request, _ context: HallContext, _ form: Form.Type,
    _ command: @escaping @Sendable (Form) throws -> ArrangementCommand
  ) async throws -> Response {
    try await endpoint.change(request, context, Form.self) {
      .arrangement(try command($0))
    } write: { _, views, json in
      json.object { views.arrangements(into: &$0) }
    }
  }

  /// Nil for none.
  private func date(_ text: String?) throws(Problem) -> CivilDate? {
    guard let text else { return nil }
    guard let date = CivilDate(text) else {
      throw Problem.badRequest("bad_field", "日期写成 2026-12-05。", "Dates are written 2026-12-05.")
    }
    return date
  }

  private func letter(_ context: HallContext) throws(Problem) -> LaneLetter {
    guard let letter = context.parameters.get("letter").flatMap({ LaneLetter($0) }) else { throw .notFound }
    return letter
  }
}

/// `{"date":"2026-12-05","from":"09:00","to":"12:00"}`; without a date today.
struct ExtraSessionForm: RequestForm {
  static let fields: Set<String> = ["date", "from", "to"]
  var date: String?
  var from: String
  var to: String
}

struct SessionDateForm: RequestForm {
  static let fields: Set<String> = ["date"]
  var date: String?
}

struct FrequentForm: RequestForm {
  static let fields: Set<String> = ["items"]
  /// Empty to return to those of the configuration.
  var items: [String]
}

struct PublicityForm: RequestForm {
  static let fields: Set<String> = ["title", "lines"]
  /// Empty, with no lines, to remove the coordinator's page.
  var title: String
  var lines: [String]
}
