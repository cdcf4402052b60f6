import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Logging
import Ports
import Registrar
import Views

/// Cases (办件): opening one, its steps, its lists; at a kiosk only what a receipt's holder may know.
struct CaseRoutes {
  let endpoint: CommandEndpoint

  /// For the kiosk listener: whoever has the receipt sees how far it is, and nothing more.
  func add(toKiosk router: Router<HallContext>) {
    router.get("v1/cases/:id") { _, context in
      _ = try endpoint.kiosk(of: context, nil)
      let code = try code(context)
      let view: [UInt8]? = await endpoint.parts.registrar.read { state, rules in
        guard let one = state.cases[code] else { return nil }
        var json = JSONText()
        CaseViews(state, rules).public(one, into: &json)
        return json.bytes
      }
      guard let view else { throw Problem.unknownCase }
      return Response.json(view)
    }
    router.post("v1/cases/:id/print") { request, context in
      let code = try code(context)
      let kiosk = try endpoint.kiosk(of: context, nil)
      return try await endpoint.change(request, context, PrintCaseForm.self) { form in
        try print(code, form, at: kiosk)
      } write: { outcome, views, json in
        guard case .openedCase(let code) = outcome, let one = views.state.cases[code] else {
          return json.object { _ in }
        }
        CaseViews(views.state, views.rules).public(one, into: &json)
      }
    }
  }

  /// For the hall listener: staff only.
  func add(toHall router: Router<HallContext>) {
    router.get("v1/cases") { request, context in
      let session = try requireCaseStaff(context)
      let word = request.uri.queryParameters.get("list").map { String($0) } ?? "open"
      guard let list = CaseViews.List(rawValue: word) else {
        throw Problem.badRequest(
          "bad_list", "list 写其中之一：\(CaseViews.List.words)。", "The list is one of: \(CaseViews.List.words).")
      }
      let now = endpoint.parts.clock.now()
      let (badge, isCoordinator) = (session.badge, session.actor.isCoordinator)
      let department = request.uri.queryParameters.get("department").map { String($0) }
      return await endpoint.look { state, rules in
        var json = JSONText()
        CaseViews(state, rules).list(
          list, of: badge, isCoordinator: isCoordinator, on: rules.zone.civil(now).date, department: department,
          into: &json)
        return json.bytes
      }
    }
    router.get("v1/cases/:id") { _, context in
      let session = try requireCaseStaff(context)
      let code = try code(context)
      let (cases, now) = (endpoint.parts.cases, endpoint.parts.clock.now())
      let view: [UInt8]? = await endpoint.parts.registrar.read { state, rules -> [UInt8]? in
        guard let one = state.cases[code] else { return nil }
        let applicant = cases?.applicant(one.applicant)
        var json = JSONText()
        json.object { json in
          CaseViews(state, rules).fields(of: one, into: &json)
          json.field("name", applicant?.maskedName)
          json.field("number_of_card", applicant?.maskedNumber)
          json.strings("steps", state.steps(of: one, for: session.actor, at: now, rules).map(\.rawValue))
          json.strings("pause_stages", one.limits.pauseStages)
          json.field("item_department", rules.catalogue.item(one.opened.item).map { $0.actingBody ?? $0.category })
        }
        return json.bytes
      }
      guard let view else { throw Problem.unknownCase }
      return Response.json(view)
    }
    router.post("v1/cases") { request, context in
      let agency = endpoint.parts.agency
      // The principals of agency cases, for forms that name one.
      let known = await endpoint.parts.registrar.read { state, _ in state.agency.known }
      let told = await endpoint.parts.registrar.read { state, _ in
        state.queue.links.compactMapValues { $0.notice.flatMap(state.notices.notice) }
      }
      return try await endpoint.change(request, context, OpenCaseForm.self, status: .created) { form in
        let entrusted = form.agency.flatMap { PublicCode($0) }.flatMap { known[$0]?.entrusted.principal }
        let principal = entrusted.flatMap { agency?.applicant($0) }
        var open = try command(form, principal)
        open.toldBefore = open.ticket.flatMap { told[$0] }.flatMap { notice in
          endpoint.parts.archive(notice.catalogueVersion)?.item(notice.item)
            .map { CaseMaterial.names($0, notice.situations) }
        }
        return .cases(.open(open))
      } write: {
        write($0, $1, &$2)
      }
    }
    addLists(to: router)
    addSteps(to: router)
    addLaterSteps(to: router)
    addPapers(toHall: router)
  }

