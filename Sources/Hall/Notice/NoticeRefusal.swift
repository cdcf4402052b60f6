package enum NoticeRefusal: Hashable, Sendable {
  case unknownSituation(String)
  /// A name that the item's list does not have under 必带.
  case unknownMaterial(String)
  case unknownNotice

  var code: String {
    switch self {
    case .unknownSituation: "unknown_situation"
    case .unknownMaterial: "unknown_material"
    case .unknownNotice: "unknown_notice"
    }
  }
}
