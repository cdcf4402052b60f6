package import Logging
package import Ports

/// Reads aloud what a kiosk's screen says, by espeak-ng; a program and a queue of its own, so that no call waits for it.
///
/// The screens of a hall are few and say the same all day: what was spoken is kept, within bounds.
package actor ReadingDesk: ScreenReading {
  static let kept = 64
  /// Bytes of sound kept in all.
  static let room = 48 << 20
  /// Texts being rendered; more are refused, and the page goes on to its next sentence.
  static let atOnce = 8
  static let patienceMilliseconds: Int64 = 5_000

  private let synthesiser: String
  private let wordsPerMinute: Int
  private let logger: Logger
  private let programs = Subprocess(label: "reading")
  private var sounds: [Reading: [UInt8]] = [:]
  /// The keys of `sounds`, the longest unused first.
  private var order: [Reading] = []
  private var size = 0
  private var rendering: [Reading: Task<[UInt8]?, Never>] = [:]
  private var saidSilent = false

  package init(synthesiser: String = "/usr/bin/espeak-ng", wordsPerMinute: Int = 150, logger: Logger) {
    self.synthesiser = synthesiser
    self.wordsPerMinute = wordsPerMinute
    self.logger = logger
  }

  package func wave(_ reading: Reading) async -> [UInt8]? {
    guard !reading.spoken.isEmpty else { return nil }
    if let known = sounds[reading] {
      order.removeAll { $0 == reading }
      order.append(reading)
      return known
    }
    if let underWay = rendering[reading] { return await underWay.value }
    guard rendering.count < Self.atOnce else { return nil }
    let task = Task { await render(reading) }
    rendering[reading] = task
    let sound = await task.value
    rendering[reading] = nil
    if let sound { keep(sound, for: reading) }
    return sound
  }

  private func render(_ reading: Reading) async -> [UInt8]? {
    let voice = reading.language == .english ? "en" : "cmn"
    // After `--` no text is taken for an option.
    let output = await programs.output(
      of: [synthesiser, "-v", voice, "-s", "\(wordsPerMinute)", "--stdout", "--", reading.spoken],
      limit: WaveSound.longest, within: Self.patienceMilliseconds)
    switch output {
    case .success(let bytes):
      guard let sound = WaveSound(bytes), sound.duration > 0 else { return silent("no sound came out") }
      return sound.file
    case .failure(let fault): return silent("\(fault)")
    }
  }

  /// Says once that nothing can be read; the text is never in the log.
  private func silent(_ why: String) -> [UInt8]? {
    if !saidSilent { logger.warning("screens cannot be read aloud", metadata: ["why": "\(why)"]) }
    saidSilent = true
    return nil
  }

  private func keep(_ sound: [UInt8], for reading: Reading) {
    guard sounds[reading] == nil else { return }
    sounds[reading] = sound
    order.append(reading)
    size += sound.count
    while order.count > Self.kept || size > Self.room, let oldest = order.first {
      order.removeFirst()
      size -= sounds.removeValue(forKey: oldest)?.count ?? 0
    }
  }
}
