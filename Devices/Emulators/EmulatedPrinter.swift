package import Hall
package import Ports
import PrinterProtocols

/// An emulated slip printer: for the demo's dock page and for tests.
///
/// Every slip is encoded to ESC/POS and decoded again by an emulated head, as with a real one. The printer confirms
/// with an echo after the last line. Each slip is stored as bytes and, where a drawing function is given, as a picture.
package actor EmulatedPrinter: PrinterPort {
  /// Encodes a slip as PNG.
  package typealias Drawing = @Sendable (SlipImage) -> [UInt8]

  package nonisolated let paperWidthDots: Int
  private var folder: SlipFolder?
  private let png: Drawing?
  private let encoder = ESCPOSEncoder()
  private var state: State
  private var printed: [PrintedSlip] = []
  private var prepared: Set<Attempt> = []
  private var outcomes: [Attempt: AttemptOutcome] = [:]
  private var jobs = 0
  private var waiters: [CheckedContinuation<Void, Never>] = []

  /// Slips that `snapshot` returns.
  package static let rememberedSlips = 20

  /// - Parameters:
  ///   - folder: where slips are stored, created if missing; nil keeps them in memory only.
  ///   - rollMillimetres: paper on the roll.
  package init(
    paperWidthDots: Int = 576, folder: String? = nil, rollMillimetres: Int = fullRollMillimetres, png: Drawing? = nil
  ) {
    self.paperWidthDots = paperWidthDots
    self.folder = folder.map(SlipFolder.init)
    self.png = png
    state = State(rollDots: Self.dots(millimetres: rollMillimetres))
  }

  package let path = PrinterPath.emulated

  package func probe() -> PrinterConditions { state.conditions }

  package func prepare(_ attempt: Attempt) throws(PrinterFault) -> PreparedAttempt {
    let conditions = state.conditions
    guard conditions.canPrint else {
      throw PrinterFault(
        conditions: conditions, detail: "emulated printer: \(conditions.codes.joined(separator: ", "))")
    }
    jobs += 1
    prepared.insert(attempt)
    return PreparedAttempt(attempt: attempt, jobUUID: "urn:emulated:\(attempt.jobName)", jobNumber: jobs)
  }

  package func commit(_ prepared: PreparedAttempt, _ image: SlipImage, patience: Int) async -> AttemptOutcome {
    let attempt = prepared.attempt
    guard self.prepared.remove(attempt) != nil else { return .notSent(reason: "the attempt was not prepared") }
    let outcome: AttemptOutcome
    let powerCuts = state.powerCuts
    if state.isStalled, await !resumes(within: patience) {
      outcome = .unknown(reason: "the printer did not answer in time")
    } else if state.powerCuts != powerCuts {
      outcome = .unknown(reason: "the printer lost its power on the way")
    } else if !state.conditions.canPrint {
      outcome = .notSent(reason: state.conditions.codes.joined(separator: ", "))
    } else {
      outcome = burn(image, attempt)
    }
    outcomes[attempt] = outcome
    return outcome
  }

  package func withdraw(_ prepared: PreparedAttempt) { self.prepared.remove(prepared.attempt) }

  package func reconcile(_ attempt: Attempt, jobUUID: String?) -> AttemptOutcome {
    if let outcome = outcomes[attempt] { return outcome }
    if jobUUID == nil || prepared.remove(attempt) != nil { return .notSent(reason: "the attempt was never committed") }
    return .unknown(reason: "the printer was started anew")
  }

  package func forget(_ jobUUIDs: [String]) {}

  /// Encodes the picture and burns it; the roll may end within it.
  private func burn(_ image: SlipImage, _ attempt: Attempt) -> AttemptOutcome {
    guard let dots = DotImage(widthDots: image.widthDots, heightDots: image.heightDots, bits: image.bits) else {
      return .notSent(reason: "the picture is none")
    }
    let bytes = encoder.slip(dots, echo: ProcessID(number: attempt.number))
    var strip = PaperStrip(widthDots: paperWidthDots)
    var piece: PaperStrip.Piece?
    var echoed = false
    for command in ESCPOSDecoder.decodeAll(bytes) {
      let before = strip.lengthDots
      if let cut = strip.apply(command) { piece = cut }
      state.rollDots -= max(strip.lengthDots - before, 0)
      if state.rollDots <= 0 || state.breaksNextSlip && strip.lengthDots >= dots.heightDots / 2 { break }
      if case .echo = command { echoed = true }
    }
    if state.breaksNextSlip {
      state.breaksNextSlip = false
      state.rollDots = 0
    }
    state.rollDots = max(state.rollDots, 0)
    // The part of a slip that came out before the paper ended is kept as a torn one.
    if let paper = piece ?? strip.tear() {
      keep(paper.image, bytes, attempt, isWhole: echoed)
    }
    return echoed ? .printed(.echo) : .unknown(reason: "paper ran out in the middle of the slip")
  }

  private func keep(_ image: DotImage, _ bytes: [UInt8], _ attempt: Attempt, isWhole: Bool) {
    let picture = SlipImage(widthDots: image.widthDots, heightDots: image.heightDots, bits: image.bits)
    let name = folder?.save(bytes, png: png?(picture), slip: attempt.slip)
    printed.append(PrintedSlip(attempt: attempt, image: picture, file: name, isWhole: isWhole))
    if printed.count > Self.rememberedSlips { printed.removeFirst() }
    state.slips += 1
    wake()
  }

  // MARK: The dock

  /// Changes the printer's state.
  package func set(_ change: Change) {
    state.apply(change, dots: Self.dots(millimetres:))
    wake()
  }

  package func snapshot() -> Snapshot {
    Snapshot(
      conditions: state.conditions, isStalled: state.isStalled, hasPower: state.hasPower,
      breaksNextSlip: state.breaksNextSlip,
      rollMillimetres: state.rollDots * 127 / 1015, slips: state.slips, recent: printed)
  }

  /// The slips that came out, oldest first, at most `rememberedSlips`.
  package func slips() -> [PrintedSlip] { printed }

  /// Waits until `count` slips have come out since the start, whole or torn.
  package func untilSlips(_ count: Int) async {
    while state.slips < count { await change() }
  }

  /// Somebody waits for a change, such as a slip for the end of a stall.
  package var isWaiting: Bool { !waiters.isEmpty }

  private func resumes(within patience: Int) async -> Bool {
    let timer = Task {
      try? await Task.sleep(for: .milliseconds(patience))
      wake()
    }
    defer { timer.cancel() }
    let deadline = ContinuousClock.now.advanced(by: .milliseconds(patience))
    while state.isStalled, ContinuousClock.now < deadline { await change() }
    return !state.isStalled
  }

  private func change() async { await withCheckedContinuation { waiters.append($0) } }

  private func wake() {
    let woken = waiters
    waiters = []
    for waiter in woken { waiter.resume() }
  }

  /// Dots of a length at 203 dpi.
  private static func dots(millimetres: Int) -> Int { max(millimetres, 0) * 1015 / 127 }
}
