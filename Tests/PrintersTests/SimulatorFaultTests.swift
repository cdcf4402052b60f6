import Emulators
import Foundation
import Ports
import PrinterProtocols
import Synchronization
import Testing
import TestKit

// Goal: each fault that the crash matrix uses, tested alone.
@Suite("The faults of the ESC/POS printer on a socket")
struct SimulatorFaultTests {
  typealias Client = ESCPOSSimulatorTests.Client

  /// A printer and its events.
  final class Watched: Sendable {
    let printer: ESCPOSSimulator
    private let heard: Log

    private final class Log: Sendable {
      let events = Mutex<[SimulatorEvent]>([])
    }

    init(line: ESCPOSSimulator.Line = .socket(port: 0)) throws {
      let log = Log()
      heard = log
      printer = try ESCPOSSimulator(line: line, onEvent: { event in log.events.withLock { $0.append(event) } })
    }

    deinit { printer.stop() }

    /// One on a port below those that the kernel gives to others, so that nobody else's server has it while this one is off.
    static func onOwnPort() throws -> Watched {
      for _ in 0..<100 {
        if let watched = try? Watched(line: .socket(port: .random(in: 10_000..<15_000))) { return watched }
      }
      return try Watched(line: .socket(port: .random(in: 10_000..<15_000)))
    }

    var events: [SimulatorEvent] { heard.events.withLock { $0 } }

    func tell(_ line: String) async throws {
      let mark = "\(line) #\(events.count)"
      #expect(SimulatorScript.perform(line, on: printer), "\(line)")
      printer.note(mark)
      try await heard { $0 == .noted(mark) }
    }

    func heard(_ what: @Sendable @escaping (SimulatorEvent) -> Bool) async throws {
      try await eventually("the printer tells") { self.events.contains(where: what) }
    }
  }

  static func bytes(rows: Int, echo: Int = 1) throws -> (dots: DotImage, bytes: [UInt8]) {
    let image = slip(heightDots: rows)
    let dots = try #require(DotImage(widthDots: image.widthDots, heightDots: rows, bits: image.bits))
    return (dots, ESCPOSEncoder().slip(dots, echo: ProcessID(number: echo)))
  }

  @Test("the head stops at a row and goes on when it is released")
  func headStops() async throws {
    let watched = try Watched()
    try await watched.tell("hold head after 130 rows")
    let client = try Client(port: watched.printer.port)
    let (dots, bytes) = try Self.bytes(rows: 400)
    client.send(bytes)
    try await watched.heard { $0 == .stopped(slip: 1, rows: 130) }
    #expect(watched.printer.pieces.isEmpty)
    try await watched.tell("release")
    #expect(client.read(1) == [.echo(ProcessID(number: 1))])
    #expect(watched.printer.pieces.map(\.image) == [dots])
  }

  @Test("an echo is kept back until it is let go")
  func echoHeld() async throws {
    let watched = try Watched()
    try await watched.tell("hold echo")
    let client = try Client(port: watched.printer.port)
    client.send(try Self.bytes(rows: 50).bytes)
    try await watched.heard { $0 == .echoHeld }
    #expect(watched.printer.pieces.count == 1)
    #expect(watched.printer.echoes == 0)
    try await watched.tell("release")
    #expect(client.read(1) == [.echo(ProcessID(number: 1))])
  }

  @Test("paper ends at the row that was named, and a hand can take what hangs out")
  func paperEnds() async throws {
    let watched = try Watched()
    try await watched.tell("paper ends after 77 rows")
    let client = try Client(port: watched.printer.port)
    client.send(try Self.bytes(rows: 200).bytes)
    try await watched.heard { $0 == .stopped(slip: 1, rows: 77) }
    try await watched.tell("tear")
    #expect(watched.printer.pieces.map(\.image.heightDots) == [77])
    try await watched.tell("paper in")
    #expect(await watched.printer.piece(1)?.image.heightDots == 123)
  }

  @Test(
    "without power the buffer is lost or kept, and the connection breaks when it comes back", arguments: [false, true])
  func power(keeps: Bool) async throws {
    let watched = try Watched.onOwnPort()
    try await watched.tell("hold head after 100 rows")
    let client = try Client(port: watched.printer.port)
    client.send(try Self.bytes(rows: 200).bytes)
    try await watched.heard { $0 == .stopped(slip: 1, rows: 100) }
    try await watched.tell("power off")
    #expect((try? Client(port: watched.printer.port)) == nil)
    try await watched.tell("release")
    #expect(watched.printer.pieces.isEmpty)
    try await watched.tell(keeps ? "power on keep buffer" : "power on lose buffer")
    #expect(client.read(1).isEmpty)
    let next = try Client(port: watched.printer.port)
    next.send(try Self.bytes(rows: 50, echo: 2).bytes)
    #expect(next.read(1) == [.echo(ProcessID(number: 2))])
    #expect(watched.printer.pieces.map(\.image.heightDots) == (keeps ? [200, 50] : [150]))
  }

