package import Groundwork
package import Hall

/// The edge's clock; the core never asks it, every moment arrives in an envelope.
package protocol TimeSource: Sendable {
  /// The civil clock, which may step.
  func now() -> Timestamp
  /// Milliseconds of a clock that never steps, for measuring waits.
  func monotonic() -> Int64
  /// Waits; returns early by throwing when the task is cancelled.
  func sleep(milliseconds: Int64) async throws
}

/// Where identities come from.
package protocol Entropy: Sendable {
  func bits() -> UInt64
}

/// Digests and secrets, over a well-kept library.
package protocol Sealing: Sendable {
  /// SHA-256, 32 bytes.
  func digest(_ bytes: [UInt8]) -> [UInt8]
  /// HMAC-SHA-256 under the hall's own key, 32 bytes: what a request body is compared by.
  func keyedDigest(_ bytes: [UInt8]) -> [UInt8]
  /// scrypt (RFC 7914) with the parameters written into the result: `scrypt$ln=15,r=8,p=1$salt$hash` in base64.
  func hashSecret(_ secret: String) throws -> String
  /// True when `secret` is the one that `hash` was made of; false also for a hash of unknown form. Takes tens of
  /// milliseconds on purpose: callers bound how many run at once.
  func verify(secret: String, hash: String) -> Bool
}

/// Marks people so that two visits on one day can be told to be one person's, and on no other day.
package protocol HolderPseudonymizing: Sendable {
  /// The keyed digest of `identity` (a card's number) under the key of a business day; the key is made when the day has none.
  ///
  /// - Throws: when the key can be neither read nor made; then nobody can be marked, and numbers are given without cards.
  func mark(_ identity: [UInt8], on day: CivilDate) throws -> HolderPseudonym
  /// Destroys the key of every day but this one.
  ///
  /// - Returns: how many were destroyed.
  @discardableResult
  func destroyKeys(but day: CivilDate?) throws -> Int
}

/// Speaks a sentence into sound.
package protocol Speech: Sendable {
  /// A WAV file, or nil when the hall cannot speak.
  func wave(_ sentence: Announcement) async -> [UInt8]?
}

/// Reads a screen's text into sound.
package protocol ScreenReading: Sendable {
  /// A WAV file, or nil when the hall cannot speak.
  func wave(_ reading: Reading) async -> [UInt8]?
}

/// A piece of what a kiosk's screen says.
package struct Reading: Hashable, Sendable {
  /// Characters of one piece.
  package static let longest = 160
  package let language: Announcement.Language
  /// What the synthesiser gets: at most `longest` characters, without controls and without the brackets that it takes for
  /// phonemes.
  package let spoken: String

  package init(text: String, language: Announcement.Language) {
    self.language = language
    let plain = text.unicodeScalars.prefix(4 * Self.longest).map { scalar -> Character in
      let kind = scalar.properties.generalCategory
      let unfit = kind == .control || kind == .format || kind == .surrogate || "[]<>".unicodeScalars.contains(scalar)
      return unfit ? " " : Character(scalar)
    }
    spoken = String(plain.prefix(Self.longest).split(separator: " ").joined(separator: " "))
  }
}

/// One call to be spoken: number and window, nothing else (the public rule of docs/DATA.md).
package struct Announcement: Hashable, Sendable {
  /// The number as printed: A042.
  package let number: TicketNumber
  package let window: Int
  package enum Language: String, Sendable { case mandarin = "zh", english = "en" }
  package let language: Language

  package init(number: TicketNumber, window: Int, language: Language) {
    self.number = number
    self.window = window
    self.language = language
  }
}
