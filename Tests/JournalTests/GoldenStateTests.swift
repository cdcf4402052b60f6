import Foundation
import Testing
import JournalCodec

@testable import Hall

/// Goal: what events do to the state does not change without a new layout of snapshots.
///
/// Method: the state that the golden records give is compared with one in the tree. Whoever changes `evolve` raises
/// `StateCodec.layout` and writes the golden anew (YICHUANG_GOLDEN=rewrite), because a snapshot of the old layout holds another
/// state than its records now give.
@Suite struct GoldenStateTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  @Test("a state of every layout is read, because a journal may begin with one", arguments: 1...StateCodec.layout)
  func everyLayout(_ layout: Int) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent("state-\(layout).json"), encoding: .utf8)
    let state = try StateCodec.decode(Array(text.utf8).dropLast(), layout: layout)
    #expect(state.sequence > 0)
  }

  @Test("the golden records give the golden state")
  func stable() throws {
    let lines = try String(contentsOf: Self.folder.appendingPathComponent("records-v1.jsonl"), encoding: .utf8)
      .split(separator: "\n")
    var state = HallState()
    for (number, line) in zip(1..., lines) {
      state.evolve(try RecordCodec.decode(Array(line.utf8), sequence: Int64(number)))
    }
    let file = Self.folder.appendingPathComponent("state-\(StateCodec.layout).json")
    let written = String(decoding: StateCodec.encode(state), as: UTF8.self)
    if ProcessInfo.processInfo.environment["YICHUANG_GOLDEN"] == "rewrite" {
      try (written + "\n").write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == written + "\n")
    #expect(try StateCodec.decode(Array(written.utf8)[...]) == state)
  }
}
