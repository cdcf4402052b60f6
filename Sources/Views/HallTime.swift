package import Groundwork

/// The hall's time for pages: in every snapshot, at the head of a resumed stream, and as its heartbeat.
package struct HallTime: Hashable, Sendable {
  /// The timestamp that an event would get now (`CommitLoop.moment`). It never goes back, so ages are computed from it.
  package let at: Timestamp
  /// The civil clock's time, which may step; for people to read.
  package let clock: Timestamp

  package init(at: Timestamp, clock: Timestamp) {
    self.at = at
    self.clock = clock
  }

  package func write(_ zone: ZoneOffset, into json: inout JSONText) {
    json.field("at", zone.rfc3339(at))
    json.field("clock", zone.rfc3339(clock))
  }

  /// The event `time`, without an id, so that no page resumes from it.
  package func frame(_ zone: ZoneOffset) -> [UInt8] {
    EventFrames.frame(nil, "time") { write(zone, into: &$0) }
  }
}
