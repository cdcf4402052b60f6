import Groundwork
import Hall

extension NoticeState {
  func write(to record: inout RecordWriter) {
    for (key, notices) in [("recent", recent), ("old", old)] as [(StaticString, [PublicCode: Notice])] {
      record.objects(key, notices.values.sorted { $0.code.bits < $1.code.bits }) { $1.write(to: &$0) }
    }
    record.counts("ordinals", ordinals)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init()
    recent = try Self.notices("recent", &record)
    old = try Self.notices("old", &record)
    ordinals = try record.counts("ordinals", as: CivilDate.init(_:))
  }

  private static func notices(
    _ key: StaticString, _ record: inout RecordScanner
  ) throws(RecordCodec.Fault) -> [PublicCode: Notice] {
    try record.dictionary(key) { (record) throws(RecordCodec.Fault) in
      let notice = try Notice(from: &record)
      return (notice.code, notice)
    }
  }
}

extension HelpRing {
  func write(to record: inout RecordWriter) {
    record.put("id", id)
    record.put("kiosk", kiosk)
    record.put("askedAt", askedAt)
    record.put("heardBy", heardBy)
    record.put("escalated", isEscalated)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      id: try record.text("id"), kiosk: try record.text("kiosk"), askedAt: try record.moment("askedAt"),
      heardBy: try record.textOrNull("heardBy"), isEscalated: try record.bool("escalated"))
  }
}

extension PublishedCatalogue {
  func write(to record: inout RecordWriter) {
    record.put("version", version)
    record.put("content", content)
    record.put("items", items)
    record.put("cause", cause.rawValue)
    record.put("at", at)
    record.put("by", actor.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      version: try record.text("version"), content: try record.text("content"), items: try record.int("items"),
      cause: try record.text("cause", as: CataloguePublished.Cause.init(rawValue:)), at: try record.moment("at"),
      actor: try record.text("by", as: Principal.init(recordText:)))
  }
}

extension IdempotencyTable {
  func write(to record: inout RecordWriter) {
    record.put("earlier", earlierCount)
    record.objects("stored", stored) { $1.write(to: &$0) }
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    let earlier = try record.int("earlier")
    let stored = try record.objects("stored") { (record) throws(RecordCodec.Fault) in
      try IdempotencyRecord(from: &record)
    }
    guard (0...stored.count).contains(earlier) else { throw record.damage }
    self.init(stored, earlier: earlier)
  }
}

extension IdempotencyRecord {
  func write(to record: inout RecordWriter) {
    record.put("scope", key.scope)
    record.put("key", key.key)
    record.put("body", hexadecimal: bodyDigest)
    record.put("of", outcome.recordText)
  }

  init(from record: inout RecordScanner) throws(RecordCodec.Fault) {
    self.init(
      key: IdempotencyKey(scope: try record.text("scope"), key: try record.text("key")),
      bodyDigest: try record.hexadecimal("body"), outcome: try record.text("of", as: Outcome.init(recordText:)))
  }
}
