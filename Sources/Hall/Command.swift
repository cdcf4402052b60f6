/// A request to the hall, in the imperative; a sum of slices like `Event`.
package enum Command: Hashable, Sendable {
  case day(DayCommand)
  case queue(QueueCommand)
  /// A clerk's verb at the window with this number.
  case window(Int, WindowCommand)
  case notice(NoticeCommand)
  case help(HelpCommand)
  case print(PrintCommand)
  case catalogue(CatalogueCommand)
  case awareness(AwarenessCommand)
  case staff(StaffCommand)
  case arrangement(ArrangementCommand)
  case emergency(EmergencyCommand)
  case reservation(ReservationCommand)
  case cases(CaseCommand)
  case consult(ConsultCommand)
  case agency(AgencyCommand)
  case lease(LeaseCommand)
}

extension Command {
  /// True for commands that finish what has begun and take little room. They go on where a full disk has only its reserve
  /// left.
  ///
  /// They are every step of tickets that exist, at windows and away from them, the outcomes of their slips, help rings,
  /// closing the day and noting its head.
  package var isFinishing: Bool {
    switch self {
    case .queue(.takeTicket), .queue(.weighLanes), .notice(.issueNotice), .print(.reprint), .day(.openDay),
      .day(.acceptJournal), .day(.noteDeparture), .day(.raiseFormat), .catalogue, .awareness, .staff, .arrangement,
      .reservation(.make),
      .reservation(.makeAll), .reservation(.checkIn), .cases(.open), .cases(.print), .consult(.note),
      .agency(.entrust), .lease(.leaseNumbers):
      false
    case .queue, .window, .print, .help, .emergency, .reservation, .cases, .consult, .agency, .day(.closeDay),
      .day(.noteHead), .lease:
      true
    }
  }

  /// True for commands that need a number or paper: they wait while slips of an earlier run are reconciled, so that no
  /// new slip comes out before those are settled.
  ///
  /// Calling, serving, answering and everything else about issued numbers goes on meanwhile.
  package var isIntake: Bool {
    switch self {
    case .queue(.takeTicket), .notice(.issueNotice), .print(.reprint), .reservation(.make), .reservation(.checkIn),
      .agency(.entrust), .agency(.carry):
      true
    case .cases(let command): command.wantsPaper
    case .day, .queue, .window, .help, .print, .catalogue, .awareness, .staff, .arrangement, .emergency, .reservation,
      .consult, .agency, .lease:
      false
    }
  }
}
