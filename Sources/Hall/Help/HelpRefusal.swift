package enum HelpRefusal: Hashable, Sendable {
  case unknownHelp
  case helpBusy

  var code: String {
    switch self {
    case .unknownHelp: "unknown_help"
    case .helpBusy: "help_busy"
    }
  }
}
