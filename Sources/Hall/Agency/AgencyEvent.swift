/// Events of agency cases (代办件). Their payloads are in `AgencyEvent+Steps.swift`.
package enum AgencyEvent: Hashable, Sendable {
  case agencyEntrusted(AgencyEntrusted)
  case agencyTaken(AgencyTaken)
  case agencyDeclined(AgencyDeclined)
  case agencyCarried(AgencyCarried)
  /// The town's window has the papers.
  case agencyHandedIn(AgencyHandedIn)
  /// The agent has the originals again, and the result where there is one.
  case agencyFetched(AgencyFetched)
  /// Originals went back to their owner before the end.
  case agencyReturned(AgencyReturned)
  case agencyDelivered(AgencyDelivered)
  case agencyFiled(AgencyFiled)
  case agencyAsked(AgencyAsked)
  case agencyEnded(AgencyEnded)
  case agencyRenewed(AgencyRenewed)
  case agencyReassigned(AgencyReassigned)
  /// A month is over: by the clock.
  case agencyReported(AgencyReported)

  /// The event's name in journal and feed.
  var name: String {
    switch self {
    case .agencyEntrusted: "agencyEntrusted"
    case .agencyTaken: "agencyTaken"
    case .agencyDeclined: "agencyDeclined"
    case .agencyCarried: "agencyCarried"
    case .agencyHandedIn: "agencyHandedIn"
    case .agencyFetched: "agencyFetched"
    case .agencyReturned: "agencyReturned"
    case .agencyDelivered: "agencyDelivered"
    case .agencyFiled: "agencyFiled"
    case .agencyAsked: "agencyAsked"
    case .agencyEnded: "agencyEnded"
    case .agencyRenewed: "agencyRenewed"
    case .agencyReassigned: "agencyReassigned"
    case .agencyReported: "agencyReported"
    }
  }

  /// The agency case that it concerns; nil for a month.
  package var code: PublicCode? {
    switch self {
    case .agencyEntrusted(let e): e.code
    case .agencyTaken(let e): e.code
    case .agencyDeclined(let e): e.code
    case .agencyCarried(let e): e.code
    case .agencyHandedIn(let e): e.code
    case .agencyFetched(let e): e.code
    case .agencyReturned(let e): e.code
    case .agencyDelivered(let e): e.code
    case .agencyFiled(let e): e.code
    case .agencyAsked(let e): e.code
    case .agencyEnded(let e): e.code
    case .agencyRenewed(let e): e.code
    case .agencyReassigned(let e): e.code
    case .agencyReported: nil
    }
  }

  /// Only feeds of staff get events of agency cases.
  var subject: EventSubject {
    var subject = EventSubject()
    subject.isOfCases = true
    return subject
  }
}
