package enum StaffRefusal: Hashable, Sendable {
  /// A note or a plan for a day that is too far away to be meant.
  case dateTooFar
  /// No such session, a plan that names one twice, or 顶岗 without whom.
  case badNote

  var code: String {
    switch self {
    case .dateTooFar: "date_too_far"
    case .badNote: "bad_note"
    }
  }
}
