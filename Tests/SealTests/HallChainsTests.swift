import Foundation
import Groundwork
import Hall
import Ports
import Testing

@testable import Seal

/// Goal: the machines of a hall have the same keys without telling each other anything, and a key whose time has ended is
/// nowhere.
///
/// Method: folders of two machines, one made from the other as joining does; days closed, opened again on one date and
/// missed; half-years and dates. The control is a key by the calendar's date.
struct HallChainsTests {
  let top = FileManager.default.temporaryDirectory.path + "/yichuang-chains-\(UUID().uuidString)"
  let today = CivilDate(daysSinceEpoch: 20_780)
  // Synthetic (region 000000).
  let person = Array("000000190001010017".utf8)

  init() throws { try FileManager.default.createDirectory(atPath: top, withIntermediateDirectories: true) }

  private var office: String { top + "/office" }
  private var door: String { top + "/door" }
  private func files(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
  private func bytes(_ folder: String) -> [Data] {
    files(folder).compactMap { FileManager.default.contents(atPath: folder + "/" + $0) }
  }
  private func event(_ event: DayEvent) -> RecordedEvent {
    RecordedEvent(sequence: 1, at: Timestamp(milliseconds: 0), actor: .system, event: .day(event), answer: nil)
  }
  private var opened: RecordedEvent {
    event(
      .dayOpened(
        DayOpened(day: today, mode: .undifferentiated, catalogueVersion: "v", starts: [], confirmed: false)))
  }
  private var closed: RecordedEvent {
    event(.dayClosed(DayClosed(day: today, closed: [], totals: DayTotals())))
  }
  private func join() throws { try HallChains.bring(HallChains.export(from: office), into: door) }

  @Test("one person has one mark at every machine, another one after the day, and a closed day's key is nowhere")
  func days() throws {
    defer { try? FileManager.default.removeItem(atPath: top) }
    try HallChains.found(in: office, daysOpened: 3, date: today)
    try join()
    #expect(try HallChains.areThere(in: door))
    let machines = try [office, door].map { try DayChain(folder: $0, opened: 3, isOpen: false) }
    #expect(throws: KeyFault.self, "no day is open") { try machines[0].pseudonym(of: person, on: today) }
    for machine in machines { machine.note(opened) }
    let mark = try machines[0].pseudonym(of: person, on: today)
    #expect(try machines[1].pseudonym(of: person, on: today) == mark)
    let secrets = bytes(office)
    for machine in machines {
      machine.note(closed)
      #expect(try machine.destroyKeys(but: nil) == 1)
      #expect(throws: KeyFault.self) { try machine.pseudonym(of: person, on: today) }
    }
    let before = try #require(secrets.first { $0.count == 32 && !bytes(office).contains($0) })
    #expect(!bytes(office).contains(before) && !bytes(door).contains(before))
    // The same date again: another key, where the calendar's date would give the same one.
    for machine in machines { machine.note(opened) }
    let second = try machines[0].pseudonym(of: person, on: today)
    #expect(second != mark)
    #expect(try machines[1].pseudonym(of: person, on: today) == second)
    // A key whose turn comes late does not go with the day before it.
    #expect(try machines[0].destroyKeys(but: nil) == 0)
    #expect(try machines[0].pseudonym(of: person, on: today) == second)
  }

  @Test("a machine that was off for days winds forward, and one that joined has no earlier key")
  func off() throws {
    defer { try? FileManager.default.removeItem(atPath: top) }
    try HallChains.found(in: office, daysOpened: 0, date: today)
    try join()
    let there = try DayChain(folder: office, opened: 0, isOpen: false)
    for _ in 0..<40 {
      there.note(opened)
      _ = try there.pseudonym(of: person, on: today)
      there.note(closed)
      _ = try there.destroyKeys(but: nil)
    }
    there.note(opened)
    let back = try DayChain(folder: door, opened: 41, isOpen: true)
    #expect(try back.pseudonym(of: person, on: today) == there.pseudonym(of: person, on: today))
    #expect(files(door).contains("chain-day-1.key"))
    #expect(try back.destroyKeys(but: today) == 1)
    #expect(files(door).contains("chain-day-41.key") && !files(door).contains("chain-day-1.key"))
    // A journal that lost days is behind its keys: nobody is marked with a wrong one.
    let behind = try DayChain(folder: door, opened: 39, isOpen: true)
    #expect(throws: KeyFault.self) { try behind.pseudonym(of: person, on: today) }
  }

  @Test("a value that a crash left behind goes")
  func crash() throws {
    defer { try? FileManager.default.removeItem(atPath: top) }
    try HallChains.found(in: office, daysOpened: 0, date: today)
    let kept = try #require(FileManager.default.contents(atPath: office + "/chain-day-1.key"))
    let keys = try DayChain(folder: office, opened: 2, isOpen: true)
    _ = try keys.destroyKeys(but: today)
    #expect(FileManager.default.createFile(atPath: office + "/chain-day-1.key", contents: kept))
    chmod(office + "/chain-day-1.key", 0o600)
    let again = try DayChain(folder: office, opened: 2, isOpen: true)
    #expect(try again.pseudonym(of: person, on: today) == keys.pseudonym(of: person, on: today))
    #expect(files(office).filter { $0.hasPrefix("chain-day") } == ["chain-day-2.key"])
  }

  @Test("what one machine sealed of a case another one reads, also what is older than the chain, until its time ends")
  func cases() throws {
    defer { try? FileManager.default.removeItem(atPath: top) }
    let half = HalfYear(today)
    let early = try CaseKeys(folder: office).seal("甲", in: half)
    try HallChains.found(in: office, daysOpened: 0, date: today)
    try join()
    let later = HalfYear(today.adding(days: 184))
    for (writes, reads) in [(office, door), (door, office)] {
      let sealed = try CaseKeys(folder: writes).seal("乙", in: half)
      #expect(try CaseKeys(folder: reads).open(sealed) == "乙")
      let next = try CaseKeys(folder: writes).seal("丙", in: later)
      #expect(try CaseKeys(folder: reads).open(next) == "丙")
      #expect(try CaseKeys(folder: reads, for: .agency).open(next) == nil)
      #expect(try CaseKeys(folder: reads).open(early) == "甲")
    }
    let sealed = try CaseKeys(folder: office).seal("丁", in: later)
    #expect(files(office).contains("case-\(later).key"), "backups have the keys of what is sealed")
    for folder in [office, door] {
      #expect(try CaseKeys(folder: folder).destroyKeys(endedBefore: later.end, keeping: []) > 0)
      #expect(try CaseKeys(folder: folder).open(early) == nil)
      #expect(try CaseKeys(folder: folder).open(sealed) == "丁")
      #expect(throws: KeyFault.self) { try CaseKeys(folder: folder).seal("戊", in: half) }
    }
    // A date a century away makes no key.
    #expect(throws: KeyFault.self) {
      try CaseKeys(folder: office).seal("己", in: HalfYear(CivilDate(daysSinceEpoch: 60_000)))
    }
  }

