/// The hall says no: expected, correct, and told in the words of whoever asked. A sum of slices, as `Event` is.
package enum Refusal: Error, Hashable, Sendable {
  case day(DayRefusal)
  case queue(QueueRefusal)
  case window(WindowRefusal)
  case notice(NoticeRefusal)
  case help(HelpRefusal)
  case print(PrintRefusal)
  case awareness(AwarenessRefusal)
  /// What is wrong with the request itself, whichever slice it is for.
  case request(RequestRefusal)

  /// The stable word of the API.
  package var code: String {
    switch self {
    case .day(let refusal): refusal.code
    case .queue(let refusal): refusal.code
    case .window(let refusal): refusal.code
    case .notice(let refusal): refusal.code
    case .help(let refusal): refusal.code
    case .print(let refusal): refusal.code
    case .awareness(let refusal): refusal.code
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
