package import Groundwork
package import Hall

/// The clocks outside of the core, which never queries them: every moment arrives in an envelope.
package protocol TimeSource: Sendable {
  /// The civil clock, which may step.
  func now() -> Timestamp
  /// Milliseconds of the monotonic clock, for measuring waits.
  func monotonic() -> Int64
  /// Waits; throws early when the task is cancelled.
  func sleep(milliseconds: Int64) async throws
}

/// The source of random bits for identities.
package protocol Entropy: Sendable {
  func bits() -> UInt64
}

/// What a key that is derived from the hall's own is for. The raw value is the label of the derivation.
package enum KeyPurpose: String, Sendable, CaseIterable {
  /// The slots of the checkpoint's file.
  case checkpoint = "yichuang checkpoint 1"
  /// Heads of the journal that are kept elsewhere.
  case journalHead = "yichuang journal head 1"
  /// Codes on badges.
  case badge = "yichuang badge 1"
  /// Pseudonyms of phones, for counting no-shows.
  case reservationPhone = "yichuang reservation phone 1"
  /// Digests of people who reserve with a card; pseudonyms of a date are made of them.
  case reservationHolder = "yichuang reservation holder 1"
  /// Pseudonyms by which cases of a person are found.
  case caseHolder = "yichuang case holder 1"
  /// What the machines of a hall keep together beside the journal.
  case kept = "yichuang kept 1"
}

/// Digests, keyed digests and secret hashing, by an established library.
package protocol Sealing: Sendable {
  /// SHA-256, 32 bytes.
  func digest(_ bytes: [UInt8]) -> [UInt8]
  /// HMAC-SHA-256 under the hall's own key, 32 bytes; for comparing request bodies.
  func keyedDigest(_ bytes: [UInt8]) -> [UInt8]
  /// The same under a key that is derived from the hall's for this purpose alone (RFC 5869 §2.3).
  func keyedDigest(_ bytes: [UInt8], for purpose: KeyPurpose) -> [UInt8]
  /// SHA-256 of bytes that come in parts.
  func digest(of feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8]
  /// HMAC-SHA-256 under the hall's own key of bytes that come in parts.
  func keyedDigest(of feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8]
  /// scrypt (RFC 7914) with the parameters written into the result: `scrypt$ln=15,r=8,p=3$salt$hash` in base64.
  func hashSecret(_ secret: String) throws -> String
  /// True when `hash` was made of `secret`; false also for a hash of unknown form. Takes tenths of a second on purpose,
  /// the same for a hash of unknown form and for one of a lower cost: callers bound how many run at once.
  func verify(secret: String, hash: String) -> Bool
  /// Whether a hash was made with less work than those that are made now.
  func isOfLowerCost(_ hash: String) -> Bool
}

extension Sealing {
  package func isOfLowerCost(_ hash: String) -> Bool { false }

  package func digest(of feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8] { digest(whole(feed)) }

  package func keyedDigest(of feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8] {
    keyedDigest(whole(feed))
  }

  private func whole(_ feed: (@escaping (ArraySlice<UInt8>) -> Void) -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    feed { bytes += $0 }
    return bytes
  }
}

/// Makes pseudonyms that link two visits of one person on the same day, and on no other day.
package protocol HolderPseudonymizing: Sendable {
  /// The keyed digest of `identity` (a card's number) under the key of a business day; the key is created when the day
  /// has none.
  ///
  /// - Throws: when the key can be neither read nor created; then numbers are issued without pseudonyms.
  func pseudonym(of identity: [UInt8], on day: CivilDate) throws -> HolderPseudonym
  /// Destroys the key of every day but this one.
  ///
  /// - Returns: how many were destroyed.
  @discardableResult
  func destroyKeys(but day: CivilDate?) throws -> Int
}

/// Synthesises announcements.
package protocol Speech: Sendable {
  /// A WAV file, or nil when the hall cannot speak.
  func wave(_ sentence: Announcement) async -> [UInt8]?
}

/// Reads a screen's text aloud.
package protocol ScreenReading: Sendable {
  /// A WAV file, or nil when the hall cannot speak.
  func wave(_ reading: Reading) async -> [UInt8]?
}

/// A piece of a kiosk's screen to be read aloud.
package struct Reading: Hashable, Sendable {
  /// Characters of one piece.
  package static let longest = 160
  package let language: Announcement.Language
  /// The text for the synthesiser: at most `longest` characters, without control characters and without the brackets
  /// that it takes for phonemes.
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
  /// Whether 演练 is said first.
  package var isTraining = false

  package init(number: TicketNumber, window: Int, language: Language) {
    self.number = number
    self.window = window
    self.language = language
  }
}