  @Test("contacts of a reservation are read at every machine until the date is over, and no key is stored for later")
  func contacts() throws {
    defer { try? FileManager.default.removeItem(atPath: top) }
    let contact = Contact(name: "测试", phone: "000-5550-0199")
    let date = today.adding(days: 5)
    let early = try ContactKeys(folder: office).seal(contact, for: date)
    try HallChains.found(in: office, daysOpened: 0, date: today)
    try join()
    let next = today.adding(days: 6)
    let sealed = try ContactKeys(folder: door).seal(contact, for: next)
    let mark = try ContactKeys(folder: door).holder(person, on: next, isMaking: true)
    #expect(mark != nil)
    for folder in [office, door] {
      let keys = try ContactKeys(folder: folder)
      #expect(keys.open(sealed, of: next) == contact && keys.open(early, of: date) == contact)
      #expect(keys.holder(person, on: next, isMaking: false) == mark)
      _ = try keys.destroyKeys(before: date.adding(days: 1))
      #expect(keys.open(early, of: date) == nil && keys.open(sealed, of: next) == contact)
      _ = try keys.destroyKeys(before: next.adding(days: 1))
      #expect(keys.open(sealed, of: next) == nil)
      #expect(files(folder).filter { $0.hasPrefix("slot-") } == [])
    }
  }

  @Test("what is no key of a hall is not taken, and what a machine had before goes")
  func bring() throws {
    defer { try? FileManager.default.removeItem(atPath: top) }
    try HallChains.found(in: office, daysOpened: 0, date: today)
    try HallChains.found(in: door, daysOpened: 7, date: today)
    for name in ["../hall", "hall", "day-2026-01-01", "case-2026H2/x"] {
      #expect(throws: KeyFault.self) { try HallChains.bring([name: String(repeating: "0", count: 64)], into: door) }
    }
    #expect(throws: KeyFault.self) { try HallChains.bring(["case-2026H2": "00"], into: door) }
    try join()
    #expect(files(door) == files(office) && bytes(door) == bytes(office))
    try HallChains.endDays(in: office)
    #expect(try !HallChains.areThere(in: office))
    #expect(files(office).filter { $0.hasPrefix("chain-day") } == [])
  }
}