  @Test("a blade that jams stops the slip before its echo")
  func cutter() async throws {
    let watched = try Watched()
    try await watched.tell("cutter broken")
    let client = try Client(port: watched.printer.port)
    client.send(try Self.bytes(rows: 50).bytes)
    try await watched.heard { $0 == .status(.cutterError) }
    client.ask(.errorCause)
    #expect(client.read(1) == [.realTime(.errorCause, .cutterError)])
    try await watched.tell("cutter mended")
    #expect(client.read(1) == [.echo(ProcessID(number: 1))])
  }

  @Test("a slow head echoes only when its last row is burnt")
  func slow() async throws {
    let watched = try Watched()
    try await watched.tell("slow 2000 rows/s")
    let client = try Client(port: watched.printer.port)
    client.send(try Self.bytes(rows: 300).bytes)
    #expect(client.read(1) == [.echo(ProcessID(number: 1))])
    // The client may have read the echo before the printer tells of it.
    try await watched.heard { if case .echoed = $0 { true } else { false } }
    let events = watched.events
    let cut = events.firstIndex { if case .cut = $0 { true } else { false } }
    let echo = events.firstIndex { if case .echoed = $0 { true } else { false } }
    #expect(try #require(cut) < #require(echo))
  }

  @Test("a model answers only what it can, and a broken one nonsense")
  func answers() async throws {
    let watched = try Watched()
    try await watched.tell("answers echo-less")
    let client = try Client(port: watched.printer.port)
    client.send(try Self.bytes(rows: 50).bytes + [0x1D, 0x72, 1])
    #expect(client.read(1) == [.transmitted(0)])
    try await watched.tell("answers garbage")
    client.ask(.printer)
    #expect(client.read(1).allSatisfy { $0 != .realTime(.printer, []) })
    try await watched.tell("answers none")
    let silent = try Client(port: watched.printer.port)
    _ = consume client
    try silent.send(RealTimeQuestion.printer.bytes + Self.bytes(rows: 20, echo: 3).bytes)
    #expect(await watched.printer.piece(1) != nil)
    #expect(watched.printer.echoes == 0)
  }

  @Test("it can break a connection before the first byte, and stop reading in the middle")
  func intake() async throws {
    let watched = try Watched()
    try await watched.tell("reset after 0 bytes")
    let first = try Client(port: watched.printer.port)
    #expect(first.read(1).isEmpty)
    try await watched.tell("stall after 1000 bytes")
    let second = try Client(port: watched.printer.port)
    second.send(try Self.bytes(rows: 50).bytes)
    try await watched.heard { $0 == .stalled(connection: 2, bytes: 1000) }
    try await watched.tell("go")
    #expect(second.read(1) == [.echo(ProcessID(number: 1))])
  }

  @Test("as a serial printer it works on a terminal")
  func terminal() async throws {
    let watched = try Watched(line: .terminal)
    let name = try #require(watched.printer.terminal)
    let file = try #require(FileHandle(forUpdatingAtPath: name))
    try file.write(contentsOf: Self.bytes(rows: 50).bytes)
    #expect(try file.read(upToCount: 7) == Data([0x37, 0x22] + ProcessID(number: 1).bytes + [0]))
    #expect(watched.printer.pieces.map(\.image.heightDots) == [50])
  }

  @Test(
    "what is no sentence of its language is refused",
    arguments: ["", "paper", "reset after bytes", "tear 3", "slow -1 rows/s"])
  func refused(line: String) throws {
    let watched = try Watched()
    #expect(!SimulatorScript.perform(line, on: watched.printer))
  }

  @Test("its pictures are PNG files that others read")
  func pictures() throws {
    let image = slip(widthDots: 20, heightDots: 3)
    let dots = try #require(DotImage(widthDots: 20, heightDots: 3, bits: image.bits))
    let path = FileManager.default.temporaryDirectory.appending(path: "yichuang-\(UUID()).png").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(PNGFile.write(dots, to: path))
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/python3")
    python.arguments = ["-c", Self.reader, path]
    let answer = Pipe()
    python.standardOutput = answer
    try python.run()
    python.waitUntilExit()
    let said = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said == "20 3 " + dots.bits.map { String($0) }.joined(separator: ","))
  }

  /// Reads a PNG with zlib's own checks and gives its sides and the bytes of its rows, 1 for black.
  static let reader = """
    import sys, struct, zlib
    data = open(sys.argv[1], "rb").read()
    at, body, head = 8, b"", None
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        content = data[at + 8:at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(kind + content)
        head = content if kind == b"IHDR" else head
        body += content if kind == b"IDAT" else b""
        at += 12 + size
    width, height = struct.unpack(">II", head[:8])
    row = (width + 7) // 8 + 1
    rows = zlib.decompress(body)
    bits = [255 - byte for y in range(height) for byte in rows[y * row + 1:(y + 1) * row]]
    print(width, height, ",".join(map(str, bits)), end="")
    """
}
