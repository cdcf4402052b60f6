import Accounts
import Groundwork
import Hall
import Hummingbird
import Ports
import Registrar
import Views

/// Leased numbers (应急号) for the time without the hall's journal, for coordinators: the leases that are out, the numbers
/// that somebody has to look after, and what is entered by hand afterwards.
struct LeaseRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.get("v1/leases") { _, context in
      _ = try context.require(.runDay)
      let table = await endpoint.parts.registrar.leaseTable
      return await endpoint.look { state, rules in
        var json = JSONText()
        json.object { LeaseViews(state, rules, table).write(into: &$0) }
        return json.bytes
      }
    }
    router.post("v1/leases/slips") { request, context in
      let machine = endpoint.parts.machines.known().first(where: \.isThisOne)?.name ?? ""
      let holder = "slips-" + String(endpoint.parts.entropy.bits(), radix: 36)
      return try await change(request, context, LeaseForm.self) { form in
        .leaseNumbers(LeaseNumbers(kiosk: nil, machine: machine, holder: holder, lane: try lane(form.lane)))
      }
    }
    router.post("v1/leases/tickets") { request, context in
      let now = await endpoint.parts.registrar.moment()
      return try await change(request, context, PaperSlipForm.self) { form in
        .enterSlip(
          EnterSlip(
            number: try number(form.number), items: form.items ?? [], priority: form.priority ?? false,
            issuedAt: try moment(form.givenAt, now), what: try form.done.map(done)))
      }
    }
    router.post("v1/leases/by-hand") { request, context in
      try await change(request, context, ByHandForm.self) { form in
        .recordByHand(RecordByHand(number: try number(form.number), what: try done(form.done)))
      }
    }
  }

  /// The answer is the ticket, or nothing.
  private func change<Form: RequestForm>(
    _ request: Request, _ context: HallContext, _ form: Form.Type,
    _ command: @escaping @Sendable (Form) throws -> LeaseCommand
  ) async throws -> Response {
    try await endpoint.change(request, context, Form.self) {
      .lease(try command($0))
    } write: { outcome, views, json in
      if case .ticket(let code) = outcome { views.ticket(code, into: &json) } else { json.object { _ in } }
    }
  }

  private func lane(_ text: String) throws(Problem) -> LaneLetter {
    guard let lane = LaneLetter(text) else {
      throw .badRequest("bad_lane", "队列应为一个大写字母。", "A lane is one capital letter other than I and O.")
    }
    return lane
  }

  private func number(_ text: String) throws(Problem) -> TicketNumber {
    guard let number = TicketNumber(text) else {
      throw .badRequest("bad_number", "号码写成 A9051 的样子。", "A number is written like A9051.")
    }
    return number
  }

  private func done(_ word: String) throws(Problem) -> RecordedByHand.What {
    guard let what = RecordedByHand.What(rawValue: word) else {
      throw .badRequest("bad_field", "done 写 served 或 missing。", "done is served or missing.")
    }
    return what
  }

  /// A time of today; without one, now.
  private func moment(_ text: String?, _ now: Timestamp) throws(Problem) -> Timestamp {
    guard let text else { return now }
    guard let time = CivilTime(text) else {
      throw .badRequest("bad_time", "时间写成 09:15。", "A time is written 09:15.")
    }
    let zone = endpoint.parts.feed.rules.zone
    return zone.moment(zone.civil(now).date, time)
  }
}

struct LeaseForm: RequestForm {
  static let fields: Set<String> = ["lane"]
  var lane: String
}

/// A slip that was printed beforehand and given by hand.
struct PaperSlipForm: RequestForm {
  static let fields: Set<String> = ["number", "items", "priority", "given_at", "done"]
  var number: String
  var items: [String]?
  var priority: Bool?
  var givenAt: String?
  var done: String?

  private enum CodingKeys: String, CodingKey {
    case number, items, priority, done
    case givenAt = "given_at"
  }
}

struct ByHandForm: RequestForm {
  static let fields: Set<String> = ["number", "done"]
  var number: String
  var done: String
}
