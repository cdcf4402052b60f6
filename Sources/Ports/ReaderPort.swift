package import Groundwork
package import ReaderProtocols

/// A card reader or a scanner, identified by its port path.
///
/// The path of ports from the root, as the kernel writes it: `1-2` or `1-2.3`. It stays the same when a device is
/// unplugged and plugged in again, and two devices never share it.
package struct ReaderID: Hashable, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ portPath: String) { description = portPath }
}

/// A connected device.
package struct ReaderDevice: Hashable, Sendable {
  package let id: ReaderID
  package let kind: ReaderKind
  /// For people: the device's own name, or its ids on the bus (`0400:c35a`).
  package let name: String
  /// The card module's number, or the device's serial number, once known: it identifies the device at another port
  /// path. nil for one that has none.
  package let serial: String?

  package init(id: ReaderID, kind: ReaderKind, name: String, serial: String? = nil) {
    self.id = id
    self.kind = kind
    self.name = name
    self.serial = serial
  }
}

/// The part of a card that a hall needs. Photo, address and the rest are dropped in the reader process.
///
/// Personal data. Its description is redacted, so that it cannot end in a log line.
package struct LaidCard: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  package let kind: CardKind
  /// The name to address the person by: Chinese where the card has one, else Latin. Safe to show, at most 60
  /// characters.
  package let name: String
  /// The person's number as on the card; 18 characters, or 15 on the card of 2017.
  package let number: String
  /// nil when the card's date is invalid.
  package let birth: CivilDate?
  /// nil for 长期 and for an invalid date.
  package let validTo: CivilDate?
  package let isValidForever: Bool
  /// Inconsistencies, for people to judge: valid cards with wrong check digits exist.
  package let doubts: [CardDoubt]

  package init(
    kind: CardKind, name: String, number: String, birth: CivilDate?, validTo: CivilDate?, isValidForever: Bool = false,
    doubts: [CardDoubt] = []
  ) {
    self.kind = kind
    self.name = name
    self.number = number
    self.birth = birth
    self.validTo = validTo
    self.isValidForever = isValidForever
    self.doubts = doubts
  }

  /// The part of a card's text that the hall needs, made safe to show.
  package init(_ text: CardText) {
    self.init(
      kind: text.kind, name: SafeText(text.name, limit: 60).description,
      number: SafeText(text.number, limit: 18).description, birth: text.birth, validTo: text.validTo,
      isValidForever: text.isValidForever, doubts: text.doubts)
  }

  /// Whether the number identifies a person: a blank or damaged one does not.
  package var namesSomebody: Bool {
    !number.isEmpty && !doubts.contains(.numberForm) && !doubts.contains(.numberBirth)
  }

  package var description: String { "a card (\(kind.rawValue))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A scanned code.
///
/// It may contain somebody's name and number. Its description is redacted, so that it cannot end in a log line.
package struct ScannedCode: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The most characters (Unicode scalars) of `text`.
  package static let longestText = 1000

  /// Safe to show: bounded, without control characters and direction marks.
  package let text: String
  /// Whether `text` is the whole code, so that it may be compared.
  package let isWhole: Bool
  /// The kind of symbol, where the scanner reports it: `]Q1` (ISO/IEC 15424).
  package let symbol: String?

  package init(text: String, isWhole: Bool, symbol: String? = nil) {
    self.text = text
    self.isWhole = isWhole
    self.symbol = symbol
  }

  /// A scan, made safe to show.
  package init(_ scan: Scan) {
    let safe = SafeText(scan.text, limit: Self.longestText)
    self.init(text: safe.description, isWhole: !safe.wasChanged, symbol: scan.symbol?.description)
  }

  package var description: String { "a code (\(text.unicodeScalars.count) characters)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

package enum ReaderEvent: Hashable, Sendable {
  /// A device is connected. Sent again when its name or serial number becomes known; it then replaces the earlier
  /// event.
  case arrived(ReaderDevice)
  case condition(ReaderID, ReaderCondition)
  case left(ReaderID)
  /// A card lies on a reader and is not read, because that is not allowed now; once each time a card is laid down.
  case found(ReaderID)
  /// Once each time a card is laid down, or reading is allowed while it lies there.
  case card(ReaderID, LaidCard)
  case cardTrouble(ReaderID, CardTrouble)
  /// No card is found where one was: it may have been lifted.
  case fieldEmpty(ReaderID)
  case code(ReaderID, ScannedCode)
  /// An unusable scan: longer than any code may be, or cut off.
  case codeTrouble(ReaderID)
  /// Whether the reader service runs. When it does not, all devices have left.
  case service(isRunning: Bool)
}

package enum ReaderCommand: Hashable, Sendable {
  /// Looks for cards and listens for codes, as at start; or ignores them, when the page must not get them.
  case read(Bool)
  /// Whether a card on a reader is read. False at start: then it is only reported as `found`, which reveals nothing
  /// about its holder (个人信息保护法 第十七条: inform first, then read).
  case readCards(Bool)
  /// Re-scans for devices now, instead of within half a minute.
  case rescan
  /// Closes the device and opens it again.
  case reset(ReaderID)
}

/// The card readers and scanners of one kiosk.
package protocol ReaderPort: Sendable {
  /// All events from now on, beginning with the present state: `service`, then `arrived` and `condition` of each
  /// device.
  ///
  /// A stream that is not read ends after `ReaderAudience.mostWaiting` events; subscribe again then. Cards and codes
  /// are sent to present listeners only, and never repeated.
  func events() async -> AsyncStream<ReaderEvent>
  /// Performs a command; its results are events.
  func send(_ command: ReaderCommand) async
}
