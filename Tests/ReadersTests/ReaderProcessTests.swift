import Foundation
import Logging
import Ports
import ReaderLink
import ReaderProtocols
import ReadersProcess
import Testing
import TestKit

// Goal: whatever the reader process does, the hall gets valid events or none, and the process is restarted. Method:
// small programs that stand in for it and send prepared bytes; Tests/readers uses the real one.
@Suite("The daemon's side of the reader process")
struct ReaderProcessTests {
  private static let portPath = ReaderID("1-2")

  private static func arrival(_ portPath: String) -> LinkReport {
    .arrived(portPath: portPath, kind: .cardReader, name: "reader", serial: nil)
  }

  @Test("what it says is heard, by the kiosk that the device belongs to")
  func heard() async throws {
    let fake = try FakeReaderd(
      says: [.hello, Self.arrival("1-2"), Self.arrival("1-3"), .condition(portPath: "1-2", .ready)]
        + ["1-3", "1-2"].map { .code(portPath: $0, text: "at \($0)", isWhole: true, symbol: nil) }, then: .listen)
    let process = fake.process()
    let one = process.port(portPaths: ["1-2"])
    let other = process.port(portPaths: ["1-3"])
    let all = process.port()
    let streams = [await one.events(), await other.events(), await all.events()]
    process.start()
    var heard: [[ReaderEvent]] = []
    for (stream, codes) in zip(streams, [1, 1, 2]) { heard.append(await Self.told(stream, codes: codes)) }
    process.stop()
    #expect(heard[0].first == .service(isRunning: false) && heard[0].contains(.service(isRunning: true)))
    #expect(heard[0].contains(.condition(Self.portPath, .ready)))
    #expect(heard[0].last == .code(Self.portPath, ScannedCode(text: "at 1-2", isWhole: true)))
    #expect(heard[1].last == .code(ReaderID("1-3"), ScannedCode(text: "at 1-3", isWhole: true)))
    #expect(!heard[1].contains { if case .arrived(let device) = $0 { device.id == Self.portPath } else { false } })
    #expect(heard[2].count { if case .arrived = $0 { true } else { false } } == 2)
    #expect(process.starts == 1)
  }

  @Test(
    "one that dies, hangs, floods or talks nonsense is started again, and its devices have left",
    arguments: FakeReaderd.Ending.bad)
  func startedAgain(ending: FakeReaderd.Ending) async throws {
    let fake = try FakeReaderd(says: [.hello, Self.arrival("1-2")], then: ending)
    let process = fake.process()
    let port = process.port()
    let stream = await port.events()
    process.start()
    var events: [ReaderEvent] = []
    var lives = 0
    for await event in stream {
      events.append(event)
      if event == .service(isRunning: true) { lives += 1 }
      if lives == 3 { break }
    }
    process.stop()
    #expect(process.starts >= 3)
    let first = try #require(events.firstIndex { if case .arrived = $0 { true } else { false } })
    let left = try #require(events[first...].firstIndex(of: .left(Self.portPath)))
    #expect(events[left...].contains(.service(isRunning: true)))
  }

  @Test("a program that is not there is tried again and costs nothing else")
  func missing() async throws {
    let process = ReaderProcess(
      .init(program: "/nowhere/yichuang-readerd", matches: [], firstPause: 1, longestPause: 1),
      logger: .quiet)
    var events = await process.port().events().makeAsyncIterator()
    process.start()
    #expect(await events.next() == .service(isRunning: false))
    process.stop()
    #expect(await events.next() == nil)
    #expect(process.starts == 0 && process.pid == nil)
  }

  @Test("a device is its kiosk's by its number, wherever it is plugged in, except where another kiosk's are")
  func byNumber() async throws {
    func arrival(_ portPath: String, _ serial: String?) -> LinkReport {
      .arrived(portPath: portPath, kind: .cardReader, name: "reader", serial: serial)
    }
    func code(_ portPath: String, _ text: String) -> LinkReport {
      .code(portPath: portPath, text: text, isWhole: true, symbol: nil)
    }
    let fake = try FakeReaderd(
      says: [
        .hello, arrival("1-2", "A"), arrival("1-3", nil), code("1-3", "nobody's yet"), arrival("1-3", "A"),
        code("1-3", "mine"),
        .left(portPath: "1-3"), arrival("1-3", "B"), code("1-3", "a stranger's"), arrival("1-4", nil),
        code("1-4", "end"),
        code("1-2", "other's"),
      ], then: .listen)
    let process = fake.process()
    let own = process.port(portPaths: ["1-4"], serials: ["A"], elsewhere: ["1-2"])
    let other = process.port(portPaths: ["1-2"])
    let streams = [await own.events(), await other.events()]
    process.start()
    let heard = [await Self.told(streams[0], codes: 2), await Self.told(streams[1], codes: 1)]
    process.stop()
    let codes = heard.map { $0.compactMap { if case .code(_, let code) = $0 { code.text } else { nil } } }
    #expect(codes == [["mine", "end"], ["other's"]])
    #expect(heard[0].contains(.left(ReaderID("1-3"))))
  }

