/// An event's payload as the journal keeps it: written and read side by side, so that one look shows whether they agree.
///
/// The shape is spelled out instead of derived, because it must stay when a property is renamed. A shape that was released
/// never changes; a new one gets a new version beside the old reader.
protocol RecordPayload {
  func write(to record: inout RecordWriter)
  init(from record: inout RecordScanner) throws(RecordCodec.Fault)
}
