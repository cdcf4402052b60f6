/// A card reader or scanner as pages get it.
package struct ReaderNotice: Hashable, Sendable {
  /// `card_reader` or `scanner`.
  package let kind: String
  package let name: String
  /// `opening`, `ready`, `taken`, `not_permitted`, `silent`, `needs_service`; nil while nothing is known.
  package let condition: String?

  package init(kind: String, name: String, condition: String?) {
    self.kind = kind
    self.name = name
    self.condition = condition
  }

  /// `"readers":[{"kind","name","condition"}]`.
  package static func write(_ readers: [ReaderNotice], into json: inout JSONText) {
    json.array("readers", readers) { json, reader in
      json.object { json in
        json.field("kind", reader.kind)
        json.field("name", reader.name)
        json.field("condition", reader.condition)
      }
    }
  }
}
