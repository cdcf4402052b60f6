import Foundation
import Hall
import JournalSQLite
import Ports
import Testing

/// Goal: a full disk loses nothing, and the journal resumes by itself.
///
/// Method: the state is on a file system of 3 MiB, which a ballast file fills. Mounting needs root; elsewhere the test
/// is skipped and says so.
@Suite struct FullDiskTests {
  @Test(
    "on a full disk nothing is written and nothing lost, and when there is space again the journal goes on",
    .enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func full() async throws {
    let mount = FileManager.default.temporaryDirectory.appendingPathComponent("yichuang-full-\(UUID())").path
    try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: mount) }
    try #require(try run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount) == 0, "root can mount a tmpfs")
    defer { _ = try? run("umount", "--lazy", mount) }
    let hall = TestHall(at: mount + "/state")
    let last = try await fill(hall) {
      let status = try run("mount", "-o", "remount,size=16m", mount)
      #expect(status == 0)
    }
    try await hall.withJournal { _, opening in
      #expect(opening.condition == .intact)
      #expect(opening.lastSequence == last)
    }
  }

  @Test(
    "a full disk gives up its reserve for what has begun, and makes it again when there is room",
    .enabled(if: geteuid() == 0, "mounting a small file system needs root"))
  func reserve() async throws {
    let mount = FileManager.default.temporaryDirectory.appendingPathComponent("yichuang-full-\(UUID())").path
    try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: mount) }
    try #require(try run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mount) == 0, "root can mount a tmpfs")
    defer { _ = try? run("umount", "--lazy", mount) }
    let hall = TestHall(at: mount + "/state")
    let file = hall.file("reserve")
    try await hall.withJournal { _, _ in }
    var about = stat()
    #expect(stat(file, &about) == 0 && about.st_blocks * 512 >= 4 << 20)
    try #require(try run("sh", "-c", "cat /dev/zero >\(mount)/filler; test -s \(mount)/filler") == 0)
    // Either the start needs the reserve or an append does.
    let (journal, opening) = try hall.open()
    #expect(opening.condition == .intact)
    var last: Int64 = 0
    var room = JournalRoom.ample
    while room == .ample, last < 20_000 {
      let batch = (1...20).map {
        Sample.record(last + $0, .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other, "午休")))))
      }
      do throws(JournalFault) {
        try await journal.append(batch, after: last)
        last += 20
      } catch {
        #expect(error == .full)
        room = try await journal.probe()
      }
      if !FileManager.default.fileExists(atPath: file) { room = try await journal.probe() }
    }
    #expect(room == .reserve)
    #expect(!FileManager.default.fileExists(atPath: file))
    try await journal.append([Sample.record(last + 1, Sample.issued(1))], after: last)
    try FileManager.default.removeItem(atPath: mount + "/filler")
    room = try await journal.probe()
    #expect(room == .ample)
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(try await journal.verify().records == last + 1)
    await journal.close()
  }

  /// Appends until the disk is full, then makes room and goes on; returns the last appended sequence.
  private func fill(_ hall: TestHall, makeRoom: () throws -> Void) async throws -> Int64 {
    let (journal, _) = try hall.open()
    try await journal.append([Sample.record(1, Sample.opened())], after: 0)
    var last: Int64 = 1
    var wasFull = false
    // 3 MiB cannot hold this many records, so the disk always becomes full.
    while !wasFull, last < 20_000 {
      let batch = (1...20).map {
        Sample.record(last + $0, .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other, "午休")))))
      }
      do throws(JournalFault) {
        try await journal.append(batch, after: last)
        last += 20
      } catch {
        #expect(error == .full)
        wasFull = true
      }
    }
    #expect(wasFull)
    #expect(await journal.lastSequence == last)
    // It stays full at every retry, with the same fault.
    await #expect(throws: JournalFault.full) {
      try await journal.append(
        (1...200).map {
          Sample.record(last + $0, .window(.windowPaused(WindowPaused(window: 1, reason: PauseReason(.other, "午休")))))
        },
        after: last)
    }
    try makeRoom()
    let room = try await journal.probe()
    #expect(room == .ample)
    try await journal.append([Sample.record(last + 1, Sample.issued(1))], after: last)
    #expect(try await journal.verify().records == last + 1)
    await journal.close()
    return last + 1
  }

  private func run(_ words: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
