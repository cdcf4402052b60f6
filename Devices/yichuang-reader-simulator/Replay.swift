import Glibc
import ReaderProtocols

/// A device that says once more what a transcript has.
///
/// A card module answers a command with what followed the same command in the transcript, the next time that it stands there;
/// what was recorded between is passed over, and at the end the last answer to it is given again. A scanner says what came
/// between two pauses each time that it is told to.
struct Replay {
  let transcript: Transcript
  private var commands = SAMFrameParser(.commands)
  private var next = 0
  private var played = 0

  /// nil for a file that is no transcript; says why.
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

  /// What the device says to these bytes of the host.
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

  /// What a scanner says next; nil when it has said everything.
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
