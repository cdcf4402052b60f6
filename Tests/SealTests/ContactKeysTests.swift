import Foundation
import Groundwork
import Hall
import Ports
import Testing

@testable import Seal

/// Goal: a name and a phone can be read while their date's key is there, and never afterwards.
struct ContactKeysTests {
  let folder = FileManager.default.temporaryDirectory.path + "/yichuang-contact-keys-\(UUID().uuidString)"
  let date = CivilDate(daysSinceEpoch: 20_780)
  let contact = Contact(name: "演示员甲", phone: "023-45800001")

  @Test("what was sealed is read again, also by another run, and each sealing differs")
  func sealed() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try ContactKeys(folder: folder)
    let sealed = try keys.seal(contact, for: date)
    #expect(keys.open(sealed, of: date) == contact)
    #expect(try ContactKeys(folder: folder).open(sealed, of: date) == contact)
    #expect(try keys.seal(contact, for: date) != sealed)
    let short = try keys.seal(Contact(name: nil, phone: "12345"), for: date)
    #expect(short.description.count == sealed.description.count)
    #expect(keys.open(short, of: date) == Contact(name: nil, phone: "12345"))
  }

  @Test("of another date, or changed, it is not read")
  func foreign() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try ContactKeys(folder: folder)
    let sealed = try keys.seal(contact, for: date)
    _ = try keys.seal(contact, for: date.adding(days: 1))
    #expect(keys.open(sealed, of: date.adding(days: 1)) == nil)
    let end = sealed.description.suffix(1) == "0" ? "1" : "0"
    let changed = try #require(SealedContact(sealed.description.dropLast() + end))
    #expect(keys.open(changed, of: date) == nil)
  }

  @Test("keys of dates that are over are destroyed with their bytes, others stay")
  func destroyed() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try ContactKeys(folder: folder)
    let sealed = try keys.seal(contact, for: date)
    let later = try keys.seal(contact, for: date.adding(days: 1))
    let path = folder + "/slot-\(date).key"
    #expect(link(path, folder + "/kept") == 0)
    #expect(try keys.destroyKeys(before: date) == 0)
    #expect(try keys.destroyKeys(before: date.adding(days: 1)) == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/kept")) == Data(count: 32))
    #expect(keys.open(sealed, of: date) == nil)
    #expect(keys.open(later, of: date.adding(days: 1)) == contact)
  }

  @Test("somebody who reserves with a card has one pseudonym a date, until its key is gone")
  func holders() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let keys = try ContactKeys(folder: folder)
    let person = [UInt8](repeating: 7, count: 32)
    #expect(keys.holder(person, on: date, isMaking: false) == nil)
    let holder = try #require(keys.holder(person, on: date, isMaking: true))
    #expect(try ContactKeys(folder: folder).holder(person, on: date, isMaking: false) == holder)
    #expect(keys.holder([UInt8](repeating: 8, count: 32), on: date, isMaking: false) != holder)
    #expect(keys.holder(person, on: date.adding(days: 1), isMaking: true) != holder)
    #expect(try keys.destroyKeys(before: date.adding(days: 1)) == 1)
    #expect(keys.holder(person, on: date, isMaking: true) != holder)
  }

  @Test("a day's keys and those of contacts do not touch each other")
  func beside() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (days, keys) = (try DayKeys(folder: folder), try ContactKeys(folder: folder))
    let pseudonym = try days.pseudonym(of: [1], on: date)
    let sealed = try keys.seal(contact, for: date)
    #expect(try days.destroyKeys(but: date) == 0)
    #expect(try keys.destroyKeys(before: date) == 0)
    #expect(try days.pseudonym(of: [1], on: date) == pseudonym)
    #expect(keys.open(sealed, of: date) == contact)
  }

  @Test("texts that are no name or no phone are refused, and blanks count as nothing")
  func texts() throws {
    #expect(try ContactText.contact(" ", "") == nil)
    #expect(try ContactText.contact(" 演示员甲 ", nil) == Contact(name: "演示员甲", phone: nil))
    #expect(throws: ContactText.Fault.phone) { try ContactText.contact(nil, "电话") }
    #expect(throws: ContactText.Fault.phone) { try ContactText.contact(nil, "123") }
    #expect(throws: ContactText.Fault.name) { try ContactText.contact(String(repeating: "长", count: 21), nil) }
    #expect(throws: ContactText.Fault.name) { try ContactText.contact("a\u{7}", nil) }
  }
}
