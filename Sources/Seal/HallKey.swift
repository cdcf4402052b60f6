import Groundwork

/// The hall's own key: 32 random bytes in a file of mode 0600, created once.
///
/// It lies outside the journal and every backup. Somebody with a copy of the journal therefore cannot test guesses of
/// request bodies against the keyed digests in it.
package struct HallKey: Sendable {
  package static let length = KeyFile.length
  /// The file's name in the state folder.
  package static let fileName = "hall.key"

  let bytes: [UInt8]
  /// True when this run made it.
  package let isNew: Bool

  /// A key from given bytes, for tests.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == Self.length, "a hall's key has 32 bytes")
    self.bytes = bytes
    isNew = false
  }

  private init(bytes: [UInt8], isNew: Bool) {
    self.bytes = bytes
    self.isNew = isNew
  }

  /// Reads the key; nil when there is no file.
  package static func load(at path: String) throws(KeyFault) -> HallKey? {
    try KeyFile.read(path).map { HallKey(bytes: $0, isNew: false) }
  }

  /// Reads the key, or creates it when there is no file.
  ///
  /// The caller holds the state folder's lock, so that two daemons never create two keys.
  package static func load(orCreateAt path: String) throws(KeyFault) -> HallKey {
    if let bytes = try KeyFile.read(path) { return HallKey(bytes: bytes, isNew: false) }
    return HallKey(bytes: try KeyFile.make(path), isNew: true)
  }

  /// The key in hexadecimal digits, for the file with which another machine of the hall joins. It is a secret.
  package var hexadecimal: String { bytes.hexadecimal }

  /// Stores a key that came from another machine of the hall; there must be no file.
  package static func keep(_ bytes: [UInt8], at path: String) throws(KeyFault) { try KeyFile.put(bytes, path) }
}

/// Whoever prints a value that has the key, a log above all, does not print the key.
extension HallKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "HallKey" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
