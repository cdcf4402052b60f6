package import Ports

/// The two markers of an owner; both are looked at before anything is read or written.
///
/// The folder of a training has a file `training`. Its journal has another `application_id` in its header, which SQLite's
/// copies and backups keep. Programs of earlier releases take a journal of training for no journal at all.
extension JournalOwner {
  /// The file that marks the folder of a training.
  package static let markerFile = "training"
  static let markerText =
    "A training (演练) of the hall beside this folder; nothing here counts. The daemon wrote this file.\n"

  /// `application_id` of the journal: "YCJL", "YCTR" for a training's, "YCRP" for a replica.
  var applicationID: Int {
    switch self {
    case .hall: 0x5943_4A4C
    case .training: 0x5943_5452
    case .replica: 0x5943_5250
    }
  }

  /// The fault of finding `path` where this owner's was meant; nil for a number that belongs to nobody.
  func fault(of path: String, with applicationID: Int) -> StateFault? {
    guard let found = Self.allCases.first(where: { $0.applicationID == applicationID }), found != self else {
      return nil
    }
    return switch (self, found) {
    case (_, .training): .ofTraining(path)
    case (.replica, .hall): .ofOne(path)
    case (.hall, .replica): .ofSeveral(path)
    default: .ofHall(path)
    }
  }
}
