import Foundation
import JournalSQLite
import Ports
import Testing

@Suite struct StateFolderTests {
  @Test("a second claim on a held folder is refused with the holder's process id")
  func secondLock() throws {
    let hall = TestHall()
    let first = try StateFolder.claim(hall.path)
    #expect(throws: StateFault.held(folder: hall.path, by: getpid())) { try StateFolder.claim(hall.path) }
    withExtendedLifetime(first) {}
  }

  @Test("a folder is free again when its holder lets go")
  func released() throws {
    let hall = TestHall()
    _ = try StateFolder.claim(hall.path)
    _ = try StateFolder.claim(hall.path)
  }

  @Test("a missing folder is made for its owner alone, a missing parent is not")
  func made() throws {
    let hall = TestHall()
    _ = try StateFolder.claim(hall.path)
    let attributes = try FileManager.default.attributesOfItem(atPath: hall.path)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    let deep = hall.path + "/a/b"
    #expect(throws: StateFault.missing(deep)) { try StateFolder.claim(deep) }
  }

  @Test("a file in the place of the folder is named")
  func notAFolder() throws {
    let hall = TestHall()
    try Data("x".utf8).write(to: URL(fileURLWithPath: hall.path))
    #expect(throws: StateFault.notAFolder(hall.path)) { try StateFolder.claim(hall.path) }
  }

  @Test("a folder that others may look into is warned of")
  func loose() throws {
    let hall = TestHall()
    try FileManager.default.createDirectory(
      atPath: hall.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    #expect(try StateFolder.claim(hall.path).warning?.contains("chmod 700") == true)
  }

  @Test("something that is no database is not opened as a journal")
  func notADatabase() throws {
    let hall = TestHall()
    _ = try StateFolder.claim(hall.path)
    try Data("this is a text that somebody put here by mistake, long enough to be read as a header of a file".utf8)
      .write(to: URL(fileURLWithPath: hall.file("journal.sqlite")))
    #expect(throws: StateFault.notAJournal(hall.file("journal.sqlite"))) { try hall.open() }
  }
}
