import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Logging
import Ports
import Registrar
import Views

/// Agency cases (代办件): entrusting, the steps, trips, lists and months. Staff only.
struct AgencyRoutes {
  let endpoint: CommandEndpoint

  static var unknown: Problem { Problem(Refusal.agency(.unknownAgency), zone: .beijing) }

  /// For the kiosk listener: whoever has a trip's list sees how many go to which lane.
  func add(toKiosk router: Router<HallContext>) {
    router.get("v1/trips/:id") { _, context in
      _ = try endpoint.kiosk(of: context, nil)
      let code = try code(context)
      let now = endpoint.parts.clock.now()
      let view: [UInt8]? = await endpoint.parts.registrar.read { state, rules in
        guard let batch = state.agency.batches[code] else { return nil }
        var json = JSONText()
        AgencyViews(state, rules, now).lanes(of: batch, into: &json)
        return json.bytes
      }
      guard let view else { throw Self.unknown }
      return Response.json(view)
    }
  }

  func add(toHall router: Router<HallContext>) {
    router.get("v1/agency") { request, context in
      let session = try requireAgencyStaff(context)
      let word = request.uri.queryParameters.get("list").map { String($0) } ?? "open"
      guard let list = AgencyViews.List(rawValue: word) else {
        throw Problem.badRequest(
          "bad_list", "list 写其中之一：\(AgencyViews.List.words)。", "The list is one of: \(AgencyViews.List.words).")
      }
      let now = endpoint.parts.clock.now()
      return await endpoint.look { state, rules in
        var json = JSONText()
        AgencyViews(state, rules, now).list(list, of: session.actor, into: &json)
        return json.bytes
      }
    }
    router.get("v1/agency/months") { _, context in
      _ = try requireAgencyStaff(context)
      let now = endpoint.parts.clock.now()
      return await endpoint.look { state, rules in
        var json = JSONText()
        AgencyViews(state, rules, now).months(into: &json)
        return json.bytes
      }
    }
    router.get("v1/agency/:id") { _, context in
      let session = try requireAgencyStaff(context)
      let code = try code(context)
      let (agency, now) = (endpoint.parts.agency, endpoint.parts.clock.now())
      let view: [UInt8]? = await endpoint.parts.registrar.read { state, rules -> [UInt8]? in
        guard let one = state.agency[code] else { return nil }
        let principal = agency?.applicant(one.entrusted.principal)
        let isOwn = session.badge == one.agent
        let steps = state.steps(of: one, for: session.actor, at: now, rules)
        var json = JSONText()
        json.object { json in
          let views = AgencyViews(state, rules, now)
          views.fields(of: one, into: &json)
          views.checklist(of: one, into: &json)
          json.field("name", isOwn ? principal?.name : principal?.maskedName)
          json.field("number_of_card", principal?.maskedNumber)
          // Whoever does the follow-up inquiry (回访) calls by phone.
          json.field("phone", isOwn || steps.contains(.ask) ? principal?.phone : nil)
          json.strings("steps", steps.map(\.rawValue))
        }
        return json.bytes
      }
      guard let view else { throw Self.unknown }
      return Response.json(view)
    }
    router.post("v1/agency") { request, context in
      try await endpoint.change(request, context, EntrustForm.self, status: .created) { form in
        .agency(.entrust(try command(form)))
      } write: {
        write($0, $1, &$2)
      }
    }
    router.get("v1/agency/batches/:id") { _, context in
      _ = try requireAgencyStaff(context)
      let code = try code(context)
      let now = endpoint.parts.clock.now()
      let view: [UInt8]? = await endpoint.parts.registrar.read { state, rules in
        guard let batch = state.agency.batches[code] else { return nil }
        var json = JSONText()
        AgencyViews(state, rules, now).trip(batch, into: &json)
        return json.bytes
      }
      guard let view else { throw Self.unknown }
      return Response.json(view)
    }
    router.post("v1/agency/batches") { request, context in
      try await endpoint.change(request, context, BatchForm.self, status: .created) { form in
        .agency(
          .carry(
            try form.agency.map { text throws(Problem) in
              guard let code = PublicCode(text) else { throw Self.unknown }
              return code
            }, kiosk: form.kiosk))
      } write: {
        write($0, $1, &$2)
      }
    }
    addSteps(to: router)
  }

  private func addSteps(to router: Router<HallContext>) {
    step("take", to: router, TakeAgencyForm.self) { form in .take(missing: form.missing ?? []) }
    step("decline", to: router, DeclineForm.self) { form in
      .decline(
        try word(form.ground, "ground"), reason: try sealed(form.reason), isReturned: form.originalsReturned ?? false)
    }
    step("hand-in", to: router, HandInForm.self) { form in
      var handIn = HandInAgency(proof: try proof(form.badge, form.signed))
      handIn.originals = form.originals
      handIn.kept = form.kept ?? []
      handIn.townCase = try form.townCase.map { text throws(Problem) in
        guard let code = PublicCode(text) else { throw Problem.unknownCase }
        return code
      }
      handIn.townNumber = form.townNumber
      return .handIn(handIn)
    }
    step("fetch", to: router, FetchForm.self) { form in
      .fetch(originals: form.originals, isFinished: form.finished ?? false, try proof(form.badge, form.signed))
    }
    step("give-back", to: router, GiveBackForm.self) { form in
      .giveBack(originals: form.originals, isSigned: form.signed ?? false)
    }
    step("deliver", to: router, DeliverForm.self) { form in
      .deliver(
        fee: form.fee.map { AgencyFee(fen: $0.fen, receipt: $0.receipt) }, isSigned: form.signed ?? false)
    }
    step("file", to: router, FileForm.self) { form in .file(sheets: form.sheets) }
    step("ask", to: router, AskForm.self) { form in .ask(try word(form.answer, "answer"), try word(form.by, "by")) }
    step("end", to: router, EndAgencyForm.self) { form in
      .end(
        try word(form.by, "by"), reason: try sealed(form.reason), isReturned: form.originalsReturned ?? false,
        AgencyPaper(kiosk: form.kiosk, largeType: form.largeType ?? false))
    }
    step("renew", to: router, RenewForm.self) { form in
      .renew(
        until: try date(form.until), reason: try sealed(form.reason), isSigned: form.signed ?? false,
        AgencyPaper(kiosk: form.kiosk, largeType: form.largeType ?? false))
    }
    step("reassign", to: router, ReassignAgencyForm.self) { form in
      .reassign(to: form.to, reason: try sealed(form.reason), isAgreed: form.agreed ?? false)
    }
  }

