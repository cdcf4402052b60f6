/// An event's payload as the journal keeps it: written and read side by side, so that one look shows whether they agree.
///
/// The shape is spelled out instead of derived, because it must stay when a property is renamed. A shape that was released
/// never changes; a new one gets a new version beside the old reader.
protocol RecordPayload {
  /// The version of its shape that holds all that it says: the oldest one, so that older programs go on reading what they can.
  var shapeVersion: Int { get }
  func write(to record: inout RecordWriter)
  init(from record: inout RecordScanner) throws(RecordCodec.Fault)
}

extension RecordPayload {
  var shapeVersion: Int { 1 }
}
