import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Logging
import Ports
import Registrar
import SecurityRecords
import Views

/// Finding cases by the number of a card, seeing an applicant in full, and how the cases of a month went.
///
/// Every search for a person is logged in the security log.
struct CaseSearchRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/cases/find") { request, context in
      let session = try requireStaff(context)
      let form = try RequestParser.read(FindCaseForm.self, try await endpoint.body(request, context))
      guard let number = ApplicantText.number(form.number), let holder = parts.sealing.caseHolder(number) else {
        throw Problem.badRequest("bad_applicant", "证件号不对，请核对。", "The number is not one of a card.")
      }
      let (json, count) = await parts.registrar.read { state, rules -> ([UInt8], Int) in
        let found = state.cases.known.values.filter { $0.holder == holder }
          .sorted { ($0.opened.receivedOn, $0.code.bits) > ($1.opened.receivedOn, $1.code.bits) }
        var json = JSONText()
        CaseViews(state, rules).list(found, into: &json)
        return (json.bytes, found.count)
      }
      parts.security.note(
        .caseSearched, [.badge: session.badge, .window: session.window.map(String.init), .count: String(count)])
      return Response.json(json)
    }
    router.post("v1/cases/:id/unmask") { request, context in
      let session = try requireStaff(context)
      let form = try RequestParser.read(UnmaskForm.self, try await endpoint.body(request, context))
      guard (4...60).contains(form.reason.count), !form.reason.unicodeScalars.contains(where: { $0.value < 32 })
      else { throw Problem(Refusal.cases(.reasonNeeded), zone: .beijing) }
      guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }) else { throw Problem.unknownCase }
      let now = parts.clock.now()
      let sealed = await parts.registrar.read { state, rules -> Result<SealedCaseText, Refusal> in
        guard let one = state.cases[code] else { return .failure(.cases(.unknownCase)) }
        guard state.maySeeApplicant(of: one, session.actor, at: now, rules) else {
          return .failure(.cases(.notServedHere))
        }
        return .success(one.applicant)
      }
      let applicant: Applicant?
      switch sealed {
      case .failure(let refusal): throw Problem(refusal, zone: .beijing)
      case .success(let sealed): applicant = parts.cases?.applicant(sealed)
      }
      guard let applicant else { throw Problem.applicantGone }
      // Logged before the data is sent.
      parts.security.note(
        .personalDataShown,
        [
          .badge: session.badge, .window: session.window.map(String.init), .code: code.description, .why: form.reason,
        ])
      var json = JSONText()
      json.object { json in
        json.field("name", applicant.name)
        json.field("number", applicant.number)
        json.field("phone", applicant.phone)
        json.field("bearer", applicant.bearer)
      }
      return Response.json(json.bytes)
    }
    router.get("v1/ended-cases/:id") { _, context in
      _ = try requireStaff(context)
      guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }), let find = parts.endedCase else {
        throw Problem.unknownCase
      }
      let found: HallState?
      do { found = try await find(code) } catch {
        parts.logger.error("the journal cannot be searched for a case", metadata: ["why": "\(error)"])
        throw Problem.notSearched
      }
      guard let found, let one = found.cases[code] else { throw Problem.unknownCase }
      let applicant = parts.cases?.applicant(one.applicant)
      let rules = parts.feed.rules
      var json = JSONText()
      json.object { json in
        CaseViews(found, rules).fields(of: one, into: &json)
        json.field("name", applicant?.maskedName)
        json.field("number_of_card", applicant?.maskedNumber)
        json.strings("steps", [])
        json.strings("pause_stages", [])
        json.field("item_department", String?.none)
      }
      return Response.json(json.bytes)
    }
    router.get("v1/tickets/:id/brought") { _, context in
      _ = try requireStaff(context)
      let code = try endpoint.ticketCode(context)
      let view: [UInt8]? = await parts.registrar.read { state, rules in
        guard let ticket = state.tickets[code] else { return nil }
        var json = JSONText()
        CaseViews(state, rules).brought(by: ticket, into: &json)
        return json.bytes
      }
      guard let view else { throw Problem.unknownTicket }
      return Response.json(view)
    }
    router.get("v1/case-months") { request, context in
      _ = try context.require(.runDay)
      let month = try month(request)
      return await endpoint.look { state, rules in
        var json = JSONText()
        CaseMonthViews(state, rules, month ?? CalendarMonth(rules.zone.civil(parts.clock.now()).date)).json(into: &json)
        return json.bytes
      }
    }
    router.get("v1/case-months.csv") { request, context in
      _ = try context.require(.runDay)
      let wanted = try month(request)
      let (bytes, month) = await parts.registrar.read { state, rules -> ([UInt8], CalendarMonth) in
        let month = wanted ?? CalendarMonth(rules.zone.civil(parts.clock.now()).date)
        return (CaseMonthViews(state, rules, month).csv, month)
      }
      var response = Response.bytes(bytes, type: "text/csv; charset=utf-8")
      response.headers[.contentDisposition] = "attachment; filename=\"cases-\(month).csv\""
      return response
    }
  }

  private func requireStaff(_ context: HallContext) throws(Problem) -> StaffSession {
    let session = try context.requireStaff()
    guard session.actor.isStaff else { throw Problem.staffOnly }
    return session
  }

  /// Nil where the request names none.
  private func month(_ request: Request) throws(Problem) -> CalendarMonth? {
    guard let text = request.uri.queryParameters.get("month") else { return nil }
    guard let month = CalendarMonth(String(text)) else {
      throw .badRequest("bad_month", "月份写成 2026-11 的样子。", "The month is written as 2026-11.")
    }
    return month
  }
}

struct FindCaseForm: RequestForm {
  static let fields: Set<String> = ["number"]
  var number: String
}

struct UnmaskForm: RequestForm {
  static let fields: Set<String> = ["reason"]
  var reason: String
}

extension Problem {
  fileprivate static let notSearched = Problem(
    .serviceUnavailable, "journal_not_read", Words("账本读不了", "The journal cannot be read"),
    Words("请稍后再试，或请管理员看日志。", "Try again later, or look at the log."))
  fileprivate static let applicantGone = Problem(
    .gone, "applicant_gone", Words("个人信息已经销毁", "The personal data is gone"),
    Words("保存期已过，密钥已销毁；编号、日期和事项还在。", "Its time has ended and its key was destroyed; number, dates and item remain."))
}
