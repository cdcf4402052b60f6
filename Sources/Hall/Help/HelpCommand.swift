/// Commands about help rings (请人帮忙).
package enum HelpCommand: Hashable, Sendable {
  case askForHelp(kiosk: String)
  /// A console shows the ring with this id.
  case hearHelp(String)
  /// The ring with this id has waited too long.
  case escalateHelp(String)
  case answerHelp(String)
}
