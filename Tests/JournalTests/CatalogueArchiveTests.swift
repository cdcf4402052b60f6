import Foundation
import Groundwork
import Hall
import Seal
import Ports
import Testing

@testable import JournalSQLite

/// Goal: an old slip's content can be read as long as the state folder or a backup exists, and is never wrong.
@Suite("published catalogues on disk")
struct CatalogueArchiveTests {
  private static func catalogue(_ version: String, name: String = "社会保障卡申领") -> Catalogue {
    Catalogue(
      version: version, asOf: "2026-11-22",
      items: [
        Item(
          code: "RS-004", name: name, initials: "SHBZKSL", category: "社会保险", queueGroup: "社保", handledBy: .window,
          materials: [Material(name: "身份证", kind: .original, originals: 1, copies: 0, required: true)])
      ], bundles: [ItemBundle(code: "B", name: "一件事", items: ["RS-004", "RS-004"])])
  }

  private static func published(_ sequence: Int64, _ version: String, _ content: String) -> [RecordedEvent] {
    [
      Sample.record(
        sequence,
        .catalogue(.cataloguePublished(CataloguePublished(version: version, content: content, items: 1, cause: .start)))
      )
    ]
  }

  @Test("a version is kept whole and private, and comes back only as it was published")
  func keeps() async throws {
    let hall = TestHall()
    try await hall.withJournal { _, _ in }
    let archive = CatalogueArchive(stateFolder: hall.path, sealing: hall.seal)
    let catalogue = Self.catalogue("aa11")
    let sealed = try archive.keep(catalogue)
    #expect(sealed.utf8.count == 64)
    #expect(archive.catalogue("aa11", sealed: sealed) == catalogue)
    let file = hall.file("catalogues/aa11.json")
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: hall.file("catalogues")) == ["aa11.json"])
    #expect(archive.catalogue("aa11", sealed: String(sealed.reversed())) == nil)
    #expect(archive.catalogue("bb22", sealed: sealed) == nil)
    #expect(archive.catalogue("../hall", sealed: sealed) == nil)
    // One character of the list changed by hand.
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("身份证", with: "身份正").write(toFile: file, atomically: true, encoding: .utf8)
    #expect(archive.catalogue("aa11", sealed: sealed) == nil)
    #expect(try archive.keep(catalogue, sealed: sealed) == sealed, "put right again by the hall that has it in force")
    #expect(archive.catalogue("aa11", sealed: sealed) == catalogue)
  }

  @Test("what an earlier release wrote stays as it was sealed, whatever this one would write")
  func earlierRelease() throws {
    let hall = TestHall()
    try FileManager.default.createDirectory(atPath: hall.path, withIntermediateDirectories: true)
    let archive = CatalogueArchive(stateFolder: hall.path, sealing: hall.seal)
    let catalogue = Self.catalogue("aa11")
    let sealed = try archive.keep(catalogue)
    let older = [UInt8](try Data(contentsOf: URL(filePath: hall.file("catalogues/aa11.json")))) + [0x0A]
    try archive.put(older, as: "aa11")
    let olderSeal = hall.seal.digest(older).hexadecimal
    #expect(try archive.keep(catalogue, sealed: olderSeal) == olderSeal)
    #expect(archive.bytes("aa11", sealed: olderSeal) == older && olderSeal != sealed)
  }

  @Test("a place that cannot be written is said, and leaves no half file")
  func noPlace() throws {
    let hall = TestHall()
    let archive = CatalogueArchive(stateFolder: hall.path + "/nowhere", sealing: hall.seal)
    #expect(throws: StateFault.self) { try archive.keep(Self.catalogue("aa11")) }
    #expect(throws: StateFault.self) { try archive.put([1], as: "../aa") }
  }

  @Test("verifying names the version whose file is gone or changed; the records are sound all the same")
  func verified() async throws {
    let hall = TestHall()
    let archive = CatalogueArchive(stateFolder: hall.path, sealing: hall.seal)
    try await hall.withJournal { journal, _ in
      let (one, two) = (try archive.keep(Self.catalogue("aa11")), try archive.keep(Self.catalogue("bb22")))
      try await journal.append(Self.published(1, "aa11", one) + Self.published(2, "bb22", two), after: 0)
      #expect(try await journal.verify().isSound)
      try FileManager.default.removeItem(atPath: hall.file("catalogues/aa11.json"))
      let verification = try await journal.verify()
      #expect(verification.problem == nil && verification.lostCatalogues == ["aa11"] && !verification.isSound)
    }
    let closed = try JournalVerifier.verify(try StateFolder.claim(hall.path), sealing: hall.seal)
    #expect(closed.lostCatalogues == ["aa11"])
  }

  @Test("a backup carries every version within, and a restore on an empty machine brings them back")
  func backup() async throws {
    let (hall, other) = (TestHall(), TestHall())
    let copy = hall.file("backup.sqlite")
    let archive = CatalogueArchive(stateFolder: hall.path, sealing: hall.seal)
    var seals: [String: String] = [:]
    try await hall.withJournal { journal, _ in
      for (sequence, version) in zip(Int64(1)..., ["aa11", "bb22"]) {
        let sealed = try archive.keep(Self.catalogue(version, name: "事项\(version)"))
        seals[version] = sealed
        try await journal.append(Self.published(sequence, version, sealed), after: sequence - 1)
      }
      #expect(try await journal.backup(to: copy).isSound)
    }
    #expect(try JournalVerifier.verify(backup: copy, sealing: hall.seal).lostCatalogues.isEmpty)
    let report = try JournalRestore.restore(copy, into: try StateFolder.claim(other.path), sealing: hall.seal)
    #expect(report.verification.isSound && report.verification.records == 2)
    let restored = CatalogueArchive(stateFolder: other.path, sealing: hall.seal)
    for (version, sealed) in seals {
      #expect(restored.catalogue(version, sealed: sealed) == Self.catalogue(version, name: "事项\(version)"))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: other.path).sorted()
    #expect(names == ["catalogues", "journal.sqlite", "lock"], "\(names)")
    try await other.withJournal { journal, opening in
      #expect(opening.lastSequence == 2)
      let verification = try await journal.verify()
      #expect(verification.problem == nil && verification.lostCatalogues.isEmpty)
      // A backup of the restored hall is complete again: the first one's table was dropped.
      #expect(try await journal.backup(to: other.file("again.sqlite")).isSound)
    }
  }
}
