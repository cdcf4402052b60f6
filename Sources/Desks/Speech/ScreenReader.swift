package import Logging
package import Ports

/// Reads a kiosk's screen aloud, by espeak-ng. It has a cache and queue of its own, so that no call waits for it.
package struct ScreenReader: ScreenReading {
  package static let patienceMilliseconds: Int64 = 5_000

  private let voice: SpeechCache<Reading>

  package init(
    synthesiser: String = "/usr/bin/espeak-ng", wordsPerMinute: Int = 150,
    patienceMilliseconds: Int64 = ScreenReader.patienceMilliseconds, logger: Logger
  ) {
    let espeak = Espeak(
      path: synthesiser, wordsPerMinute: wordsPerMinute, patienceMilliseconds: patienceMilliseconds)
    voice = SpeechCache(
      SpeechCache.Bounds(sounds: 64, bytes: 48 << 20), logger: logger, trouble: "screens cannot be read aloud"
    ) { reading in await espeak.sound(reading.spoken, voice: reading.language == .english ? "en" : "cmn") }
  }

  /// A refused text is skipped: the page goes on to its next sentence.
  package func wave(_ reading: Reading) async -> [UInt8]? {
    guard !reading.spoken.isEmpty else { return nil }
    return await voice.wave(reading)
  }
}
