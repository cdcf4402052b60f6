import Logging

/// Why there is no sound, in words for the log.
struct Silence: Error {
  let why: String
}

/// The cache of rendered speech, shared by announcements and reading aloud: one rendering of each text at a time, a
/// bounded number of sounds, and one log line when rendering fails.
///
/// A hall repeats its texts all day. A request for a text that is being rendered waits for that rendering.
actor SpeechCache<Text: Hashable & Sendable> {
  struct Bounds: Sendable {
    /// The most sounds kept.
    var sounds: Int
    /// The most bytes of sound kept.
    var bytes: Int
    /// The most texts rendered at a time; more are refused.
    var atOnce = 8
  }

  private let bounds: Bounds
  private let logger: Logger
  private let trouble: Logger.Message
  private let render: @Sendable (Text) async -> Result<WaveSound, Silence>
  private var sounds: [Text: [UInt8]] = [:]
  /// The keys of `sounds`, least recently used first.
  private var order: [Text] = []
  private var size = 0
  private var rendering: [Text: Task<[UInt8]?, Never>] = [:]
  private var saidSilent = false

  /// - Parameter trouble: the log's text, once, when rendering fails; the spoken text is never logged.
  init(
    _ bounds: Bounds, logger: Logger, trouble: Logger.Message,
    render: @escaping @Sendable (Text) async -> Result<WaveSound, Silence>
  ) {
    self.bounds = bounds
    self.logger = logger
    self.trouble = trouble
    self.render = render
  }

  /// A WAV file; nil when rendering failed or too many texts are being rendered.
  func wave(_ text: Text) async -> [UInt8]? {
    if let known = sounds[text] {
      order.removeAll { $0 == text }
      order.append(text)
      return known
    }
    if let underWay = rendering[text] { return await underWay.value }
    guard rendering.count < bounds.atOnce else { return nil }
    let task = Task { await rendered(text) }
    rendering[text] = task
    let sound = await task.value
    rendering[text] = nil
    if let sound { keep(sound, for: text) }
    return sound
  }

  private func rendered(_ text: Text) async -> [UInt8]? {
    switch await render(text) {
    case .success(let sound): return sound.file
    case .failure(let silence):
      if !saidSilent { logger.warning(trouble, metadata: ["why": "\(silence.why)"]) }
      saidSilent = true
      return nil
    }
  }

  private func keep(_ sound: [UInt8], for text: Text) {
    guard sounds[text] == nil else { return }
    sounds[text] = sound
    order.append(text)
    size += sound.count
    while order.count > bounds.sounds || size > bounds.bytes, let oldest = order.first {
      order.removeFirst()
      size -= sounds.removeValue(forKey: oldest)?.count ?? 0
    }
  }
}
