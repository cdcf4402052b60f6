package import Hall

extension ItemViews {
  /// The list for a resident who gave these answers, and what to ask next (GET /v1/items/{code}/checklist).
  package func checklist(_ item: Item, _ answers: [String]) -> [UInt8] {
    let list = item.checklist(answers)
    var json = JSONText()
    json.object { json in
      json.field("item", item.code)
      json.strings("answers", answers)
      if let next = item.nextQuestion(after: answers) {
        question(next, key: "question", into: &json)
      } else {
        json.null("question")
      }
      entries(list, into: &json) { item.words(of: $0) }
      told(item, into: &json)
      json.field("agency_none", item.inPerson)
      json.field("catalogue_version", rules.catalogue.version)
    }
    return json.bytes
  }

  /// The three groups of a list.
  func entries(_ list: Checklist, into json: inout JSONText, _ words: (Condition) -> String) {
    for (name, entries) in [("bring", list.toBring), ("fill", list.toFillIn), ("spare", list.mayLeave)] {
      json.array(name, entries) { json, entry in
        json.object { json in
          json.field("name", entry.name)
          json.array("choices", entry.choices) { listed($1, into: &$0, words) }
        }
      }
    }
  }

  private func listed(_ listed: Checklist.Listed, into json: inout JSONText, _ words: (Condition) -> String) {
    let material = listed.material
    json.object { json in
      json.field("name", material.name)
      json.field("kind", material.kind.rawValue)
      json.field("originals", material.originals)
      json.field("copies", material.copies)
      json.field("necessity", material.necessity.rawValue)
      json.field("electronic", material.electronicAccepted)
      json.field("shared", material.shared)
      json.field("behind", material.behind(inStation: inStation)?.rawValue)
      json.field("form", material.form)
      json.field("source", material.source)
      json.field("obtain", material.obtain)
      json.field("standard", material.standard)
      json.strings("any_of", material.anyOf)
      json.field("note", material.note)
      json.field("only_when", listed.onlyWhen.map(words))
    }
  }
}
