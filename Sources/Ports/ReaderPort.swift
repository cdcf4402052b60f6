package import Groundwork

/// A card reader or a scanner by the port path at which it is plugged in.
///
/// The path of ports from the root, as the system writes it: `1-2` or `1-2.3`. It stays the same when a device is pulled and put
/// back, and two devices never share it.
package struct ReaderID: Hashable, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ portPath: String) { description = portPath }
}

/// What is plugged in.
package struct ReaderDevice: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Reads identity cards.
    case cardReader = "card_reader"
    /// Reads codes.
    case scanner
  }

  package let id: ReaderID
  package let kind: Kind
  /// For people: the device's own name, or its numbers on the bus (`0400:c35a`).
  package let name: String
  /// The card module's number, or the device's serial number, as soon as it is known: tells the same device at another
  /// place. nil for one that does not say.
  package let serial: String?

  package init(id: ReaderID, kind: Kind, name: String, serial: String? = nil) {
    self.id = id
    self.kind = kind
    self.name = name
    self.serial = serial
  }
}

/// How a device that is plugged in is doing.
package enum ReaderCondition: String, Hashable, Sendable, CaseIterable {
  /// Being opened, for the first time or again.
  case opening
  case ready
  /// Another program holds it; tried again and again.
  case taken
  /// The daemon's user may not open it; tried again and again.
  case notPermitted = "not_permitted"
  /// No sensible answer; being reset and opened anew.
  case silent
  /// The card module says that it cannot work: service has to come.
  case needsService = "needs_service"
}

/// A card that was laid down, as far as a hall needs it. Photo, address and all else were dropped where the device is.
///
/// Personal data: used and forgotten. It has no description that could end in a log line.
package struct LaidCard: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 居民身份证.
    case resident
    /// 港澳台居民居住证.
    case residencePermit = "residence_permit"
    /// 外国人永久居留身份证 of 2017.
    case permanentResident2017 = "permanent_resident_2017"
    /// 外国人永久居留身份证 of 2023.
    case permanentResident2023 = "permanent_resident_2023"
  }

  package let kind: Kind
  /// To address the person by: Chinese where the card has one, else Latin. Safe to show, at most 60 characters.
  package let name: String
  /// The person's number as the card says it; 18 characters, or 15 on the card of 2017.
  package let number: String
  /// nil when the card's date is none.
  package let birth: CivilDate?
  /// nil for 长期 and for what is no date.
  package let validTo: CivilDate?
  package let isValidForever: Bool
  /// What does not fit together (`number_check`, `birth_differs` …), for people to judge: cards with wrong check digits
  /// are in use.
  package let doubts: [String]

  package init(
    kind: Kind, name: String, number: String, birth: CivilDate?, validTo: CivilDate?, isValidForever: Bool = false,
    doubts: [String] = []
  ) {
    self.kind = kind
    self.name = name
    self.number = number
    self.birth = birth
    self.validTo = validTo
    self.isValidForever = isValidForever
    self.doubts = doubts
  }

  /// Whether the number tells one person from another: a blank or damaged one does not.
  package var namesSomebody: Bool {
    !number.isEmpty && !doubts.contains("number_form") && !doubts.contains("number_birth")
  }

  package var description: String { "a card (\(kind.rawValue))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a card that lies there is not read.
package enum LaidCardTrouble: String, Hashable, Sendable, CaseIterable {
  /// It was lifted too early, or lies badly.
  case layAgain = "lay_again"
  /// A bank card, a ticket, or a kind newer than the reader.
  case notAnIdentityCard = "not_an_identity_card"
  /// Card and reader did not accept each other: worn out, or not what it seems.
  case unverifiable
  /// The reader read it, and its text is in none of the forms that we know.
  case unknownText = "unknown_text"
}

/// A code that was held under a scanner.
///
/// It may hold somebody's name and number. It has no description that could end in a log line.
package struct ScannedCode: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The most characters (Unicode scalars) of `text`.
  package static let longestText = 1000

  /// Fit to be shown: without controls and marks of direction, bounded.
  package let text: String
  /// Whether `text` is all that the code holds, so that it may be compared.
  package let isWhole: Bool
  /// What kind of symbol it was, where the scanner says so: `]Q1` (ISO/IEC 15424).
  package let symbol: String?

  package init(text: String, isWhole: Bool, symbol: String? = nil) {
    self.text = text
    self.isWhole = isWhole
    self.symbol = symbol
  }

  package var description: String { "a code (\(text.unicodeScalars.count) characters)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

package enum ReaderEvent: Hashable, Sendable {
  /// A device is there. Comes again when its name or serial number gets known; then it replaces what was said before.
  case arrived(ReaderDevice)
  case condition(ReaderID, ReaderCondition)
  case left(ReaderID)
  /// Something lies on a reader and is not read, because that is not allowed now; once for each time that it is laid down.
  case found(ReaderID)
  /// Once for each time that a card is laid down, or is allowed to be read while it lies there.
  case card(ReaderID, LaidCard)
  case cardTrouble(ReaderID, LaidCardTrouble)
  /// No card is found where one was: it may have been lifted.
  case fieldEmpty(ReaderID)
  case code(ReaderID, ScannedCode)
  /// Something was scanned that is no usable code: longer than any code may be, or cut off.
  case codeTrouble(ReaderID)
  /// Whether the part of the daemon that looks after devices runs. When it does not, all devices have left.
  case service(isRunning: Bool)
}

package enum ReaderCommand: Hashable, Sendable {
  /// Looks for cards and listens for codes, as at start; or leaves them unread, when the page must not know.
  case read(Bool)
  /// Whether a card that lies on a reader is read. False at start: then only that something lies there is told (`found`), and
  /// nothing of whom it belongs to (个人信息保护法 第十七条: told first, read then).
  case readCards(Bool)
  /// Looks for devices now, instead of within half a minute.
  case rescan
  /// Closes the device and opens it anew.
  case reset(ReaderID)
}

/// The card readers and scanners of one kiosk.
package protocol ReaderPort: Sendable {
  /// What happens from now on; begins with what is there: `service`, then `arrived` and `condition` of each device.
  ///
  /// A stream that nobody empties ends (after `ReaderAudience.mostWaiting` events); listen anew then. Cards and codes
  /// are told to whom listens at the moment, and never again.
  func events() async -> AsyncStream<ReaderEvent>
  /// Does what it can; what came of it is told by events.
  func send(_ command: ReaderCommand) async
}