  private func addSteps(to router: Router<HallContext>) {
    step("on-spot", to: router, OnSpotForm.self) { form in
      .correctOnSpot(material: form.material, what: try sealed(form.what, atMost: 60))
    }
    step("corrections", to: router, CorrectionForm.self) { form in .issueCorrection(try issue(form)) }
    step("served", to: router, ServedForm.self) { form in
      .serve(
        try word(form.how, "how"), witnesses: form.witnesses ?? [], byHand: form.byHand ?? false)
    }
    step("papers", to: router, PapersForm.self) { form in
      .takePapers(form.papers.map(\.paper), isComplete: form.complete)
    }
    step("accept", to: router, AcceptForm.self) { form in
      .accept(isImmediate: form.immediate ?? false, owedBy: try form.owedBy.map(date))
    }
    step("propose-refusal", to: router, ProposeForm.self) { form in
      .proposeRefusal(
        try word(form.ground, "ground"), article: form.article, text: try sealed(form.text, atMost: 200),
        told: form.told)
    }
    step("refuse", to: router, RefuseForm.self) { form in .refuse(returnsOriginals: form.originalsReturned ?? false) }
    step("redirect", to: router, RedirectForm.self) { form in
      .redirect(
        organ: form.organ, address: form.address, phone: form.phone,
        returnsOriginals: form.originalsReturned ?? false)
    }
    step("withdraw", to: router, EndForm.self) { form in
      .withdraw(returnsOriginals: form.originalsReturned ?? false)
    }
    step("forward", to: router, ForwardForm.self) { form in
      .forward(
        department: form.department, materials: form.materials ?? [],
        kept: (form.kept ?? []).map { OriginalsMoved(material: $0.material, count: $0.count) })
    }
    step("confirm", to: router, ConfirmForm.self) { form in .confirm(differs: form.differs ?? []) }
    step("pause", to: router, PauseClockForm.self) { form in
      .pause(
        PauseCase(
          stage: form.stage, from: try form.from.map(date), expectedDays: form.expectedDays,
          isTold: form.told ?? false, reason: form.reason))
    }
    step("resume", to: router, ResumeForm.self) { form in .resume(to: try form.to.map(date)) }
    step("extend", to: router, ExtendForm.self) { form in
      .extend(
        count: form.count, try word(form.unit, "unit"), head: form.head, reason: form.reason, article: form.article,
        isTold: form.told ?? false)
    }
    step("decide", to: router, DecideForm.self) { form in
      .decide(
        try word(form.outcome, "outcome"),
        results: (form.results ?? []).map {
          CaseResult(name: $0.name, copies: $0.copies ?? 0, isElectronic: $0.electronic ?? false)
        })
    }
    step("ready", to: router, ReadyForm.self) { form in .makeReady(location: form.place) }
    addCollection(to: router)
    step("send", to: router, SendForm.self) { form in
      .send(
        try word(form.how, "how"), reference: form.reference, returnsOriginals: form.originalsReturned ?? false)
    }
  }

  func step<Form: RequestForm>(
    _ verb: String, to router: Router<HallContext>, _ form: Form.Type,
    _ step: @escaping @Sendable (Form) throws -> CaseStep
  ) {
    router.post("v1/cases/:id/\(verb)") { request, context in
      let code = try code(context)
      return try await endpoint.change(request, context, Form.self) { form in
        .cases(.step(code, try step(form), paper: (form as? any PrintedForm)?.paper))
      } write: {
        write($0, $1, &$2)
      }
    }
  }

  func write(_ outcome: Outcome, _ views: HallViews, _ json: inout JSONText) {
    guard case .openedCase(let code) = outcome, let one = views.state.cases[code] else {
      return json.object { _ in }
    }
    json.object { json in CaseViews(views.state, views.rules).fields(of: one, into: &json) }
  }

  // MARK: Parsing forms

  func requireCaseStaff(_ context: HallContext) throws(Problem) -> StaffSession {
    let session = try context.requireStaff()
    guard session.actor.isStaff else { throw Problem.staffOnly }
    return session
  }

