/// The hall rejects a command: expected, correct, and explained in the client's language. A sum of slices like `Event`.
package enum Refusal: Error, Hashable, Sendable {
  case day(DayRefusal)
  case queue(QueueRefusal)
  case window(WindowRefusal)
  case notice(NoticeRefusal)
  case help(HelpRefusal)
  case print(PrintRefusal)
  case awareness(AwarenessRefusal)
  case staff(StaffRefusal)
  case arrangement(ArrangementRefusal)
  case reservation(ReservationRefusal)
  case cases(CaseRefusal)
  case consult(ConsultRefusal)
  case agency(AgencyRefusal)
  case lease(LeaseRefusal)
  /// A fault of the request itself, for any slice.
  case request(RequestRefusal)

  /// The code of the API.
  package var code: String {
    switch self {
    case .day(let refusal): refusal.code
    case .queue(let refusal): refusal.code
    case .window(let refusal): refusal.code
    case .notice(let refusal): refusal.code
    case .help(let refusal): refusal.code
    case .print(let refusal): refusal.code
    case .awareness(let refusal): refusal.code
    case .staff(let refusal): refusal.code
    case .arrangement(let refusal): refusal.code
    case .reservation(let refusal): refusal.code
    case .cases(let refusal): refusal.code
    case .consult(let refusal): refusal.code
    case .agency(let refusal): refusal.code
    case .lease(let refusal): refusal.code
    case .request(let refusal): refusal.code
    }
  }
}

package enum RequestRefusal: Hashable, Sendable {
  case unknownItem(String)
  case unknownKiosk(String)
  case staffOnly
  case coordinatorOnly
  /// A reason that is empty, too long or holds control characters.
  case badReason

  var code: String {
    switch self {
    case .unknownItem: "unknown_item"
    case .unknownKiosk: "unknown_kiosk"
    case .staffOnly: "staff_only"
    case .coordinatorOnly: "coordinator_only"
    case .badReason: "bad_reason"
    }
  }
}
