import Foundation
import Glibc
import Groundwork
package import Hall
package import Ports

/// Every published version of the catalogue, so that an old slip keeps its meaning.
///
/// One file each in the state folder's `catalogues`, named by its version. The event that publishes a version carries
/// the file's digest. The file is written and synced before that event, and it is used only while its bytes have that
/// digest.
package struct CatalogueArchive: CatalogueKeeping {
  /// Largest file that is read, in bytes; a catalogue's source is bounded likewise.
  static let largestFile = 16 << 20

  let folder: String
  let sealing: any Sealing

  package init(stateFolder: String, sealing: any Sealing) {
    folder = stateFolder + "/catalogues"
    self.sealing = sealing
  }

  /// Stores a version durably.
  ///
  /// - Parameter sealed: the digest under which the version was published before. A file that still has it is left as
  ///   it is, even if a newer release would encode the same catalogue differently.
  /// - Returns: SHA-256 of the file's bytes, 64 hexadecimal digits.
  package func keep(_ catalogue: Catalogue, sealed: String? = nil) throws(StateFault) -> String {
    if let sealed, bytes(catalogue.version, sealed: sealed) != nil { return sealed }
    let bytes = try Self.encode(catalogue)
    let digest = sealing.digest(bytes).hexadecimal
    if self.bytes(catalogue.version, sealed: digest) == nil { try put(bytes, as: catalogue.version) }
    return digest
  }

  /// A version's catalogue; nil when its file is missing or has another digest than the published one.
  package func catalogue(_ version: String, sealed: String) -> Catalogue? {
    bytes(version, sealed: sealed).flatMap { try? JSONDecoder().decode(Catalogue.self, from: Data($0)) }
  }

  /// The bytes of a version's file if they have the digest.
  func bytes(_ version: String, sealed: String) -> [UInt8]? {
    guard let path = path(version), let size = Files.size(path), size <= Self.largestFile,
      let data = FileManager.default.contents(atPath: path)
    else { return nil }
    let bytes = [UInt8](data)
    return sealing.digest(bytes).hexadecimal == sealed ? bytes : nil
  }

  /// Writes a version's file: written and synced under a temporary name, then renamed.
  func put(_ bytes: [UInt8], as version: String) throws(StateFault) {
    guard let path = path(version) else {
      throw .failed(folder, during: "keeping a catalogue in", detail: "“\(version)” is no version")
    }
    if !Files.exists(folder) {
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw .notWritable(folder, errno) }
      try Files.syncFolder(Files.parent(of: folder))
    }
    let fresh = path + ".new"
    unlink(fresh)
    try Files.createPrivate(fresh)
    do {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: fresh))
      defer { try? file.close() }
      try file.write(contentsOf: bytes)
    } catch {
      unlink(fresh)
      throw .failed(fresh, during: "writing", detail: error.localizedDescription)
    }
    try Files.syncFile(fresh)
    try Files.move(fresh, to: path)
    try Files.syncFolder(folder)
  }

  /// Nil for anything but hexadecimal digits, so that no version escapes the folder.
  private func path(_ version: String) -> String? {
    guard (1...64).contains(version.utf8.count), version.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
    else { return nil }
    return "\(folder)/\(version).json"
  }

  private static func encode(_ catalogue: Catalogue) throws(StateFault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(catalogue))
    } catch {
      throw .failed(catalogue.version, during: "writing the catalogue", detail: "\(error)")
    }
  }
}
