import PrinterProtocols

/// The script language of a simulated printer, one command a line.
///
///     paper out · paper in · paper low · paper ends after 200 rows
///     cover open · cover close
///     cutter broken (at the next cut) · cutter mended
///     error on · error off
///     stall · stall after 3000 bytes · reset · reset after 3000 bytes · slow 2000 bytes · go (as usual again)
///     power off · power on lose buffer · power on keep buffer
///     answers all · answers none · answers garbage · answers echo-less · answers status-less
///     answers after 700 ms
///     greets xon · greets words · greets not
///     slow 100 rows/s · fast
///     hold head after 200 rows · hold echo · release
///     tear
package enum SimulatorScript {
  /// Executes a line; false when it is no known command.
  package static func perform(_ line: some StringProtocol, on printer: ESCPOSSimulator) -> Bool {
    let words = line.split(separator: " ").map { $0.lowercased() }
    let number = words.first { $0.first?.isWholeNumber == true }.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    let command = words.map { $0.first?.isWholeNumber == true ? "N" : $0 }.joined(separator: " ")
    guard command.contains("N") == (number != nil) else { return false }
    if act(command, printer) { return true }
    guard
      let change = state(command) ?? flow(command, number ?? 0) ?? greetings(command, number ?? 0) ?? answers(command)
    else { return false }
    printer.change(change)
    return true
  }

  private typealias Change = (inout SimulatorSettings) -> Void

  private static func act(_ command: String, _ printer: ESCPOSSimulator) -> Bool {
    switch command {
    case "reset": printer.breakConnection()
    case "tear": printer.tear()
    case "power off": printer.setPower(false, keepsBuffer: true)
    case "power on keep buffer": printer.setPower(true, keepsBuffer: true)
    case "power on", "power on lose buffer": printer.setPower(true)
    default: return false
    }
    return true
  }

  /// Commands for sensors.
  private static func state(_ command: String) -> Change? {
    switch command {
    case "paper out": { $0.status.formUnion([.paperNearEnd, .paperEnd]) }
    case "paper low": { $0.status.insert(.paperNearEnd) }
    case "paper in":
      {
        $0.status.subtract([.paperNearEnd, .paperEnd])
        $0.rowsLeft = nil
      }
    case "cover open": { $0.status.insert(.coverOpen) }
    case "cover close": { $0.status.remove(.coverOpen) }
    case "cutter broken": { $0.breaksCutter = true }
    case "cutter mended":
      {
        $0.status.remove(.cutterError)
        $0.breaksCutter = false
      }
    case "error on": { $0.status.insert(.otherError) }
    case "error off": { $0.status.remove(.otherError) }
    default: nil
    }
  }

  /// Commands for the speed of reading and burning.
  private static func flow(_ command: String, _ number: Int) -> Change? {
    switch command {
    case "paper ends after N rows": { $0.rowsLeft = max(number, 1) }
    case "stall": { $0.mode = .stalled }
    case "stall after N bytes": { $0.mode = .stallingAfter(bytes: number) }
    case "reset after N bytes": { $0.mode = .resetting(afterBytes: number) }
    case "slow N bytes": { $0.mode = .slow(bytes: number) }
    case "go": { $0.mode = .normal }
    case "slow N rows/s": { $0.rowsPerSecond = max(number, 1) }
    case "fast": { $0.rowsPerSecond = nil }
    case "hold head after N rows": { $0.headStop = number }
    case "hold echo": { $0.holdsEcho = true }
    case "release":
      {
        $0.headStop = nil
        $0.holdsEcho = false
      }
    default: nil
    }
  }

  /// Commands for greetings and the time to answer.
  private static func greetings(_ command: String, _ number: Int) -> Change? {
    switch command {
    case "answers after N ms": { $0.answerDelay = number }
    case "greets xon": { $0.greeting = [0x11] }
    case "greets words": { $0.greeting = Array("RECEIPT PRINTER V2.4\r\nREADY\r\n".utf8) }
    case "greets not": { $0.greeting = [] }
    default: nil
    }
  }

  private static func answers(_ command: String) -> Change? {
    let answers: SimulatorSettings.Answers
    switch command {
    case "answers all", "answers garbage": answers = .all
    case "answers none": answers = []
    case "answers echo-less": answers = [.realTime, .inOrder, .automatic]
    case "answers status-less": answers = [.echo]
    default: return nil
    }
    return {
      $0.answers = answers
      $0.isGarbling = command == "answers garbage"
    }
  }
}
