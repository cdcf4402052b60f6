package import Logging
package import Ports

/// Speaks the hall's calls: from recorded clips where all words exist, else by espeak-ng. Without either, boards show that
/// they are silent.
package struct SpeechDesk: Speech {
  package static let patienceMilliseconds: Int64 = 3_000

  private let voice: SpeechCache<Announcement>
  private let isTraining: Bool

  /// - Parameters:
  ///   - clips: a folder of recorded words, as `ClipFolder` says; nil for none.
  ///   - isTraining: whether every call begins with 演练.
  ///   - synthesiser: the path of espeak-ng.
  package init(
    clips: String? = nil, isTraining: Bool = false, synthesiser: String = "/usr/bin/espeak-ng",
    wordsPerMinute: Int = 150,
    patienceMilliseconds: Int64 = SpeechDesk.patienceMilliseconds, logger: Logger
  ) {
    self.isTraining = isTraining
    let recorded = clips.map(ClipFolder.init(folder:))
    let espeak = Espeak(
      path: synthesiser, wordsPerMinute: wordsPerMinute, patienceMilliseconds: patienceMilliseconds)
    // A hall says a few hundred sentences; a hundred of them are about 20 MB.
    voice = SpeechCache(
      SpeechCache.Bounds(sounds: 96, bytes: 48 << 20), logger: logger, trouble: "calls cannot be spoken"
    ) {
      announcement in
      if let sound = recorded?.wave(announcement) { return .success(sound) }
      return await espeak.sound(
        announcement.sentence, voice: announcement.language == .english ? "en" : "cmn-latn-pinyin")
    }
  }

  package func wave(_ announcement: Announcement) async -> [UInt8]? {
    guard (1...99).contains(announcement.window) else { return nil }
    var announcement = announcement
    announcement.isTraining = isTraining
    return await voice.wave(announcement)
  }
}
