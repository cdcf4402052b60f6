/// One word of an announcement: its recorded clip, and its spelling for the synthesiser.
struct SpokenWord: Hashable, Sendable {
  /// The clip's file name without its ending: lower-case pinyin or English, digits, or a lane's letter.
  let clip: String
  /// The spelling for the synthesiser: pinyin with tones for Mandarin, plain words for English.
  let spelling: String
  /// True where a short pause follows the word.
  let pause: Bool

  init(_ clip: String, _ spelling: String, pause: Bool = false) {
    self.clip = clip
    self.spelling = spelling
    self.pause = pause
  }
}
