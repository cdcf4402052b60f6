package import Groundwork
package import Hall

/// Agency cases as JSON. They contain no name; a route adds it for whoever may see it.
package struct AgencyViews: Sendable {
  let state: HallState
  let rules: HallRules
  /// The civil date in the hall's zone.
  let today: CivilDate

  package init(_ state: HallState, _ rules: HallRules, _ now: Timestamp) {
    self.state = state
    self.rules = rules
    today = rules.zone.civil(now).date
  }

  /// The lists that staff ask for.
  package enum List: String, Sendable, CaseIterable {
    case mine, open
    /// Those with something overdue.
    case late
    /// 回访: those whose principal the requesting person may ask.
    case ask
    /// Those with originals that are not with their owner, by agent.
    case originals
    /// Those that ended in the last sixty days.
    case ended

    package static let words = allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// An agent's lists have only the agent's own cases, except the list of principals to ask (回访).
  package func list(_ list: List, of actor: Principal, into json: inout JSONText) {
    let badge = actor.badge
    let isAgent = if case .staff(_, .agent) = actor { true } else { false }
    let found = state.agency.sorted { one in
      if isAgent, list != .ask, one.agent != badge { return false }
      return switch list {
      case .mine: one.agent == badge && !one.stage.hasEnded
      case .open: !one.stage.hasEnded
      case .late: isLate(one)
      case .ask: one.needsAsking(rules.agency) && !(badge.map(one.carriers.contains) ?? false)
      case .originals: !one.open.isEmpty
      case .ended: one.stage.hasEnded
      }
    }
    let last = CivilDate(daysSinceEpoch: .max / 2)
    let sorted =
      list == .originals
      ? found.sorted { ($0.agent, $0.entrusted.number.description) < ($1.agent, $1.entrusted.number.description) }
      : found.sorted {
        (duties($0).first?.by ?? last, $0.entrusted.number.description)
          < (duties($1).first?.by ?? last, $1.entrusted.number.description)
      }
    json.object { json in
      json.array("agency", sorted) { json, one in json.object { fields(of: one, into: &$0) } }
    }
  }

  private func duties(_ one: AgencyCase) -> [(duty: AgencyDuty, by: CivilDate)] {
    one.duties(rules.calendar, rules.agency)
  }

  /// Whether something of it is overdue, or an original has been with the agent for too long.
  func isLate(_ one: AgencyCase) -> Bool {
    duties(one).contains { $0.by < today } || !one.heldTooLong(on: today, rules.calendar).isEmpty
  }

  package func fields(of one: AgencyCase, into json: inout JSONText) {
    let item = rules.catalogue.item(one.entrusted.item)
    json.field("is", "agency")
    json.field("id", one.code.description)
    json.field("number", one.entrusted.number.description)
    json.field("stage", one.stage.rawValue)
    json.field("stage_word", one.stage.chinese)
    json.field("item", one.entrusted.item)
    json.field("item_name", item?.name ?? one.entrusted.item)
    json.field("sensitive", item?.isSensitive ?? true)
    json.strings("situations", one.entrusted.answers)
    json.field("agent", one.agent)
    json.field("entrusted_on", one.entrusted.on.description)
    json.field("until", one.until.description)
    json.field("from_station", one.entrusted.isFromStation)
    originals(of: one, into: &json)
    json.array("copies", one.entrusted.copies) { json, copies in
      json.object { json in
        json.field("name", copies.name)
        json.field("count", copies.count)
      }
    }
    json.strings("missing", one.missing)
    json.field("taken_on", one.takenOn?.description)
    json.field("handed_in_on", one.handedInOn?.description)
    json.field("ready_on", one.readyOn?.description)
    json.field("delivered_on", one.deliveredOn?.description)
    json.field("filed_on", one.filedOn?.description)
    json.field("asked_on", one.askedOn?.description)
    json.field("answer", one.answer?.rawValue)
    json.field("ended_by", one.end?.by.rawValue)
    json.field("batch", one.batch.flatMap { state.agency.batches[$0]?.number.description })
    town(of: one, into: &json)
    json.array("duties", duties(one)) { json, duty in
      json.object { json in
        json.field("is", duty.duty.rawValue)
        json.field("word", duty.duty.chinese)
        json.field("by", duty.by.description)
        json.field("late", duty.by < today)
      }
    }
    HallViews(state, rules).slip(one.slip, key: "slip", into: &json)
    HallViews(state, rules).slip(one.endSlip, key: "end_slip", into: &json)
    HallViews(state, rules).slip(one.renewalSlip, key: "renewal_slip", into: &json)
  }

  private func originals(of one: AgencyCase, into json: inout JSONText) {
    let late = Set(one.heldTooLong(on: today, rules.calendar))
    json.array("originals", Array(one.originals.enumerated())) { json, held in
      json.object { json in
        json.field("place", held.offset)
        json.field("name", held.element.original.name)
        json.field("count", held.element.original.count)
        json.field("mark", held.element.original.mark)
        json.field("holder", held.element.holder.rawValue)
        json.field("since", held.element.since.description)
        json.field("card", held.element.original.isCard)
        json.field("late", late.contains(held.offset))
      }
    }
  }

  /// The town's case and its stage, as far as this hall knows it.
  private func town(of one: AgencyCase, into json: inout JSONText) {
    let found = one.townCase.flatMap { state.cases[$0] }
    json.field("town_case", found?.code.description)
    json.field("town_number", one.townNumber)
    json.field("town_stage", found?.stage.rawValue)
    json.field("town_stage_word", found.map { $0.isPaused ? "暂停中" : $0.stage.chinese })
    json.field("town_due", found.flatMap { $0.stage.hasEnded ? nil : $0.due.date?.raw.description })
    json.field("town_place", found?.location)
  }

  /// What the item asks for in this situation.
  package func checklist(of one: AgencyCase, into json: inout JSONText) {
    let item = rules.catalogue.item(one.entrusted.item)
    let list = item?.checklist(one.entrusted.answers)
    let names = (list.map { $0.toBring + $0.toFillIn } ?? []).flatMap { $0.choices.map(\.material.name) }
    json.strings("materials", names)
  }

  package func fields(of batch: AgencyBatch, into json: inout JSONText) {
    json.field("is", "agency_batch")
    json.field("id", batch.code.description)
    json.field("number", batch.number.description)
    json.field("agent", batch.agent)
    json.field("carried_on", batch.on.description)
    json.strings("agency", batch.cases.map(\.description))
    HallViews(state, rules).slip(batch.slip, key: "slip", into: &json)
  }

  /// The months that were reported, the newest first, and the current one.
  package func months(into json: inout JSONText) {
    let running = AgencyReported(
      month: today.firstOfMonth, counts: state.agency.counts(today.firstOfMonth, rules.calendar))
    json.object { json in
      json.array("months", [running] + state.agency.reports.reversed()) { json, report in
        json.object { json in
          json.field("month", String(report.month.description.prefix(7)))
          json.field("running", report.month == running.month)
          json.field("entrusted", report.counts.entrusted)
          json.field("taken", report.counts.taken)
          json.field("declined", report.counts.declined)
          json.field("handed_in", report.counts.handedIn)
          json.field("delivered", report.counts.delivered)
          json.field("filed", report.counts.filed)
          json.field("ended", report.counts.ended)
          json.field("asked", report.counts.asked)
          json.field("satisfied", report.counts.satisfied)
          json.field("late", report.counts.late)
        }
      }
    }
  }
}
