import Glibc
import ReaderProtocols

/// A device that replays a transcript.
///
/// A card module answers a command with what followed the next occurrence of the same command in the transcript. What
/// was recorded in between is skipped, and at the end the last answer is repeated. A scanner sends the data of one
/// burst, up to a pause, each time that it is told to.
struct Replay {
  let transcript: Transcript
  private var commands = SAMFrameParser(.commands)
  private var next = 0
  private var played = 0

  /// nil for a file that is not a transcript; prints why.
  init?(file path: String) {
    guard let bytes = Self.read(path) else {
      Report.write("no-transcript", nil, [("line", 0), ("why", String(cString: strerror(errno)))])
      return nil
    }
    do throws(Transcript.Fault) {
      transcript = try Transcript(String(decoding: bytes, as: UTF8.self))
    } catch {
      Report.write("no-transcript", nil, [("line", error.line), ("why", error.what)])
      return nil
    }
  }

  var model: DeviceModel {
    switch transcript.way {
    case .cardBulk: .reader
    case .cardHID: .readerHID
    case .keyboard: .keyboard
    case .pos: .pos
    case .serial: .serial
    }
  }

  /// The device's answers to these bytes of the host.
  mutating func answers(to bytes: [UInt8]) -> [Transcript.Answer] {
    commands.take(bytes).flatMap { outcome -> [Transcript.Answer] in
      guard case .frame(let frame) = outcome else { return [] }
      let all = transcript.exchanges
      let found =
        all.indices.dropFirst(next).first { all[$0].command == frame.body }
        ?? all.indices.last { all[$0].command == frame.body }
      guard let found else { return [] }
      next = max(next, found + 1)
      return all[found].answers
    }
  }

  /// A scanner's next burst; nil after the last.
  mutating func burst() -> [Transcript.Answer]? {
    guard transcript.bursts.indices.contains(played) else { return nil }
    played += 1
    return transcript.bursts[played - 1]
  }

  private static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var all: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(file, &room, room.count)
      guard count > 0 else { return count == 0 ? all : nil }
      all += room.prefix(count)
    }
  }
}