  @Test(
    "cards are read nowhere for a kiosk whose device is not there, and only at its portPath when it is",
    arguments: [false, true])
  func orderByNumber(isThere: Bool) async throws {
    let arrival = LinkReport.arrived(portPath: "1-7", kind: .cardReader, name: "reader", serial: "A")
    let fake = try FakeReaderd(says: [.hello] + (isThere ? [arrival] : []), then: .record)
    let process = fake.process()
    let port = process.port(portPaths: [], serials: ["A"])
    let stream = await port.events()
    process.start()
    for await event in stream {
      if case .arrived = event { break }
      if !isThere, event == .service(isRunning: true) { break }
    }
    await port.send(.readCards(true))
    await port.send(.rescan)
    process.stop()
    var decoder = LinkDecoder()
    let heard = try decoder.take(try fake.recorded()).map { try LinkOrder($0) }
    let orders = heard.filter { if case .readCards = $0 { true } else { false } }
    #expect(heard.contains(.rescan) && orders == (isThere ? [.readCards(true, portPaths: ["1-7"])] : []))
  }

  @Test("commands reach it as orders")
  func commands() async throws {
    let fake = try FakeReaderd(says: [.hello], then: .record)
    let process = fake.process([try #require(ReaderMatch(.pos, vendor: 0x0C2E, product: nil))])
    let port = process.port()
    let stream = await port.events()
    process.start()
    for await event in stream where event == .service(isRunning: true) { break }
    await port.send(.read(false))
    await port.send(.readCards(true))
    await port.send(.rescan)
    await port.send(.reset(Self.portPath))
    await port.send(.read(true))
    let match = try #require(ReaderMatch(.pos, vendor: 0x0C2E, product: nil))
    let wanted: [LinkOrder] = [
      .match(match), .begin, .read(true), .read(false), .readCards(true, portPaths: []), .rescan,
      .reset(portPath: "1-2"), .read(true),
    ]
    let bytes = wanted.flatMap { $0.frame.bytes ?? [] }
    // It records what it receives until its orders end.
    process.stop()
    let recorded = try fake.recorded()
    var decoder = LinkDecoder()
    let heard = try decoder.take(recorded).map { try LinkOrder($0) }
    #expect(heard.filter { if case .ping = $0 { false } else { true } } == wanted && bytes.count <= recorded.count)
  }

  /// Everything up to the last expected code.
  private static func told(_ events: AsyncStream<ReaderEvent>, codes: Int) async -> [ReaderEvent] {
    var all: [ReaderEvent] = []
    var left = codes
    for await event in events {
      all.append(event)
      if case .code = event { left -= 1 }
      if left == 0 { break }
    }
    return all
  }
}

/// A program that stands in for `yichuang-readerd`: a script that writes prepared bytes to descriptor 3.
final class FakeReaderd: Sendable {
  enum Ending: String, Sendable, CaseIterable {
    /// Runs until its orders end.
    case listen
    /// The same, and records them.
    case record
    case exits, hangs, floods, nonsense, foreignVersion

    static let bad: [Ending] = [.exits, .hangs, .floods, .nonsense, .foreignVersion]
  }

  private let folder: String
  /// Short only for misbehaving programs, which answer no ping.
  private let heartbeat: Int

  init(says reports: [LinkReport], then ending: Ending) throws {
    heartbeat = Ending.bad.contains(ending) ? 300 : 600_000
    folder = FileManager.default.temporaryDirectory.path + "/readerd-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(reports.flatMap { $0.frame.bytes ?? [] }).write(to: URL(fileURLWithPath: folder + "/says"))
    try Data(LinkReport.left(portPath: "9-9").frame.bytes ?? []).write(to: URL(fileURLWithPath: folder + "/one"))
    let last =
      switch ending {
      case .listen: "cat <&3 >/dev/null"
      case .record: "cat <&3 >'\(folder)/heard'"
      case .exits: "exit 3"
      // Answers no ping, and does not end with its orders either.
      case .hangs: "exec sleep 1000"
      case .floods: "while :; do cat '\(folder)/one'; done >&3"
      case .nonsense: "printf 'what?' >&3; exec sleep 1000"
      case .foreignVersion: "printf '\\000\\000\\000\\002\\002\\001' >&3; exec sleep 1000"
      }
    let script = "#!/bin/sh\ncat '\(folder)/says' >&3\n\(last)\n"
    try Data(script.utf8).write(to: URL(fileURLWithPath: folder + "/readerd"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/readerd")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func process(_ matches: [ReaderMatch] = []) -> ReaderProcess {
    ReaderProcess(
      .init(program: folder + "/readerd", matches: matches, heartbeat: heartbeat, firstPause: 1, longestPause: 10),
      logger: .quiet)
  }

  func recorded() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/heard"))) }
}
