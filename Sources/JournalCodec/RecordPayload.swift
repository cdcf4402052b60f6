/// An event's payload as the journal keeps it: written and read side by side, so that one look shows whether they agree.
///
/// The shape is spelled out instead of derived, because it must stay when a property is renamed.
protocol RecordPayload: SendableMetatype {
  static var newestVersion: Int { get }
  /// The version of its shape that holds all that it says: the oldest one, so that older programs go on reading what they can.
  var shapeVersion: Int { get }
  func write(to record: inout RecordWriter)
  /// Reads version 1.
  init(from record: inout RecordScanner) throws(RecordCodec.Fault)
  /// - Parameter version: 1 to `newestVersion`.
  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault)
}

/// A shape that has had one version so far.
extension RecordPayload {
  static var newestVersion: Int { 1 }
  var shapeVersion: Int { 1 }
  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) { try self.init(from: &record) }
}
