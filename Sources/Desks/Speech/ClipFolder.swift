import Foundation
import Ports

/// Recorded words: `zh/` and `en/` with a WAV file for each, all of one format.
struct ClipFolder: Sendable {
  /// Bytes; a clip is a word or two.
  static let largestFile = 2_000_000

  let folder: String

  /// The announcement made of recorded words; nil when a word is missing or a clip has another format.
  func wave(_ announcement: Announcement) -> WaveSound? {
    var sounds: [WaveSound] = []
    for word in announcement.words {
      let path = "\(folder)/\(announcement.language.rawValue)/\(word.clip).wav"
      guard let data = FileManager.default.contents(atPath: path), data.count <= Self.largestFile,
        let sound = WaveSound(Array(data))
      else { return nil }
      sounds.append(sound)
    }
    return WaveSound(joining: sounds)
  }
}
