import Groundwork
package import Hall

/// The journal's JSON: one line per event, with the version of its shape.
///
/// `{"t":"ticketIssued","v":1,"at":1795400000000,"by":"kiosk:kiosk-1","e":{…},"a":{…}}`. `a` is the idempotency record,
/// left out where there is none. The sequence is not in the line: the journal stores it beside the line and chains
/// both. Keys are in a fixed order, so equal events give equal bytes.
package enum RecordCodec {
  package enum Fault: Error, Equatable, Sendable {
    /// Written by a newer program: the name, or the version of its shape, is not known to this one.
    case unknownEvent(name: String, version: Int)
    case damaged(detail: String)
  }

  package static func encode(_ recorded: RecordedEvent) -> [UInt8] {
    var record = RecordWriter()
    record.object { record in
      let payload = recorded.event.payload
      record.put("t", recorded.event.name)
      record.put("v", payload.shapeVersion)
      record.put("at", recorded.at.milliseconds)
      record.put("by", recorded.actor.recordText)
      record.object("e") { payload.write(to: &$0) }
      if let answer = recorded.answer {
        record.object("a") { record in
          record.put("scope", answer.key.scope)
          record.put("key", answer.key.key)
          record.put("body", hexadecimal: answer.bodyDigest)
          record.put("of", answer.outcome.recordText)
        }
      }
    }
    return record.bytes
  }

  /// One record; a `RecordDecoder` is faster for many.
  package static func decode(_ bytes: [UInt8], sequence: Int64) throws(Fault) -> RecordedEvent {
    var decoder = RecordDecoder()
    return try bytes.withUnsafeBufferPointer { (bytes) throws(Fault) in
      try decoder.decode(UnsafeRawBufferPointer(bytes), sequence: sequence)
    }
  }
}

/// Decodes records one after the other and caches repeated strings.
package struct RecordDecoder: Sendable {
  private var actors = RecentWords<Principal>()
  private var scopes = RecentWords<String>()

  package init() {}

  /// - Parameter bytes: one record; used only during the call.
  package mutating func decode(
    _ bytes: UnsafeRawBufferPointer, sequence: Int64
  ) throws(RecordCodec.Fault) -> RecordedEvent {
    var record = RecordScanner(bytes, sequence: sequence)
    let recorded = try record.object { (record) throws(RecordCodec.Fault) in
      let name = try record.name("t")
      let version = try record.int("v")
      guard let shape = EventShape.named(name), (1...shape.newestVersion).contains(version) else {
        throw .unknownEvent(name: String(decoding: name, as: UTF8.self), version: version)
      }
      let at = try record.moment("at")
      let actor = try record.word("by", among: &actors, as: Principal.init(recordText:))
      let event = try record.object("e") { (record) throws(RecordCodec.Fault) in
        try shape.reader.read(&record, version: version)
      }
      return RecordedEvent(sequence: sequence, at: at, actor: actor, event: event, answer: try answer(&record))
    }
    try record.finish()
    return recorded
  }

  private mutating func answer(_ record: inout RecordScanner) throws(RecordCodec.Fault) -> IdempotencyRecord? {
    guard !record.isAtEndOfObject else { return nil }
    return try record.object("a") { (record) throws(RecordCodec.Fault) in
      let key = IdempotencyKey(
        scope: try record.word("scope", among: &scopes) { $0 }, key: try record.text("key"))
      return IdempotencyRecord(
        key: key, bodyDigest: try record.hexadecimal("body"),
        outcome: try record.text("of", as: Outcome.init(recordText:)))
    }
  }
}
