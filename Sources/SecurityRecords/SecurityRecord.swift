import FoundationEssentials
package import Groundwork

/// One line of the security log: an action or an attempt that matters to an auditor. It contains no secret.
///
/// A line is a JSON object whose values are texts. Text from outside is escaped and cut, so that it cannot begin a
/// second line or another field.
package struct SecurityRecord: Hashable, Sendable {
  package enum Event: String, CaseIterable, Sendable {
    case started, stopped
    case signedIn = "signed_in"
    case signInFailed = "sign_in_failed"
    /// A client that failed too often is refused for a while.
    case lockedOut = "locked_out"
    case sessionEnded = "session_ended"
    case secretChanged = "secret_changed"
    /// A clerk set, changed or took away their badge PIN.
    case pinChanged = "pin_changed"
    /// A badge PIN ended after too many wrong ones.
    case pinEnded = "pin_ended"
    /// Somebody gave a member a first secret.
    case firstSecretGiven = "first_secret_given"
    /// Somebody ended the delay of a badge's sign-ins.
    case delayReleased = "delay_released"
    /// A badge was shown that has been reissued since.
    case badgeRevoked = "badge_revoked"
    /// A silent call for help from a console.
    case emergencyRaised = "emergency_raised"
    case emergencyTaken = "emergency_taken"
    case emergencyEnded = "emergency_ended"
    case auditRead = "audit_read"
    /// A request of the wrong role, of another site, to another host, with a wrong link, too fast.
    case refused
    /// A reload put other settings in force.
    case settingsChanged = "settings_changed"
    case settingsRefused = "settings_refused"
    case staffAdded = "staff_added"
    case staffRemoved = "staff_removed"
    case roleChanged = "role_changed"
    /// The configuration has another hash for this badge.
    case secretReplaced = "secret_replaced"
    case backupMade = "backup_made"
    case backupRestored = "backup_restored"
    case journalAccepted = "journal_accepted"
    /// A new version was installed and stays.
    case updateMade = "update_made"
    /// The previous version was restored, with the reason.
    case updateTakenBack = "update_taken_back"
    /// `yichuangctl decode`, or a page with a reason, told somebody's data in full.
    case personalDataShown = "personal_data_shown"
    /// Somebody looked for the cases of a card's number, and how many there were.
    case caseSearched = "case_searched"
    /// Somebody without authority came for another's result, and did not get it.
    case collectionRefused = "collection_refused"
    /// The day's share of the file for what strangers can cause is used up; the rest is in the system's log only.
    case shareUsedUp = "share_used_up"

    /// Whether strangers can cause any number of them.
    var isBulk: Bool { [.refused, .signInFailed, .lockedOut, .badgeRevoked].contains(self) }
  }

  package enum Field: String, CaseIterable, Sendable {
    case badge, role, code, source, listener, request, count, window, console, why, by, settings, catalogue, file, kind
    case configuration, seconds
  }

  package let at: Timestamp
  package let event: Event
  package let fields: [Field: String]

  /// Characters of a value.
  static let longest = 200

  /// Values are made safe here, so that the system's log and the file have the same text.
  package init(_ event: Event, _ fields: [Field: String?] = [:], at: Timestamp) {
    self.at = at
    self.event = event
    self.fields = fields.compactMapValues { $0.map(Self.safe) }
  }

  /// In the order in which fields are listed above.
  package var pairs: [(field: Field, value: String)] {
    Field.allCases.compactMap { field in fields[field].map { (field, $0) } }
  }

  /// Replaces control characters, line separators and characters that change the direction of writing by `?`.
  static func safe(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars.prefix(longest) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        safe.unicodeScalars.append("?")
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// `{"at":"2026-11-23T09:00:00+08:00","event":"signed_in","badge":"AJ001"}`, without its line feed.
  package func line(_ zone: ZoneOffset = .beijing) -> String {
    var text = #"{"at":"\#(zone.rfc3339(at))","event":"\#(event.rawValue)""#
    for (field, value) in pairs { text += #","\#(field.rawValue)":"\#(Self.escaped(value))""# }
    return text + "}"
  }

  /// RFC 8259 §7; control characters are gone already.
  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}

/// A line as it is read again; events and fields of a later release stand as they were written.
package struct SecurityLine: Sendable {
  /// RFC 3339.
  package let at: String
  package let event: String
  package let values: [String: String]
  /// The line itself.
  package let text: String

  /// Nil for what is no line of the log.
  package init?(_ text: some StringProtocol) {
    guard var values = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)),
      let at = values.removeValue(forKey: "at"), let event = values.removeValue(forKey: "event")
    else { return nil }
    (self.at, self.event, self.values, self.text) = (at, event, values, String(text))
  }
}
