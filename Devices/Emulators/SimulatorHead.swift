import PrinterProtocols

/// The mechanism of a simulated printer: its buffer, head, cutter and paper.
///
/// It burns row by row, so that paper can end, a cover open or the power fail inside a picture.
struct SimulatorHead {
  /// An action of the head that must be reported.
  enum Deed {
    case event(SimulatorEvent)
    /// Answers to the computer.
    case answer([UInt8])
  }

  private var strip: PaperStrip
  private var buffer: [ESCPOSCommand] = []
  /// Commands of `buffer` that are done.
  private var done = 0
  /// Approximate bytes in the buffer.
  private(set) var bytes = 0
  /// Burnt rows of the present picture.
  private var rowsOfPicture = 0
  private var slip = 0
  /// Rows since the slip began; a slip begins with `ESC @`, or with whatever follows a cut.
  private var rowsOfSlip = 0
  /// The row at which it stopped, so that a stop is reported once.
  private var reportedStop: Int?
  private var reportsHeldEcho = false
  /// When the burnt rows were last computed, and the remaining fraction of a row.
  private var reckoned: ContinuousClock.Instant?
  private var credit = 0.0
  private(set) var reportsChanges = false

  init(widthDots: Int) { strip = PaperStrip(widthDots: widthDots) }

  /// Whether there is work that only needs time.
  func isBurning(_ settings: SimulatorSettings) -> Bool {
    settings.rowsPerSecond != nil && done < buffer.count && settings.status.isReady && settings.isOn
      && reportedStop == nil && !reportsHeldEcho
  }

  mutating func take(_ command: ESCPOSCommand) {
    buffer.append(command)
    bytes += Self.size(command)
  }

  /// Power was lost: buffer and progress are dropped, the paper stays.
  mutating func forget() {
    (buffer, done, bytes, rowsOfPicture, reportsChanges) = ([], 0, 0, 0, false)
    (reportedStop, reportsHeldEcho, reckoned) = (nil, false, nil)
  }

  mutating func beginConnection() { reportsChanges = false }

  mutating func tear() -> PaperStrip.Piece? {
    rowsOfSlip = 0
    return strip.tear()
  }

  /// Executes the buffer as far as paper, time and `settings` allow, and updates them.
  mutating func work(_ settings: inout SimulatorSettings, now: ContinuousClock.Instant) -> [Deed] {
    var deeds: [Deed] = []
    reckon(settings, now)
    while done < buffer.count, settings.isOn, settings.status.isReady, perform(buffer[done], &settings, &deeds) {
      bytes -= Self.size(buffer[done])
      done += 1
    }
    if done == buffer.count {
      (buffer, done, bytes, reckoned) = ([], 0, 0, nil)
    } else if !settings.status.isReady, rowsOfSlip > 0 {
      reportStop(&deeds)
    }
    return deeds
  }

  private mutating func reckon(_ settings: SimulatorSettings, _ now: ContinuousClock.Instant) {
    guard let speed = settings.rowsPerSecond, done < buffer.count, settings.status.isReady else {
      (reckoned, credit) = (nil, 0)
      return
    }
    if let reckoned {
      let passed = now - reckoned
      credit += Double(speed) * (Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18)
    }
    reckoned = now
  }

  /// Executes one command; false when it is not finished and the head has to wait.
  private mutating func perform(
    _ command: ESCPOSCommand, _ settings: inout SimulatorSettings, _ deeds: inout [Deed]
  ) -> Bool {
    switch command {
    case .raster(let width, let rows, let bits): return burn(width, rows, bits, &settings, &deeds)
    case .cut:
      if settings.breaksCutter {
        settings.breaksCutter = false
        settings.status.insert(.cutterError)
        return false
      }
      if let piece = strip.apply(command) { deeds.append(.event(.cut(piece))) }
      rowsOfSlip = 0
    case .echo(let mark):
      guard settings.answers.contains(.echo) else { return true }
      guard lets(settings, &deeds) else { return false }
      deeds += [.answer([0x37, 0x22] + mark + [0]), .event(.echoed(mark))]
    case .transmitStatus:
      guard settings.answers.contains(.inOrder) else { return true }
      guard lets(settings, &deeds) else { return false }
      deeds.append(.answer([AutomaticStatus(settings.status).bytes[2]]))
    case .automaticStatus(let mask):
      reportsChanges = mask != 0 && settings.answers.contains(.automatic)
      if reportsChanges { deeds.append(.answer(AutomaticStatus(settings.status).bytes)) }
    case .initialize: rowsOfSlip = 0
    default: _ = strip.apply(command)
    }
    return true
  }

  private mutating func lets(_ settings: SimulatorSettings, _ deeds: inout [Deed]) -> Bool {
    if settings.holdsEcho, !reportsHeldEcho { deeds.append(.event(.echoHeld)) }
    reportsHeldEcho = settings.holdsEcho
    return !settings.holdsEcho
  }

  private mutating func burn(
    _ width: Int, _ rows: Int, _ bits: [UInt8], _ settings: inout SimulatorSettings, _ deeds: inout [Deed]
  ) -> Bool {
    var count = rows - rowsOfPicture
    if settings.rowsPerSecond != nil { count = min(count, Int(credit)) }
    if let left = settings.rowsLeft { count = min(count, left) }
    if let stop = settings.headStop { count = min(count, max(stop - rowsOfSlip, 0)) }
    if count > 0 {
      if rowsOfSlip == 0 {
        slip += 1
        deeds.append(.event(.begun(slip: slip)))
      }
      let range = (rowsOfPicture * width)..<((rowsOfPicture + count) * width)
      _ = strip.apply(.raster(bytesPerRow: width, rows: count, bits: Array(bits[range])))
      rowsOfPicture += count
      rowsOfSlip += count
      reportedStop = nil
      if settings.rowsPerSecond != nil { credit -= Double(count) }
      if let left = settings.rowsLeft { use(left - count, &settings) }
    }
    if let stop = settings.headStop, rowsOfSlip >= stop, rowsOfPicture < rows {
      reportStop(&deeds)
    } else if settings.headStop == nil {
      reportedStop = nil
    }
    guard rowsOfPicture == rows else { return false }
    rowsOfPicture = 0
    return true
  }

  private func use(_ left: Int, _ settings: inout SimulatorSettings) {
    settings.rowsLeft = left > 0 ? left : nil
    if left <= 0 { settings.status.formUnion([.paperNearEnd, .paperEnd]) }
  }

  private mutating func reportStop(_ deeds: inout [Deed]) {
    if reportedStop != rowsOfSlip { deeds.append(.event(.stopped(slip: slip, rows: rowsOfSlip))) }
    reportedStop = rowsOfSlip
  }

  private static func size(_ command: ESCPOSCommand) -> Int {
    if case .raster(_, _, let bits) = command { bits.count + 8 } else { 3 }
  }
}
