import Backups
import Groundwork
import Testing

/// Goal: a manifest from anywhere names nothing outside of its archive. Method: texts.
@Suite("manifest")
struct ManifestTests {
  func manifest(_ paths: [String]) -> Manifest {
    Manifest(
      madeAt: 1, machine: "hall", head: "1-20261129-9K2F-ABCD-EFGH-JKMN-PQRS-TVWX", records: 1,
      files: paths.map { .init(path: $0, size: 1, sha256: "00", mode: 0o600) })
  }

  @Test("it is read back")
  func readBack() {
    let whole = manifest(["journal.sqlite", "etc/yichuang.yaml", "etc/目录/a.yaml"])
    #expect(Manifest(parsing: Array(whole.text.utf8)) == whole)
  }

  @Test(
    "paths that leave the archive, doubles and a missing journal are refused",
    arguments: [
      ["journal.sqlite", "../etc/passwd"], ["journal.sqlite", "/etc/passwd"], ["journal.sqlite", "etc//a"],
      ["journal.sqlite", "etc/./a"], ["journal.sqlite", ""], ["journal.sqlite", "manifest.json"],
      ["journal.sqlite", "journal.sqlite"], ["etc/yichuang.yaml"],
    ])
  func refused(paths: [String]) { #expect(Manifest(parsing: Array(manifest(paths).text.utf8)) == nil) }

  @Test("other bytes and other versions are refused")
  func others() {
    #expect(Manifest(parsing: []) == nil)
    #expect(Manifest(parsing: Array("{}".utf8)) == nil)
    let newer = manifest(["journal.sqlite"]).text.replacing("\"manifest\" : 1", with: "\"manifest\" : 2")
    #expect(newer.contains(": 2"))
    #expect(Manifest(parsing: Array(newer.utf8)) == nil)
  }
}

/// Goal: the age of the weakest target is known. Method: times.
@Suite("last backup")
struct LastBackupTests {
  let hour: Int64 = 3_600_000

  @Test("a target that fails grows old while the other is fine; one that leaves backup.yaml is forgotten")
  func ages() {
    let start = LastBackup().after(
      [("folder /a", true, true), ("stick B", false, false)], at: Timestamp(milliseconds: 0))
    #expect(start.weakest?.state.since == 0)
    #expect(!start.isOld(at: Timestamp(milliseconds: 48 * hour)))
    #expect(!start.isOnOneDisk && !LastBackup().isOnOneDisk)
    #expect(start.after([("folder /a", true, true)], at: Timestamp(milliseconds: 0)).isOnOneDisk)
    let later = start.after(
      [("folder /a", true, true), ("stick B", false, false)], at: Timestamp(milliseconds: 49 * hour))
    #expect(later.weakest?.target == "stick B")
    #expect(later.weakest?.state.hasArchive == false)
    #expect(later.isOld(at: Timestamp(milliseconds: 49 * hour)))
    #expect(
      !later.after([("folder /a", true, true)], at: Timestamp(milliseconds: 50 * hour)).isOld(
        at: Timestamp(milliseconds: 50 * hour)))
    #expect(
      !later.after([("stick B", true, false)], at: Timestamp(milliseconds: 50 * hour)).isOld(
        at: Timestamp(milliseconds: 50 * hour)))
  }

  @Test("without a target nothing is old")
  func none() { #expect(!LastBackup().isOld(at: Timestamp(milliseconds: .max))) }
}
