import Ports

/// Whose a state folder and its journal are: the hall's own, or a training's (演练), or a copy of the journal that the
/// hall's machines share.
///
/// Two things tell them apart, and both are looked at before anything is read or written. The folder of a training has a
/// file `training`. Its journal has another `application_id` in its header, which SQLite's copies and backups keep. So
/// neither a folder nor a file that was copied is ever taken for the other, and a record of the hall says nothing of
/// training. Programs of earlier releases take a journal of training for no journal at all.
package enum JournalOwner: Hashable, Sendable, CaseIterable {
  case hall
  case training
  /// This machine's copy of a shared journal. Whoever only reads takes it for the hall's, which it is.
  case replica

  /// The file that marks the folder of a training.
  package static let mark = "training"
  static let markText =
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