  private func step<Form: RequestForm>(
    _ verb: String, to router: Router<HallContext>, _ form: Form.Type,
    _ step: @escaping @Sendable (Form) throws -> AgencyStep
  ) {
    router.post("v1/agency/:id/\(verb)") { request, context in
      let code = try code(context)
      return try await endpoint.change(request, context, Form.self) { form in
        .agency(.step(code, try step(form)))
      } write: {
        write($0, $1, &$2)
      }
    }
  }

  private func write(_ outcome: Outcome, _ views: HallViews, _ json: inout JSONText) {
    let agency = AgencyViews(views.state, views.rules, endpoint.parts.clock.now())
    switch outcome {
    case .agency(let code):
      json.object { json in
        if let one = views.state.agency[code] { agency.fields(of: one, into: &json) }
      }
    case .agencyBatch(let code):
      json.object { json in
        if let batch = views.state.agency.batches[code] { agency.fields(of: batch, into: &json) }
      }
    default: json.object { _ in }
    }
  }

  // MARK: Parsing forms

  private func requireAgencyStaff(_ context: HallContext) throws(Problem) -> StaffSession {
    let session = try context.requireStaff()
    guard session.actor.isStaff else { throw Problem.staffOnly }
    return session
  }

  private func code(_ context: HallContext) throws(Problem) -> PublicCode {
    guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }) else { throw Self.unknown }
    return code
  }

  private func date(_ text: String) throws(Problem) -> CivilDate {
    guard let date = CivilDate(text) else { throw .badDate }
    return date
  }

  private func word<Word: RawRepresentable<String>>(_ text: String, _ field: String) throws(Problem) -> Word {
    guard let word = Word(rawValue: text) else {
      throw .badRequest("bad_field", "\(field) 的值不认识。", "The value of \(field) is not known.")
    }
    return word
  }

  /// The badge of the other one, or a signature on paper.
  private func proof(_ badge: String?, _ isSigned: Bool?) throws(Problem) -> HandOver {
    if let badge, !badge.isEmpty { return .badge(badge) }
    guard isSigned ?? false else { throw Problem(Refusal.agency(.handOverUnproven), zone: .beijing) }
    return .signature
  }

  private var half: HalfYear { HalfYear(endpoint.parts.feed.rules.zone.civil(endpoint.parts.clock.now()).date) }

  private func seal(_ body: (any CaseSealing) throws -> SealedCaseText) throws(Problem) -> SealedCaseText {
    do {
      if let agency = endpoint.parts.agency { return try body(agency) }
    } catch {
      endpoint.parts.logger.error("an agency case's personal data cannot be sealed", metadata: ["why": "\(error)"])
    }
    throw Problem(Refusal.cases(.cannotSeal), zone: .beijing)
  }

  private func sealed(_ text: String) throws(Problem) -> SealedCaseText {
    guard (1...100).contains(text.count), !text.unicodeScalars.contains(where: { $0.value < 32 }) else {
      throw Problem(Refusal.agency(.badAgencyText), zone: .beijing)
    }
    return try seal { try $0.seal(text, in: half) }
  }

  private func command(_ form: EntrustForm) throws(Problem) -> EntrustAgency {
    let principal: Applicant
    do throws(ApplicantText.Fault) {
      principal = try ApplicantText.applicant(
        name: form.principal.name, number: form.principal.number, phone: form.principal.phone, bearer: nil)
    } catch {
      throw Problem.badRequest("bad_applicant", error.chinese, error.english)
    }
    var entrust = EntrustAgency(item: form.item, principal: try seal { try $0.seal(principal, in: half) })
    entrust.answers = form.situations ?? []
    entrust.holder = endpoint.parts.sealing.caseHolder(principal.number)
    entrust.originals = (form.originals ?? []).map {
      AgencyOriginal(name: $0.name, count: $0.count ?? 1, mark: $0.mark.flatMap { $0.isEmpty ? nil : $0 })
    }
    entrust.copies = (form.copies ?? []).map { AgencyCopies(name: $0.name, count: $0.count) }
    entrust.until = try form.until.map { text throws(Problem) in try date(text) }
    entrust.paper = try form.paper.map { paper throws(Problem) in
      guard let number = CaseNumber(paper.number), let code = PublicCode(paper.code) else {
        throw Problem(Refusal.agency(.badStationPaper), zone: .beijing)
      }
      return EntrustAgency.StationPaper(number: number, code: code)
    }
    entrust.kiosk = form.kiosk
    entrust.largeType = form.largeType ?? false
    return entrust
  }
}
