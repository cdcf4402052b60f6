import Groundwork
import Hall
import Registrar
import Simulation

/// What becomes of the papers of a case, and what staff are shown of them.
extension HTTPDriver {
  /// Nil for a request.
  func look(
    _ later: CaseScenario.Later, _ name: String, _ id: String, _ badge: String
  ) async throws -> [ScenarioOutcome]? {
    switch later {
    case .paper(let cameOut):
      await casePaper(id, cameOut)
      return []
    case .showPapers, .showAlarms, .showName: break
    case .showOnScreen: return try await onScreen(name, id, badge)
    default: return nil
    }
    let answer = try await HTTP.get(live.hall, "/v1/cases/\(id)", cookie: try await live.signIn(badge))
    if answer.status >= 400 { return [.refused(answer["code"] ?? "?")] }
    if case .showAlarms = later {
      return [.ofCase(CaseScenario.alarms(name, (0..<9).compactMap { answer["alarms.\($0)"] }))]
    }
    if case .showName = later { return [.ofCase(CaseScenario.name(name, answer["name"] ?? "?"))] }
    let papers = (0..<20).compactMap { index -> (title: String, state: String?, isVoid: Bool, isUntold: Bool)? in
      guard let title = answer["slips.\(index).title"] else { return nil }
      return (
        title, answer["slips.\(index).slip.state"], answer["slips.\(index).void"] == "true",
        answer["slips.\(index).untold"] == "true"
      )
    }
    return [.ofCase(CaseScenario.papers(name, papers))]
  }

  /// The list of open cases, as it stands on the screen of a window.
  private func onScreen(_ name: String, _ id: String, _ badge: String) async throws -> [ScenarioOutcome] {
    let list = try await HTTP.get(live.hall, "/v1/cases?list=open", cookie: try await live.signIn(badge))
    guard let index = (0..<50).first(where: { list["cases.\($0).id"] == id }) else { return [.refused("unknown_case")] }
    return [
      .ofCase(
        CaseScenario.onScreen(
          name, item: list["cases.\(index).item_name"] ?? "?",
          isSensitive: list["cases.\(index).sensitive"] == "true"))
    ]
  }

  /// The half-years whose keys may not be destroyed.
  func keys() async -> [ScenarioOutcome] {
    [.ofCase(CaseScenario.keys(await live.registrar.read { state, _ in state.cases.halfYears }))]
  }

  private func casePaper(_ id: String, _ cameOut: Bool) async {
    guard let code = PublicCode(id) else { return }
    let slip = await live.registrar.read { state, _ -> SlipInHand? in
      guard let one = state.cases[code] else { return nil }
      let slips = one.numbers.compactMap { one.slip(of: $0).flatMap { state.print.slips[$0] } }
      return slips.max { $0.requestedSequence < $1.requestedSequence }
    }
    guard let slip else { return }
    let outcome: AttemptOutcome = cameOut ? .printed(.echo) : .unknown(reason: "没有回答")
    for command in [PrintCommand.start(slip.id, attempt: slip.attempt), .end(slip.id, attempt: slip.attempt, outcome)] {
      try? await live.registrar.submit(.print(command), by: .system) { _, _ in }
    }
  }
}
