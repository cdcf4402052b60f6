package enum AgencyRefusal: Hashable, Sendable {
  case unknownAgency
  /// The step does not fit where it stands.
  case agencyIs(AgencyStage)
  /// 须本人办理: the catalogue's reason.
  case mustBeInPerson(String)
  /// Another agent carries it.
  case notOwnAgency
  case agentOnly
  /// Whoever carried it does not ask about it.
  case askedByAgent
  /// What the principal was told to bring is not there yet.
  case agencyIncomplete([String])
  case agencyOriginalsOpen([AgencyOriginal])
  /// An index that is not in the list of originals, or an original that somebody else has.
  case badOriginals
  /// Neither another badge that is signed in, nor a signature.
  case handOverUnproven
  /// The principal's signature is missing.
  case signatureNeeded
  case badAgencyDate
  case badAgencyText
  /// A paper with this number or code is known.
  case paperKnown
  case badStationPaper
  /// The badge is no agent of this hall.
  case noSuchAgent
  case badBatch
  case alreadyAsked
  case tooManyAgencies(limit: Int)

  var code: String {
    switch self {
    case .unknownAgency: "unknown_agency"
    case .agencyIs: "agency_is"
    case .mustBeInPerson: "must_be_in_person"
    case .notOwnAgency: "not_own_agency"
    case .agentOnly: "agent_only"
    case .askedByAgent: "asked_by_agent"
    case .agencyIncomplete: "agency_incomplete"
    case .agencyOriginalsOpen: "agency_originals_open"
    case .badOriginals: "bad_originals"
    case .handOverUnproven: "hand_over_unproven"
    case .signatureNeeded: "signature_needed"
    case .badAgencyDate: "bad_agency_date"
    case .badAgencyText: "bad_agency_text"
    case .paperKnown: "paper_known"
    case .badStationPaper: "bad_station_paper"
    case .noSuchAgent: "no_such_agent"
    case .badBatch: "bad_batch"
    case .alreadyAsked: "already_asked"
    case .tooManyAgencies: "too_many_agencies"
    }
  }
}
