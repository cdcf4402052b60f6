package import Groundwork

package enum DayRefusal: Hashable, Sendable {
  case journalNotAccepted
  case dayNotOpen
  case dayAlreadyOpen(CivilDate)
  case dateBehindJournal(given: CivilDate, last: CivilDate)
  case dateImplausible(given: CivilDate, last: CivilDate?)
  case ticketsInService([TicketNumber])
  /// A machine of the hall has a program that could not read it.
  case formatNotRaised

  var code: String {
    switch self {
    case .journalNotAccepted: "journal_not_accepted"
    case .dayNotOpen: "day_not_open"
    case .dayAlreadyOpen: "day_already_open"
    case .dateBehindJournal: "date_behind_journal"
    case .dateImplausible: "date_implausible"
    case .ticketsInService: "tickets_in_service"
    case .formatNotRaised: "format_not_raised"
    }
  }
}
