import Emulators
import Glibc

/// An ESC/POS printer as a program: it takes script lines on standard input and reports events as lines of JSON on
/// standard output. It ends with its standard input.
///
///     yichuang-printer-simulator [--port N] [--pty] [--width DOTS] [--buffer BYTES] [--out FOLDER]
@main
enum Simulator {
  static func main() {
    var options = Options()
    guard options.read(CommandLine.arguments.dropFirst()) else {
      complain("usage: yichuang-printer-simulator [--port N] [--pty] [--width DOTS] [--buffer BYTES] [--out FOLDER]")
      exit(64)
    }
    signal(SIGPIPE, SIG_IGN)
    let report = SimulatorReport(folder: options.out)
    do {
      let printer = try ESCPOSSimulator(
        widthDots: options.width, line: options.line, bufferBytes: options.buffer, onEvent: { report.write($0) })
      if let terminal = printer.terminal {
        report.write("listening", [("terminal", SimulatorReport.quoted(terminal))])
      } else {
        report.write("listening", [("port", "\(printer.port)")])
      }
      obey(printer, report)
    } catch {
      complain("yichuang-printer-simulator: \(error)")
      exit(69)
    }
  }

  private static func complain(_ words: String) {
    let bytes = Array((words + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func obey(_ printer: ESCPOSSimulator, _ report: SimulatorReport) {
    while let line = readLine() {
      if line.isEmpty { continue }
      if SimulatorScript.perform(line, on: printer) {
        printer.note(line)
      } else {
        report.write("not-understood", [("line", SimulatorReport.quoted(String(line.prefix(200))))])
      }
    }
    printer.stop()
  }

  struct Options {
    var line = ESCPOSSimulator.Line.socket(port: 0)
    var width = 576
    var buffer = 65_536
    var out: String?

    /// False for an unknown argument.
    mutating func read(_ arguments: ArraySlice<String>) -> Bool {
      var rest = arguments
      while let argument = rest.popFirst() {
        if argument == "--pty" {
          line = .terminal
          continue
        }
        guard let value = rest.popFirst() else { return false }
        switch (argument, Int(value)) {
        case ("--port", .some(let port)) where (0...65_535).contains(port): line = .socket(port: port)
        case ("--width", .some(let dots)) where (8...4_096).contains(dots): width = dots
        case ("--buffer", .some(let bytes)) where (64...1 << 24).contains(bytes): buffer = bytes
        case ("--out", _): out = value
        default: return false
        }
      }
      return true
    }
  }
}
