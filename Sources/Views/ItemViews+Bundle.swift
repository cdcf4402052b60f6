package import Hall

/// 高效办成一件事: items that are done together, with one number and one list (GET /v1/bundles).
extension ItemViews {
  package func bundles() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.array("bundles", rules.catalogue.bundles) { json, bundle in
        json.object { json in summary(bundle, into: &json) }
      }
    }
    return json.bytes
  }

  package func whole(_ bundle: ItemBundle) -> [UInt8] {
    let list = rules.catalogue.checklist(of: bundle, [:])
    var json = JSONText()
    json.object { json in
      summary(bundle, into: &json)
      entries(list, into: &json) { rules.catalogue.words(of: $0, in: bundle) }
      json.field("catalogue_version", rules.catalogue.version)
    }
    return json.bytes
  }

  private func summary(_ bundle: ItemBundle, into json: inout JSONText) {
    let items = bundle.items.compactMap(rules.catalogue.item)
    json.field("code", bundle.code)
    json.field("name", bundle.name)
    json.field("note", bundle.note)
    json.array("items", items) { json, item in
      json.object { json in
        json.field("code", item.code)
        json.field("name", item.name)
        json.field("lane", rules.lane(for: item)?.description)
        json.field("elsewhere", rules.elsewhere(for: item)?.kind.rawValue)
      }
    }
    var seen: [LaneLetter] = []
    for item in items {
      guard let lane = rules.lane(for: item), !seen.contains(lane) else { continue }
      if !rules.windows(serving: lane).isEmpty { seen.append(lane) }
    }
    json.array("lanes", seen.compactMap(rules.lane)) { json, lane in
      json.object { json in
        json.field("letter", lane.letter.description)
        json.field("name", lane.name)
        json.numbers("windows", rules.windows(serving: lane.letter))
      }
    }
  }
}
