package import Groundwork
package import Hall

/// Cases as JSON. They contain no name; a route adds it for whoever may see it.
package struct CaseViews: Sendable {
  let state: HallState
  let rules: HallRules

  package init(_ state: HallState, _ rules: HallRules) {
    self.state = state
    self.rules = rules
  }

  /// The lists that staff ask for.
  package enum List: String, Sendable, CaseIterable {
    case open
    /// Two working days, or a fifth of the limit, or less are left; the latest day to tell is tomorrow or today.
    case nearDue = "near_due"
    case overdue
    case correcting
    case ready
    /// 超期未领.
    case unclaimed
    /// 经办.
    case mine
    /// 我的首问.
    case firstAsked = "first_asked"
    /// Those with an alarm for the requesting badge.
    case alarms

    package static let words = allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// - Parameter department: only those whose papers it has; nil for all.
  package func list(
    _ list: List, of badge: String, isCoordinator: Bool = false, on today: CivilDate, department: String? = nil,
    into json: inout JSONText
  ) {
    let found = state.cases.open.filter { one in
      guard department == nil || one.department == department else { return false }
      return switch list {
      case .open: true
      case .nearDue: isNear(one, today)
      case .overdue: deadline(one).map { $0 < today } ?? false
      case .correcting: one.stage == .correcting
      case .ready: one.stage == .ready
      case .unclaimed: one.isUnclaimed(on: today, by: rules.calendar)
      case .mine: one.responsible == badge
      case .firstAsked: one.opened.firstAsked == badge
      case .alarms: alarms(one).contains { $0.concerns(badge, isCoordinator: isCoordinator, in: one) }
      }
    }
    let last = CivilDate(daysSinceEpoch: .max / 2)
    let sorted = found.sorted {
      (deadline($0) ?? last, $0.opened.number.description) < (deadline($1) ?? last, $1.opened.number.description)
    }
    self.list(sorted, into: &json)
  }

  /// Cases in the order that is given.
  package func list(_ cases: [Case], into json: inout JSONText) {
    json.object { json in
      json.array("cases", cases) { json, one in json.object { fields(of: one, into: &$0) } }
    }
  }

  /// The notice and case that the holder of a ticket brought, with the item and answers with which a new case begins.
  package func brought(by ticket: Ticket, into json: inout JSONText) {
    let link = state.queue.links[ticket.code]
    let notice = link?.notice.flatMap(state.notices.notice)
    let item = notice?.item ?? ticket.items.first
    json.object { json in
      json.field("case", link?.caseCode?.description)
      json.field("notice", notice?.number)
      json.field("item", item)
      json.field("item_name", item.flatMap(rules.catalogue.item)?.name)
      json.strings("situations", notice?.situations ?? [])
      json.field("batch", link?.batch?.description)
    }
  }

  /// The next deadline: to tell what is missing, or to decide; nil where there is none.
  private func deadline(_ one: Case) -> CivilDate? {
    if one.stage == .received || one.stage == .correcting { return one.toldOn == nil ? one.tellBy.date : nil }
    return one.stage.isRunning && !one.isPaused ? one.due.date?.raw : nil
  }

  private func isNear(_ one: Case, _ today: CivilDate) -> Bool {
    guard let deadline = deadline(one), deadline >= today else { return false }
    if one.acceptedOn == nil { return today >= one.tellBy.alarm }
    let target = one.due.date?.target ?? deadline
    let left = rules.calendar.workingDays(after: today, through: target)
    let whole = one.acceptedOn.map { rules.calendar.workingDays(after: $0, through: target) } ?? 0
    return left <= max(2, whole / 5)
  }

  /// What the holder of a receipt may know.
  package func `public`(_ one: Case, into json: inout JSONText) {
    let word =
      switch one.stage {
      case .received, .accepted, .forwarded, .decided: "in_progress"
      case .correcting: "correcting"
      case .ready: "ready"
      case .collected: "collected"
      case .sent, .refused, .redirected, .withdrawn: "ended"
      }
    let item = rules.catalogue.item(one.opened.item)
    let isOpen = !one.stage.hasEnded
    let lane =
      one.stage == .ready
      ? rules.lanes.first { $0.groups.contains(Lane.collectionGroup) }?.letter : item.flatMap(rules.lane(for:))
    json.object { json in
      json.field("is", "case")
      json.field("id", one.code.description)
      json.field("state", word)
      json.field("due", isOpen && !one.isPaused ? one.due.date?.raw.description : nil)
      json.field("provisional", isOpen && one.due.date?.provisional ?? false)
      json.field("lane", isOpen ? lane?.description : nil)
      json.numbers("windows", isOpen ? lane.map(rules.windows(serving:)) ?? [] : [])
      json.field("missing", one.stage == .correcting ? one.corrections.last?.lines.count ?? 0 : 0)
      json.field("explained", isOpen ? one.explained?.text : nil)
      json.field("slip", newestSlip(one)?.state.word)
    }
  }

  package func fields(of one: Case, into json: inout JSONText) {
    json.field("is", "case")
    json.field("id", one.code.description)
    json.field("number", one.opened.number.description)
    json.field("stage", one.stage.rawValue)
    json.field("stage_word", one.isPaused ? "暂停中" : one.stage.chinese)
    json.field("item", one.opened.item)
    json.field("item_name", rules.catalogue.item(one.opened.item)?.name ?? one.opened.item)
    json.field("sensitive", rules.catalogue.item(one.opened.item)?.isSensitive ?? true)
    json.strings("situations", one.opened.answers)
    json.field("by", one.by.rawValue)
    json.field("received_on", one.opened.receivedOn.description)
    json.field("at_village", one.opened.isAtVillage)
    json.field("responsible", one.responsible)
    json.field("first_asked", one.opened.firstAsked)
    json.field("tell_by", one.tellBy.date.description)
    json.field("tell_alarm", one.tellBy.alarm.description)
    json.field("tell_provisional", one.tellBy.provisional)
    json.field("deemed_acceptance", one.opened.telling.isDeemed)
    json.field("told_on", one.toldOn?.description)
    json.field("accepted_on", one.acceptedOn?.description)
    json.field("deemed", one.isDeemed)
    json.object("due") { due(one, into: &$0) }
    json.field("paused", one.isPaused)
    json.strings("missing", one.missing)
    json.strings("owed", one.owed.map(\.material))
    papers(of: one, into: &json)
    json.array("corrections", one.corrections) { json, correction in
      json.object { json in
        json.field("number", correction.number.description)
        json.field("attempt", correction.attempt)
        json.field("second", correction.second != nil)
        json.array("lines", correction.lines) { json, line in
          json.object { json in
            json.field("material", line.material)
            json.strings("reasons", line.reasons.map(\.rawValue))
            json.field("basis", line.basis)
          }
        }
      }
    }
    json.field("served", one.served?.way.rawValue)
    json.field("proposed_refusal", one.proposal?.what.ground.rawValue)
    json.field("department", one.department)
    json.field("confirmed", one.isConfirmed)
    json.field("outcome", one.decided?.outcome.rawValue)
    json.field("prepared", one.isPrepared)
    json.field("trips", one.visits.count)
    json.field("place", one.location)
    HallViews(state, rules).slip(one.receiptSlip, key: "receipt_slip", into: &json)
    HallViews(state, rules).slip(one.correctionSlip, key: "correction_slip", into: &json)
    later(one, into: &json)
  }

  private func papers(of one: Case, into json: inout JSONText) {
    json.array("materials", one.opened.materials) { json, material in
      let account = one.account(material.name)
      json.object { json in
        json.field("name", material.name)
        json.field("group", material.group)
        json.field("necessity", material.necessity.rawValue)
        json.field("shared", material.isShared)
        json.field("originals_needed", material.originals)
        json.field("copies_needed", material.copies)
        json.field("originals", account?.originals ?? 0)
        json.field("copies", account?.copies ?? 0)
        json.field("seen", account?.isSeen ?? false)
        json.field("electronic", account?.isElectronic ?? false)
        json.field("held", account?.held ?? 0)
      }
    }
  }

  private func due(_ one: Case, into json: inout JSONText) {
    let kind =
      switch one.due {
      case .atOnce: "at_once"
      case .dated: "dated"
      case .paused: "paused"
      case .unlimited: "none"
      }
    json.field("is", kind)
    let date = one.due.date
    json.field("printed", date?.raw.description)
    json.field("target", date?.target.description)
    json.field("collect_from", date?.collectFrom.description)
    json.field("provisional", date?.provisional ?? false)
    if case .dated(_, let byLaw) = one.due {
      json.field("binding", byLaw ? "legal" : "promised")
    } else {
      json.field("binding", String?.none)
    }
    if case .paused(let left, let unit) = one.due {
      json.field("left", left)
      json.field("left_unit", unit.rawValue)
    } else {
      json.null("left")
      json.field("left_unit", String?.none)
    }
  }
}