  func code(_ context: HallContext) throws(Problem) -> PublicCode {
    guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }) else { throw .unknownCase }
    return code
  }

  func date(_ text: String) throws(Problem) -> CivilDate {
    guard let date = CivilDate(text) else { throw .badDate }
    return date
  }

  func word<Word: RawRepresentable<String>>(_ text: String, _ field: String) throws(Problem) -> Word {
    guard let word = Word(rawValue: text) else {
      throw .badRequest("bad_field", "\(field) 的值不认识。", "The value of \(field) is not known.")
    }
    return word
  }

  var half: HalfYear { HalfYear(endpoint.parts.feed.rules.zone.civil(endpoint.parts.clock.now()).date) }

  func seal(_ body: (any CaseSealing) throws -> SealedCaseText) throws(Problem) -> SealedCaseText {
    do {
      if let cases = endpoint.parts.cases { return try body(cases) }
    } catch {
      endpoint.parts.logger.error("a case's personal data cannot be sealed", metadata: ["why": "\(error)"])
    }
    throw Problem(Refusal.cases(.cannotSeal), zone: .beijing)
  }

  func sealed(_ text: String, atMost longest: Int) throws(Problem) -> SealedCaseText {
    guard (1...longest).contains(text.count), !text.unicodeScalars.contains(where: { $0.value < 32 }) else {
      throw Problem(Refusal.cases(.badCaseText), zone: .beijing)
    }
    return try seal { try $0.seal(text, in: half) }
  }

  func person(_ form: ApplicantForm?) throws(Problem) -> Applicant {
    do throws(ApplicantText.Fault) {
      return try ApplicantText.applicant(
        name: form?.name ?? "", number: form?.number, phone: form?.phone, bearer: form?.bearer)
    } catch {
      throw Problem.badRequest("bad_applicant", error.chinese, error.english)
    }
  }

  /// - Parameter principal: of the agency case that the form names; nil without one.
  private func command(_ form: OpenCaseForm, _ principal: Applicant?) throws(Problem) -> OpenCase {
    let applicant: Applicant
    if form.applicant == nil, let principal { applicant = principal } else { applicant = try person(form.applicant) }
    var open = OpenCase(item: form.item, applicant: try seal { try $0.seal(applicant, in: half) })
    open.agency = try form.agency.map { text throws(Problem) in
      guard let code = PublicCode(text) else { throw AgencyRoutes.unknown }
      return code
    }
    if open.agency != nil { open.by = .agent }
    open.answers = form.situations ?? []
    open.ticket = try form.ticket.map { text throws(Problem) in
      guard let code = PublicCode(text) else { throw .unknownTicket }
      return code
    }
    open.holder = endpoint.parts.sealing.caseHolder(applicant.number)
    if open.agency == nil {
      open.by = try form.by.map { text throws(Problem) in try word(text, "by") } ?? .oneself
    }
    open.papers = (form.papers ?? []).map(\.paper)
    open.receivedOn = try form.receivedOn.map { text throws(Problem) in try date(text) }
    open.kiosk = form.kiosk
    open.largeType = form.largeType ?? false
    return open
  }

  func lines(_ forms: [CorrectionLineForm]) throws(Problem) -> [CorrectionLine] {
    var lines: [CorrectionLine] = []
    for line in forms {
      let words = CorrectionWords(name: line.name ?? "", ask: line.ask ?? "", reason: line.words ?? "")
      let isReadable = [words.name, words.ask, words.reason].allSatisfy {
        $0.count <= CorrectionWords.longest && !$0.unicodeScalars.contains { $0.value < 32 }
      }
      guard isReadable else { throw Problem(Refusal.cases(.badCaseText), zone: .beijing) }
      var reasons: [CorrectionReason] = []
      for text in line.reasons { reasons.append(try word(text, "reasons")) }
      if reasons.contains(.other), words.reason.count < 4 {
        throw Problem(Refusal.cases(.reasonNeeded), zone: .beijing)
      }
      // A line for something that is not in the item's list has to say what it is and what to bring.
      if line.material == nil, words.name.isEmpty || words.ask.isEmpty {
        throw Problem(Refusal.cases(.askNeeded), zone: .beijing)
      }
      lines.append(
        CorrectionLine(
          material: line.material, reasons: reasons,
          text: words.isEmpty ? nil : try seal { try $0.seal(words.text, in: half) }, basis: line.basis,
          second: line.second))
    }
    return lines
  }

  private func issue(_ form: CorrectionForm) throws(Problem) -> IssueCorrection {
    var issue = IssueCorrection(lines: try lines(form.lines))
    issue.isElectronic = form.electronic ?? false
    if let reason = form.secondReason {
      guard reason.count >= 4 else { throw Problem(Refusal.cases(.reasonNeeded), zone: .beijing) }
      issue.secondReason = try sealed(reason, atMost: 100)
    }
    issue.kiosk = form.kiosk
    issue.largeType = form.largeType ?? false
    return issue
  }
}

extension Problem {
  static var unknownCase: Problem { Problem(Refusal.cases(.unknownCase), zone: .beijing) }
}
