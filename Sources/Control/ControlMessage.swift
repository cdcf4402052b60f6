/// What the operator's tool asks of a running daemon on `control.sock`: one line of JSON, answered by one line.
package struct ControlRequest: Hashable, Sendable, Codable {
  package enum Name: String, Hashable, Sendable, Codable, CaseIterable {
    case status
    /// Reads the whole journal and verifies its hash chain.
    case verify
    /// The head of the journal, to be kept elsewhere.
    case head
    /// Copies the journal to `path` while the hall goes on.
    case backup
    /// Staff accept a journal that does not match the checkpoint.
    case acceptJournal = "accept-journal"
    case openDay = "open-day"
    case closeDay = "close-day"
    /// Reads configuration and catalogue again.
    case reload
    /// Prints a test slip at `kiosk`.
    case testSlip = "test-slip"
    /// Makes the reservations of the table `text`, or none.
    case importReservations = "import-reservations"
  }

  package let command: Name
  /// The user of this machine who ran the tool, for the security log. It is not verified: a client may send any name.
  package var by: String?
  /// Absolute path; of `backup`.
  package var path: String?
  /// Of `backup`: where the tool takes the copy afterwards, for the security log.
  package var destination: String?
  /// Of `verify`: a head that was kept elsewhere.
  package var head: String?
  /// Of `test-slip`.
  package var kiosk: String?
  /// Of `import-reservations`: at most `mostText` bytes.
  package var text: String?
  /// Of `open-day`: a person has checked the date.
  package var confirm: Bool?
  /// Of `accept-journal`: a person confirms that the hall gave no number after the restored copy was made.
  package var noneSince: Bool?
  /// Of `close-day`: close even while somebody is at a window.
  package var force: Bool?

  /// Bytes of a request's text.
  package static let mostText = 100_000

  package init(_ command: Name) { self.command = command }
}

/// What the daemon answers.
package struct ControlReply: Hashable, Sendable, Codable {
  /// The exit status of the tool: 0 when it was done, else one of sysexits.h.
  package let status: Int32
  /// One sentence for the operator.
  package let sentence: String
  /// The same in Chinese; nil from an older daemon, and where the sentence is only numbers and names.
  package let chinese: String?
  /// The answer as numbers and stable words, for programs.
  package let details: [String: ControlValue]

  package init(
    status: Int32 = 0, _ sentence: String, zh: String? = nil, _ details: [String: ControlValue] = [:]
  ) {
    self.status = status
    self.sentence = sentence
    chinese = zh
    self.details = details
  }

  /// The sentence for the terminal, in the language asked for.
  package func words(inChinese: Bool) -> String { inChinese ? chinese ?? sentence : sentence }

  /// The same answer with the name of its subject in front, where there are several.
  package func of(_ subject: String) -> ControlReply {
    ControlReply(status: status, "\(subject): \(sentence)", zh: chinese.map { "\(subject)：\($0)" }, details)
  }
}

/// A value of an answer's details.
package indirect enum ControlValue: Hashable, Sendable, Codable, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([ControlValue])
  case object([String: ControlValue])
  case null

  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int64) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([ControlValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: ControlValue].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    case .null: try container.encodeNil()
    }
  }
}
