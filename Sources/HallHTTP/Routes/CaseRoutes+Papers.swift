import Groundwork
import Hall
import Hummingbird
import Ports
import Views

/// Steps beside the course of a case, and its papers.
extension CaseRoutes {
  func addLaterSteps(to router: Router<HallContext>) {
    step("told", to: router, ToldForm.self) { form in .tell(try number(form.number)) }
    step("undo-accept", to: router, EmptyForm.self) { _ in .undoAccept }
    step("reassign", to: router, ReassignForm.self) { form in .reassign(to: form.to, reason: form.reason) }
    step("correct", to: router, CorrectEntryForm.self) { form in .correctEntry(try entry(form)) }
    step("explain", to: router, ExplainForm.self) { form in
      var explain = ExplainOverdue(text: form.text)
      explain.expected = try form.expected.map(date)
      explain.tellsRemedy = form.tellsRemedy ?? false
      return .explain(explain)
    }
    step("place", to: router, ReadyForm.self) { form in .relocate(to: form.place) }
    step("further", to: router, FurtherForm.self) { form in .askFurther(try lines(form.lines)) }
    step("delivered", to: router, DeliveredForm.self) { form in .deliver(on: try form.on.map(date)) }
  }

  /// 交接清单: what goes to a department together.
  func addLists(to router: Router<HallContext>) {
    router.get("v1/handovers") { _, context in
      _ = try requireCaseStaff(context)
      return await endpoint.look { state, rules in
        var json = JSONText()
        CaseViews(state, rules).handovers(into: &json)
        return json.bytes
      }
    }
    router.post("v1/handovers") { request, context in
      try await endpoint.change(request, context, HandoverForm.self, status: .created) { form in
        let wish = form.kiosk.map { PaperWish(kiosk: $0, largeType: false) }
        return .cases(.list(department: form.department, paper: wish))
      } write: { outcome, views, json in
        guard case .handoverList(let code) = outcome, let list = views.state.cases.lists[code] else {
          return json.object { _ in }
        }
        json.object { CaseViews(views.state, views.rules).fields(of: list, into: &$0) }
      }
    }
  }

  func addPapers(toHall router: Router<HallContext>) {
    router.post("v1/cases/:id/print") { request, context in
      let code = try code(context)
      return try await endpoint.change(request, context, PrintCaseForm.self) { form in
        try print(code, form, at: form.kiosk)
      } write: {
        write($0, $1, &$2)
      }
    }
    router.get("v1/cases/:id/slips/:file") { _, context in
      _ = try requireCaseStaff(context)
      let code = try code(context)
      let name = context.parameters.get("file") ?? ""
      guard let paper = NoticePaper.allCases.first(where: { name.hasSuffix($0.ending) }),
        let number = CaseNumber(String(name.dropLast(paper.ending.count))),
        let file = await endpoint.parts.casePicture(code, number, paper)
      else { throw Problem.unknownPaper }
      return Response.bytes(file, type: paper.type)
    }
  }

  func print(_ code: PublicCode, _ form: PrintCaseForm, at kiosk: String?) throws(Problem) -> Command {
    guard let kiosk else {
      throw .badRequest("bad_field", "写明在哪里打印（kiosk）。", "Say where it is printed (kiosk).")
    }
    let number = try form.number.map { text throws(Problem) in try self.number(text) }
    return .cases(.print(code, number, PaperWish(kiosk: kiosk, largeType: form.largeType ?? false)))
  }

  private func number(_ text: String) throws(Problem) -> CaseNumber {
    guard let number = CaseNumber(text) else { throw .unknownPaper }
    return number
  }

  private func entry(_ form: CorrectEntryForm) throws(Problem) -> CorrectEntry {
    guard form.reason.count >= 4 else { throw Problem(Refusal.cases(.reasonNeeded), zone: .beijing) }
    var entry = CorrectEntry(
      field: try word(form.field, "field"), reason: try sealed(form.reason, atMost: 100), second: form.second)
    entry.material = form.material
    entry.value = form.value ?? ""
    if let applicant = form.applicant {
      let applicant = try person(applicant)
      entry.applicant = try seal { try $0.seal(applicant, in: half) }
      entry.holder = endpoint.parts.sealing.caseHolder(applicant.number)
    }
    return entry
  }
}

extension Problem {
  static var unknownPaper: Problem { Problem(Refusal.cases(.unknownPaper), zone: .beijing) }
}
