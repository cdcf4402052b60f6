/// The table for a page's local search while typing (GET /v1/search).
package struct SearchTable: Sendable {
  /// An item by its names, each folded as the search folds them; the printed name first, then the others.
  package struct Item: Sendable {
    package let code: String
    package let names: [String]
    /// The names of its papers, folded likewise.
    package let papers: [String]

    package init(code: String, names: [String], papers: [String] = []) {
      self.code = code
      self.names = names
      self.papers = papers
    }
  }

  package let catalogueVersion: String
  /// In the catalogue's order.
  package let items: [Item]
  /// Readings without tones of every character in the names, most common first; sorted by character.
  package let readings: [(character: String, readings: [String])]

  package init(catalogueVersion: String, items: [Item], readings: [(character: String, readings: [String])]) {
    self.catalogueVersion = catalogueVersion
    self.items = items
    self.readings = readings
  }

  package var json: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.field("catalogue_version", catalogueVersion)
      json.array("items", items) { json, item in
        json.object { json in
          json.field("code", item.code)
          json.strings("names", item.names)
          json.strings("papers", item.papers)
        }
      }
      json.object("readings") { json in
        for (character, readings) in readings { json.strings(character, readings) }
      }
    }
    return json.bytes
  }
}
