import Hall
import Simulation

/// Steps of agency cases over HTTP.
extension HTTPDriver {
  mutating func entrust(
    _ entrusting: AgencyScenario.Entrusting, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    let originals = entrusting.originals.map { one in
      let mark = one.mark.map { #","mark":"\#($0)""# } ?? ""
      return #"{"name":"\#(one.name)","count":\#(one.count)\#(mark)}"#
    }
    let copies = entrusting.copies.map { #"{"name":"\#($0.name)","count":\#($0.count)}"# }
    let until = entrusting.until.map { #","until":"\#($0)""# } ?? ""
    let paper =
      entrusting.paper.map { #","paper":{"number":"\#($0)","code":"\#(entrusting.paperCode)"}"# } ?? ""
    let body =
      #"{"item":"\#(entrusting.item)","principal":{"name":"演示员乙"},"originals":[\#(originals.joined(separator: ","))],"#
      + #""copies":[\#(copies.joined(separator: ","))]\#(until)\#(paper)}"#
    let answer = try await staff(entrusting.badge, "/v1/agency", body, step)
    if let id = answer["id"], answer.status < 400, !entrusted.contains(id) { entrusted.append(id) }
    return view(agency: answer)
  }

  func agencyID(_ name: String) -> String {
    let index = (Int(name.dropFirst()) ?? 0) - 1
    return entrusted.indices.contains(index) ? entrusted[index] : PublicCode(entropy: 1).description
  }

  func ofAgency(
    _ name: String, _ badge: String, _ verb: AgencyScenario.Verb, _ step: ScenarioStep
  ) async throws -> [ScenarioOutcome] {
    let id = agencyID(name)
    guard let (path, body) = request(verb) else {
      return view(agency: try await HTTP.get(live.hall, "/v1/agency/\(id)", cookie: try await live.signIn(badge)))
    }
    return view(agency: try await staff(badge, "/v1/agency/\(id)/\(path)", body, step))
  }

  /// The answer names them; each is looked at.
  func carry(_ names: [String], _ badge: String, _ step: ScenarioStep) async throws -> [ScenarioOutcome] {
    let ids = names.map { "\"\(agencyID($0))\"" }.joined(separator: ",")
    let answer = try await staff(badge, "/v1/agency/batches", #"{"agency":[\#(ids)]}"#, step)
    if let refused = refusal(answer) { return refused }
    var shown: [ScenarioOutcome] = []
    for name in names {
      let path = "/v1/agency/\(agencyID(name))"
      shown += view(agency: try await HTTP.get(live.hall, path, cookie: try await live.signIn(badge)))
    }
    return shown
  }

  /// Nil for a look.
  private func request(_ verb: AgencyScenario.Verb) -> (path: String, body: String)? {
    func proof(_ proof: HandOver) -> String {
      switch proof {
      case .badge(let badge): #""badge":"\#(badge)""#
      case .signature: #""signed":true"#
      }
    }
    switch verb {
    case .take(let missing): return ("take", #"{"missing":[\#(quoted(missing))]}"#)
    case .decline: return ("decline", #"{"ground":"papers","reason":"材料一直不齐","originals_returned":true}"#)
    case .handIn(let by, let kept):
      return ("hand-in", #"{"kept":[\#(kept.map(String.init).joined(separator: ","))],\#(proof(by))}"#)
    case .fetch(let isFinished, let by): return ("fetch", #"{"finished":\#(isFinished),\#(proof(by))}"#)
    case .giveBack(let places):
      return ("give-back", #"{"originals":[\#(places.map(String.init).joined(separator: ","))],"signed":true}"#)
    case .deliver: return ("deliver", #"{"signed":true}"#)
    case .file(let sheets): return ("file", #"{"sheets":\#(sheets)}"#)
    case .ask(let answer): return ("ask", #"{"answer":"\#(answer.rawValue)","by":"phone"}"#)
    case .end(let by, let isReturned):
      return ("end", #"{"by":"\#(by.rawValue)","reason":"不办了","originals_returned":\#(isReturned)}"#)
    case .renew(let until): return ("renew", #"{"until":"\#(until)","reason":"还没办完","signed":true}"#)
    case .reassign(let badge): return ("reassign", #"{"to":"\#(badge)","reason":"调离","agreed":true}"#)
    case .show: return nil
    }
  }

  private func view(agency answer: HTTP.Answer) -> [ScenarioOutcome] {
    let index = (answer["id"].flatMap { entrusted.firstIndex(of: $0) } ?? -1) + 1
    func count(_ holder: String) -> Int {
      (0..<AgencyRule.mostPapers).count { answer["originals.\($0).holder"] == holder }
    }
    let duties = (0..<8).compactMap { index in
      answer["duties.\(index).word"].flatMap { word in answer["duties.\(index).by"].map { (word, $0) } }
    }
    return refusal(answer) ?? [
      .ofAgency(
        AgencyScenario.words(
          "代\(index)", stage: answer["stage"] ?? "?", agent: answer["agent"] ?? "?", withAgent: count("with_agent"),
          withTown: count("with_town"), duties: duties))
    ]
  }
}
