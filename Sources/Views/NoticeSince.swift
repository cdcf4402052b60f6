import Hall

extension NoticeSince {
  func write(into json: inout JSONText) {
    json.field("item_name", itemName)
    json.field("in_force", isInForce)
    json.field("answers_hold", answersHold)
    json.strings("changes", changes)
    json.array("lines", lines) { json, line in
      json.object { json in
        json.field("group", line.group.rawValue)
        json.field("name", line.name)
        json.field("copies", line.copies)
        json.field("since", line.since?.rawValue)
      }
    }
  }
}
