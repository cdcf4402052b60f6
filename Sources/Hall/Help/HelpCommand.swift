/// What somebody asks of help rings (请人帮忙).
package enum HelpCommand: Hashable, Sendable {
  case askForHelp(kiosk: String)
  /// A console shows the ring of this id.
  case hearHelp(String)
  /// The ring of this id has waited too long.
  case escalateHelp(String)
  case answerHelp(String)
}
