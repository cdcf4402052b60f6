import Foundation
import Groundwork
import Hall
import Testing

@testable import Seal

/// Pseudonyms: per person and day, and unlinkable once the key is gone.
struct DayKeysTests {
  let folder = FileManager.default.temporaryDirectory.path + "/yichuang-day-keys-\(UUID().uuidString)"
  let today = CivilDate(daysSinceEpoch: 20_780)
  let tomorrow = CivilDate(daysSinceEpoch: 20_781)
  // Synthetic (region 000000).
  let person = Array("000000190001010017".utf8)
  let other = Array("000000190001010025".utf8)

  private func files() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

  @Test func onePersonHasOneMarkADay() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try DayKeys(folder: folder)
    let pseudonym = try keys.pseudonym(of: person, on: today)
    #expect(try keys.pseudonym(of: person, on: today) == pseudonym)
    #expect(try keys.pseudonym(of: other, on: today) != pseudonym)
    #expect(try keys.pseudonym(of: person, on: tomorrow) != pseudonym)
    // After a restart as well.
    #expect(try DayKeys(folder: folder).pseudonym(of: person, on: today) == pseudonym)
  }

  @Test func aDestroyedKeyIsGoneWithItsBytes() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try DayKeys(folder: folder)
    let pseudonym = try keys.pseudonym(of: person, on: today)
    let path = folder + "/day-\(today).key"
    // A second hard link to the file shows what became of its bytes.
    #expect(link(path, folder + "/kept") == 0)
    let secret = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(secret.count == 32 && secret != Data(count: 32))
    #expect(try keys.destroyKeys(but: nil) == 1)
    #expect(files() == ["kept"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/kept")) == Data(count: 32))
    #expect(try keys.pseudonym(of: person, on: today) != pseudonym)
  }

  @Test func overdueKeysGoAndTheOpenDaysStays() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try DayKeys(folder: folder)
    _ = try keys.pseudonym(of: person, on: today)
    let pseudonym = try keys.pseudonym(of: person, on: tomorrow)
    // An unfinished key that a crash left.
    #expect(FileManager.default.createFile(atPath: folder + "/day-\(today).key.new", contents: Data([1])))
    let again = try DayKeys(folder: folder)
    #expect(try again.destroyKeys(but: tomorrow) == 2)
    #expect(files() == ["day-\(tomorrow).key"])
    #expect(try again.pseudonym(of: person, on: tomorrow) == pseudonym)
    #expect(try again.destroyKeys(but: tomorrow) == 0)
  }

  @Test func aKeyThatOthersCanReadMarksNobody() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try DayKeys(folder: folder).pseudonym(of: person, on: today)
    let path = folder + "/day-\(today).key"
    #expect(chmod(path, 0o644) == 0)
    #expect(throws: KeyFault(path: path, problem: .openToOthers)) {
      try DayKeys(folder: folder).pseudonym(of: person, on: today)
    }
    #expect(throws: KeyFault.self) { try DayKeys(folder: "/nonexistent/keys") }
  }
}
