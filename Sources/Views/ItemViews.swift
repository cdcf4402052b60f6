package import Hall

/// The API's views of items (GET /v1/items).
package struct ItemViews: Sendable {
  package let rules: HallRules

  package init(_ rules: HallRules) { self.rules = rules }

  /// Items in the given order, as a list of hits.
  package func list(_ items: [Item]) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.array("items", items) { json, item in
        json.object { json in summary(item, into: &json) }
      }
      json.strings("nearest_first", Self.nearestFirst(items))
      json.strings("departments", departments)
    }
    return json.bytes
  }

  /// The codes of a list, the items that need the most touches first.
  ///
  /// A page uses this order where the list fits on it without turning pages; else it keeps the given order.
  private static func nearestFirst(_ items: [Item]) -> [String] {
    let touches = items.map { $0.touches + ($0.listedQuestion == nil ? 0 : 1) }
    return items.indices.sorted { (-touches[$0], $0) < (-touches[$1], $1) }.map { items[$0].code }
  }

  private var departments: [String] {
    var seen: [String] = []
    for item in rules.catalogue.items where !seen.contains(item.category) { seen.append(item.category) }
    return seen
  }

  private func summary(_ item: Item, into json: inout JSONText) {
    json.field("code", item.code)
    json.field("name", item.name)
    json.field("name_en", item.english?.name)
    json.field("category", item.category)
    json.field("department", item.category)
    json.field("department_en", item.english?.category)
    json.field("queue_group", item.queueGroup)
    json.field("police_only", item.isPoliceOnly)
    json.field("handled_by", item.handledBy.rawValue)
    json.field("level", item.level.rawValue)
    json.field("directory", item.directory?.rawValue)
    json.field("promise", item.promisedLimit?.span)
    json.field("fee", item.fee)
    told(item, into: &json)
    let lane = rules.lane(for: item)
    json.field("lane", lane?.description)
    json.numbers("windows", lane.map(rules.windows(serving:)) ?? [])
    elsewhere(item, into: &json)
    json.field("touches", item.touches)
    if let listed = item.listedQuestion {
      question(listed, key: "ask_first", into: &json)
    } else {
      json.null("ask_first")
    }
  }

  /// Its cost, duration and place, in the words of the notice and the poster.
  func told(_ item: Item, into json: inout JSONText) {
    let told = rules.told(of: item)
    json.object("told") { json in
      json.field("cost", told.cost)
      json.field("promised", told.promised)
      json.field("legal", told.legal)
      json.field("place", told.place)
    }
  }

  var inStation: Bool { rules.station != nil }

  /// The other place where the item is done; null when this hall does it.
  private func elsewhere(_ item: Item, into json: inout JSONText) {
    guard let elsewhere = rules.elsewhere(for: item) else {
      json.null("elsewhere")
      return
    }
    json.object("elsewhere") { json in
      json.field("kind", elsewhere.kind.rawValue)
      json.field("reason", elsewhere.reason)
      json.array("places", elsewhere.places) { json, place in
        json.object { json in
          json.field("name", place.name)
          json.field("address", place.address)
          json.field("hours", place.hours)
          json.field("phone", place.phone)
        }
      }
    }
  }

  package func whole(_ item: Item) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      summary(item, into: &json)
      json.array("situations", item.situations) { situation($1, into: &$0) }
      json.array("questions", item.questions) { question($1, into: &$0) }
      json.array("materials", item.materials) { material($1, into: &$0) }
      json.strings("steps", item.steps)
      json.strings("basis", item.basis)
      json.strings("conditions", item.conditions)
      json.field("legal_limit", item.legalLimit?.words)
      json.field("promised_limit", item.promisedLimit?.words)
      json.field("consult_phone", item.consultPhone ?? rules.consultPhone)
      json.field("supervise_phone", item.supervisePhone ?? rules.supervisePhone)
      json.field("note", item.note)
      json.field("acting_body", item.actingBody)
      json.field("visits", item.visits)
      json.field("online", item.online)
      json.field("catalogue_version", rules.catalogue.version)
    }
    return json.bytes
  }

  func question(_ question: Question, key: String? = nil, into json: inout JSONText) {
    json.object(key) { json in
      json.field("key", question.key)
      json.field("ask", question.ask)
      json.field("choose", question.choice.rawValue)
      json.field("one_by_one", question.isMarkedOneByOne)
      json.field("none", question.choice == .any ? question.noneKey : nil)
      json.array("answers", question.situations) { situation($1, into: &$0) }
    }
  }

  private func situation(_ situation: Situation, into json: inout JSONText) {
    json.object { json in
      json.field("key", situation.key)
      json.field("label", situation.label)
    }
  }

  private func material(_ material: Material, into json: inout JSONText) {
    json.object { json in
      json.field("name", material.name)
      json.field("kind", material.kind.rawValue)
      json.field("originals", material.originals)
      json.field("copies", material.copies)
      json.field("required", material.required)
      json.field("necessity", material.necessity.rawValue)
      json.field("electronic", material.electronicAccepted)
      json.field("shared", material.shared)
      json.field("form", material.form)
      json.field("source", material.source)
      json.field("obtain", material.obtain)
      json.field("standard", material.standard)
      json.field("basis", material.basis)
      // For pages that support single situations only: they show a material with any other condition.
      json.field("when", material.when?.onlyKey)
      json.array("when_any_of", material.when?.alternatives ?? []) { json, clause in
        json.object { json in
          json.strings("chosen", clause.chosen)
          json.strings("not_chosen", clause.notChosen)
        }
      }
      json.strings("any_of", material.anyOf)
      json.field("one_of", material.oneOf)
      json.field("note", material.note)
    }
  }
}
