import Glibc
import Groundwork
package import PrinterProtocols
import Synchronization

/// Writes the events of a simulated printer as lines of JSON, and its slips as PNG files.
///
/// Each line has `at`, milliseconds since 1970, and `event`.
package final class SimulatorReport: Sendable {
  private let descriptor: Int32
  private let folder: String?
  /// Slips so far; guards the order of the lines too.
  private let slips = Mutex(0)

  /// - Parameter folder: where slips are stored, created if missing; nil stores none.
  package init(descriptor: Int32 = STDOUT_FILENO, folder: String?) {
    self.descriptor = descriptor
    self.folder = folder
    if let folder { mkdir(folder, 0o755) }
  }

  package func write(_ event: SimulatorEvent) {
    slips.withLock { slips in
      switch event {
      case .cut(let piece): paper("cut", piece, &slips)
      case .torn(let piece): paper("torn", piece, &slips)
      default: line(Self.fields(event))
      }
    }
  }

  /// A line of another kind: the port at start, or a command that was not understood.
  package func write(_ event: String, _ fields: [(String, String)]) {
    slips.withLock { _ in line([("event", Self.quoted(event))] + fields) }
  }

  private func paper(_ word: String, _ piece: PaperStrip.Piece, _ slips: inout Int) {
    slips += 1
    var fields = [("event", Self.quoted(word)), ("slip", "\(slips)"), ("rows", "\(piece.image.heightDots)")]
    fields.append(("digest", Self.quoted(Self.digest(piece.image))))
    if let folder {
      let path = "\(folder)/\(slips).png"
      if PNGFile.write(piece.image, to: path) { fields.append(("file", Self.quoted(path))) }
    }
    line(fields)
  }

  private static func fields(_ event: SimulatorEvent) -> [(String, String)] {
    func named(_ name: String, _ numbers: (String, Int)...) -> [(String, String)] {
      [("event", quoted(name))] + numbers.map { ($0.0, "\($0.1)") }
    }
    return switch event {
    case .connected(let number): named("connected", ("connection", number))
    case .received(let connection, let bytes): named("received", ("connection", connection), ("bytes", bytes))
    case .slipReceived(let connection, let bytes): named("slip-received", ("connection", connection), ("bytes", bytes))
    case .begun(let slip): named("begun", ("slip", slip))
    case .stopped(let slip, let rows): named("stopped", ("slip", slip), ("rows", rows))
    case .stalled(let connection, let bytes): named("stalled", ("connection", connection), ("bytes", bytes))
    case .echoHeld: named("echo-held")
    case .echoed(let mark): named("echo") + [("mark", quoted(String(decoding: mark, as: UTF8.self)))]
    case .cut(let piece): named("cut", ("rows", piece.image.heightDots))
    case .torn(let piece): named("torn", ("rows", piece.image.heightDots))
    case .disconnected(let connection, let bytes, let broken):
      named("disconnected", ("connection", connection), ("bytes", bytes)) + [("broken", "\(broken)")]
    case .status(let status): named("status") + [("status", "[\(words(status).map(quoted).joined(separator: ","))]")]
    case .noted(let word): named("done") + [("line", quoted(word))]
    }
  }

  private static func words(_ status: PrinterStatus) -> [String] {
    let all: [(PrinterStatus, String)] = [
      (.paperNearEnd, "paper-low"), (.paperEnd, "paper-out"), (.coverOpen, "cover-open"), (.cutterError, "cutter"),
      (.otherError, "error"),
    ]
    return all.filter { status.contains($0.0) }.map(\.1)
  }

  private func line(_ fields: [(String, String)]) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let at = ("at", "\(now.tv_sec * 1000 + now.tv_nsec / 1_000_000)")
    let text = "{" + ([at] + fields).map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}\n"
    _ = Descriptor.writeAll(Array(text.utf8), to: descriptor)
  }

  /// A JSON string. Anything but printable ASCII is left out; it occurs only in commands that were not understood.
  package static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map { scalar in
      scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
    }
    return "\"\(escaped.joined())\""
  }

  /// A digest for comparing pictures: FNV-1a, 64 bits.
  package static func digest(_ image: DotImage) -> String {
    image.bits.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }.hexadecimal
  }
}
