import Hall

extension CatalogueEvent: RecordedSlice {
  static var shapes: [EventShape] {
    [
      EventShape("cataloguePublished", CataloguePublished.self) { .catalogue(.cataloguePublished($0)) }
    ]
  }

  var payload: any RecordPayload {
    switch self {
    case .cataloguePublished(let payload): payload
    }
  }
}

extension CataloguePublished: RecordPayload {
  func write(to record: inout RecordWriter) {
    record.put("version", version)
    record.put("content", content)
    record.put("items", items)
    record.put("cause", cause.rawValue)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      version: try record.text("version"), content: try record.text("content"), items: try record.int("items"),
      cause: try record.text("cause", as: Cause.init(rawValue:)))
  }
}
