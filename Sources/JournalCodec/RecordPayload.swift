/// The encoding of an event's payload in the journal; writer and parser side by side, so that they can be compared.
///
/// The shape is spelled out instead of derived, because it must stay when a property is renamed.
protocol RecordPayload: SendableMetatype {
  static var newestVersion: Int { get }
  /// The oldest version of its shape that can express it, so that older programs can decode as much as possible.
  var shapeVersion: Int { get }
  func write(to record: inout RecordWriter)
  /// Parses version 1.
  init(from record: inout RecordScanner) throws(RecordCodec.Fault)
  /// - Parameter version: 1 to `newestVersion`.
  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault)
}

/// A shape with one version.
extension RecordPayload {
  static var newestVersion: Int { 1 }
  var shapeVersion: Int { 1 }
  init(from record: inout RecordScanner, version: Int) throws(RecordCodec.Fault) { try self.init(from: &record) }
}
