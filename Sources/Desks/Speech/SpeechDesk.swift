package import Logging
package import Ports

/// Speaks the hall's calls: out of recorded clips where the hall has them all, else by espeak-ng.
///
/// A hall says the same few hundred sentences all day, so what was spoken is kept; boards that ask for the same
/// sentence at the same time wait for one rendering.
package actor SpeechDesk: Speech {
  /// Sentences kept; a hundred of them are about 20 MB.
  static let kept = 96
  /// Sentences being rendered; more are refused, and the board shows the call without a voice.
  static let atOnce = 8
  static let patienceMilliseconds: Int64 = 3_000

  private let clips: ClipFolder?
  private let synthesiser: String
  private let wordsPerMinute: Int
  private let logger: Logger
  private let programs = Subprocess(label: "speech")
  private var sounds: [Announcement: [UInt8]] = [:]
  /// The keys of `sounds`, the longest unused first.
  private var order: [Announcement] = []
  private var rendering: [Announcement: Task<[UInt8]?, Never>] = [:]
  private var saidSilent = false

  /// - Parameters:
  ///   - clips: a folder of recorded words, as `ClipFolder` says; nil for none.
  ///   - synthesiser: the path of espeak-ng.
  package init(
    clips: String? = nil, synthesiser: String = "/usr/bin/espeak-ng", wordsPerMinute: Int = 150, logger: Logger
  ) {
    self.clips = clips.map(ClipFolder.init(folder:))
    self.synthesiser = synthesiser
    self.wordsPerMinute = wordsPerMinute
    self.logger = logger
  }

  package func wave(_ sentence: Announcement) async -> [UInt8]? {
    guard (1...99).contains(sentence.window) else { return nil }
    if let known = sounds[sentence] {
      touch(sentence)
      return known
    }
    if let underWay = rendering[sentence] { return await underWay.value }
    guard rendering.count < Self.atOnce else { return nil }
    let task = Task { await render(sentence) }
    rendering[sentence] = task
    let sound = await task.value
    rendering[sentence] = nil
    if let sound { keep(sound, for: sentence) }
    return sound
  }

  private func render(_ sentence: Announcement) async -> [UInt8]? {
    if let recorded = clips?.wave(sentence) { return recorded.file }
    let voice =
      switch sentence.language {
      case .mandarin: "cmn-latn-pinyin"
      case .english: "en"
      }
    let output = await programs.output(
      of: [synthesiser, "-v", voice, "-s", "\(wordsPerMinute)", "--stdout", sentence.sentence],
      limit: WaveSound.longest, within: Self.patienceMilliseconds)
    switch output {
    case .success(let bytes):
      guard let sound = WaveSound(bytes), sound.duration > 0 else { return silent("no sound came out") }
      return sound.file
    case .failure(let fault): return silent("\(fault)")
    }
  }

  /// Says once that the hall cannot speak; boards show that themselves.
  private func silent(_ why: String) -> [UInt8]? {
    if !saidSilent { logger.warning("calls cannot be spoken", metadata: ["why": "\(why)"]) }
    saidSilent = true
    return nil
  }

  private func touch(_ sentence: Announcement) {
    order.removeAll { $0 == sentence }
    order.append(sentence)
  }

  private func keep(_ sound: [UInt8], for sentence: Announcement) {
    sounds[sentence] = sound
    touch(sentence)
    if order.count > Self.kept { sounds[order.removeFirst()] = nil }
  }
}
