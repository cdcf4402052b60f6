/// What somebody asks of the hall. Imperative; a sum of slices, as `Event` is.
package enum Command: Hashable, Sendable {
  case day(DayCommand)
  case queue(QueueCommand)
  /// A clerk's verb at the window of this number.
  case window(Int, WindowCommand)
  case notice(NoticeCommand)
  case help(HelpCommand)
  case print(PrintCommand)
  case catalogue(CatalogueCommand)
  case awareness(AwarenessCommand)
}

extension Command {
  /// True for what asks for a number or for paper: it waits while the paper of an earlier run is looked up, so that nothing
  /// new comes between an old slip and what is known of it.
  ///
  /// Calling, serving, answering and everything else about numbers that are out goes on meanwhile.
  package var isIntake: Bool {
    switch self {
    case .queue(.takeTicket), .notice(.issueNotice), .print(.reprint): true
    case .day, .queue, .window, .help, .print, .catalogue, .awareness: false
    }
  }
}
