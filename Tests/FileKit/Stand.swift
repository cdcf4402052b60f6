package import CatalogueFiles
package import Foundation
package import Hall
package import Ports
package import Settings
package import YAMLDocuments

/// A digest that tells texts apart, which is all that reading files asks of one.
package struct TellApart: Sealing {
  package init() {}

  package func digest(_ bytes: [UInt8]) -> [UInt8] {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return (0..<32).map { UInt8(truncatingIfNeeded: state >> (8 * ($0 % 8))) }
  }

  package func keyedDigest(_ bytes: [UInt8]) -> [UInt8] { digest(bytes) }
  package func keyedDigest(_ bytes: [UInt8], for purpose: KeyPurpose) -> [UInt8] {
    digest(Array(purpose.rawValue.utf8) + bytes)
  }
  package func hashSecret(_ secret: String) throws -> String { "scrypt$ln=15,r=8,p=3$c2FsdHNhbHQ=$\(secret.count)" }
  package func verify(secret: String, hash: String) -> Bool { false }
}

/// The files that come with the package.
package enum Reference {
  package static let packaging = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "packaging")
  package static let folder = packaging.appending(path: "reference").path
  package static let models = packaging.deletingLastPathComponent().appending(path: "Devices/models").path

  package static func text(_ name: String) throws -> String {
    try String(contentsOf: packaging.appending(path: name), encoding: .utf8)
  }

  // Read once for all tests; a reading that fails fails each test that asks.
  private static let readPinyin = PinyinTable.load(folder + "/pinyin.tsv")
  private static let readCatalogue = readPinyin.value.map {
    CatalogueFile.load(folder + "/catalogue.yaml", pinyin: $0, sealing: TellApart())
  }

  package static func pinyin() throws -> PinyinTable { try require(readPinyin) }

  package static func catalogue() throws -> Catalogue {
    guard let readCatalogue else { throw Faulty(description: "no pinyin, no catalogue") }
    return try require(readCatalogue)
  }

  package struct Faulty: Error, CustomStringConvertible { package let description: String }

  package static func require<Value>(_ loaded: Loaded<Value>) throws -> Value {
    guard let value = loaded.value else {
      throw Faulty(description: loaded.faults.map(\.description).joined(separator: "\n"))
    }
    return value
  }
}

/// A folder that is gone after the test.
package final class Scratch {
  package let path: String

  package init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "yichuang-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func write(_ text: String, as name: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  /// A configuration beside links to the reference files.
  package func configuration(_ text: String) throws -> Loaded<HallSettings> {
    for name in ["catalogue.yaml", "holidays.yaml", "divisions.csv", "pinyin.tsv"] {
      try? FileManager.default.createSymbolicLink(
        atPath: path + "/" + name, withDestinationPath: Reference.folder + "/" + name)
    }
    return ConfigurationFile.load(
      try write(text, as: "yichuang.yaml"), models: Reference.models, sealing: TellApart()
    )
    .inBothLanguages()
  }
}
