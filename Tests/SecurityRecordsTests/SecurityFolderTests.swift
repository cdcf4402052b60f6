import Foundation
import Groundwork
import Logging
import Testing
import TestKit

@testable import SecurityRecords

/// Goal: half a year stays, bounded, whatever strangers cause and whatever the clock says. Method: real files.
@Suite("Files of the security log")
struct SecurityFolderTests {
  private let state = "/tmp/yichuang-security-\(UInt64.random(in: .min ... .max))"
  private var folder: SecurityFolder { SecurityFolder(stateFolder: state) }

  private func with(_ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: state) }
    try body()
  }

  private func lines(since: CivilDate? = nil) -> [SecurityLine] {
    var lines: [SecurityLine] = []
    folder.read(since: since) { lines.append($0) }
    return lines
  }

  private func log(_ clock: ManualClock) -> SecurityLog {
    SecurityLog(clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, folder: folder)
  }

  @Test("each day has its file, for its owner to write and its group to read")
  func days() throws {
    try with {
      let clock = ManualClock()
      let log = log(clock)
      log.note(.signedIn, [.badge: "AJ001"])
      clock.advance(86_400_000)
      log.note(.sessionEnded, [.badge: "AJ001", .why: "idle"])
      log.flush()
      #expect(folder.files() == ["2026-11-23.log", "2026-11-24.log"])
      let path = state + "/security/2026-11-23.log"
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o640)
      #expect(lines().map(\.event) == ["signed_in", "session_ended"])
      #expect(lines(since: CivilDate("2026-11-24")).map(\.event) == ["session_ended"])
    }
  }

  @Test("186 days stay, also when the clock was once years ahead")
  func kept() throws {
    try with {
      let clock = ManualClock()
      for _ in 0..<190 {
        #expect(folder.isWritten(SecurityRecord(.started, at: clock.now())))
        clock.advance(86_400_000)
      }
      let before = folder.files()
      // A dead battery: ten years ahead, and back.
      let log = log(clock)
      clock.advance(10 * 365 * 86_400_000)
      log.note(.started)
      log.flush()
      #expect(folder.files().count == SecurityFolder.kept)
      #expect(folder.files().dropLast() == before.suffix(SecurityFolder.kept - 1))
    }
  }

  @Test("a flood uses up its share, is said once, and pushes nothing else out")
  func flood() throws {
    try with {
      let clock = ManualClock()
      let log = log(clock)
      for number in 0..<12_000 {
        log.note(.refused, [.code: "too_fast", .source: "10.\(number)", .request: String(repeating: "x", count: 150)])
      }
      log.note(.signedIn, [.badge: "AJ001"])
      log.flush()
      let path = state + "/security/2026-11-23.log"
      let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
      #expect(size > SecurityFolder.largestBulk && size < SecurityFolder.largestBulk + 1_000)
      #expect(lines().suffix(2).map(\.event) == ["share_used_up", "signed_in"])
      #expect(lines().count { $0.event == "share_used_up" } == 1)
    }
  }

  @Test("repetitions are one line a minute with their count, and none is lost at the end")
  func repetitions() throws {
    try with {
      let clock = ManualClock()
      let log = log(clock)
      for _ in 0..<40 { log.note(.signInFailed, [.code: "wrong_badge_or_secret", .source: "10.0.0.9"]) }
      clock.advance(60_000)
      log.note(.signInFailed, [.code: "wrong_badge_or_secret", .source: "10.0.0.9"])
      log.note(.signInFailed, [.code: "wrong_badge_or_secret", .source: "10.0.0.9"])
      log.flush()
      #expect(lines().map { $0.values["count"] } == ["1", "40", "1"])
    }
  }

  @Test("a line that was torn by a power cut is left out, the others are read")
  func torn() throws {
    try with {
      #expect(folder.isWritten(SecurityRecord(.started, at: ManualClock.nine)))
      let path = state + "/security/2026-11-23.log"
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data("{\"at\":\"2026\n".utf8))
      try file.close()
      #expect(folder.isWritten(SecurityRecord(.stopped, at: ManualClock.nine)))
      #expect(lines().map(\.event) == ["started", "stopped"])
    }
  }

  @Test("a link in the place of a day's file is not followed")
  func link() throws {
    try with {
      #expect(folder.isWritten(SecurityRecord(.started, at: ManualClock.nine)))
      let path = state + "/security/2026-11-23.log"
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: state + "/other")
      #expect(!folder.isWritten(SecurityRecord(.stopped, at: ManualClock.nine)))
      #expect(!FileManager.default.fileExists(atPath: state + "/other"))
    }
  }
}

extension SecurityFolder {
  fileprivate func isWritten(_ record: SecurityRecord) -> Bool {
    if case .written = append(record, mayMake: true) { true } else { false }
  }
}
