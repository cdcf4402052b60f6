import Foundation
import Groundwork
import Hall
import Logging
import Ports
import Seal
import SecurityRecords
import Settings

extension Composition {
  /// The first digits of the configuration file's digest, which show whether it is the file of the last start.
  var configurationDigest: String? {
    FileManager.default.contents(atPath: plan.configuration).map {
      hall.seal.digest(Array($0)).prefix(8).hexadecimal
    }
  }

  /// Keeps the configuration that is in force now, its secrets masked.
  func keepSettings(by: String, sections: [String]) {
    guard !plan.isEmulated, let bytes = FileManager.default.contents(atPath: plan.configuration) else { return }
    let history = SettingsHistory(stateFolder: hall.path)
    let text = String(decoding: bytes, as: UTF8.self)
    if !history.append(text, at: clock.now(), by: by, sections: sections) {
      logger.error(
        "the history of settings cannot be written", metadata: ["folder": "\(hall.path)/\(SettingsHistory.name)"])
    }
  }

  /// Logs in the security log which settings a reload changed: their names, never their values.
  ///
  /// - Parameter by: who reloaded.
  func noteChange(from old: HallSettings, to new: HallSettings, by: String) {
    let changed = old.changedSections(in: new)
    keepSettings(by: by, sections: changed)
    security.note(
      .settingsChanged,
      [
        .by: by, .settings: changed.joined(separator: " "),
        .catalogue: new.rules.catalogue.version, .configuration: configurationDigest,
      ])
    let before = Dictionary(old.staff.map { ($0.badge, $0) }) { first, _ in first }
    let after = Dictionary(new.staff.map { ($0.badge, $0) }) { first, _ in first }
    for (badge, member) in after.sorted(by: { $0.key < $1.key }) {
      guard let earlier = before[badge] else {
        security.note(.staffAdded, [.badge: badge, .role: member.role.rawValue, .by: by])
        continue
      }
      if earlier.role != member.role {
        security.note(.roleChanged, [.badge: badge, .role: member.role.rawValue, .by: by])
      }
      if earlier.secretHash != member.secretHash { security.note(.secretReplaced, [.badge: badge, .by: by]) }
    }
    for badge in before.keys.sorted() where after[badge] == nil {
      security.note(.staffRemoved, [.badge: badge, .by: by])
    }
  }
}

extension HallSettings {
  /// The sections of the configuration that differ, by their names in the file.
  func changedSections(in new: HallSettings) -> [String] {
    let (was, now) = (rules, new.rules)
    let sections: [(name: String, isChanged: Bool)] = [
      (
        "hall",
        was.identity != now.identity || was.address != now.address || was.hoursText != now.hoursText
          || was.consultPhone != now.consultPhone || was.supervisePhone != now.supervisePhone
          || was.zone != now.zone || was.station != now.station
      ),
      ("window_mode", was.mode != now.mode), ("lanes", was.lanes != now.lanes), ("windows", was.windows != now.windows),
      ("queue", was.limits != now.limits), ("opening", was.hours != now.hours),
      ("files.holidays", was.calendar != now.calendar),
      ("files.catalogue", was.catalogue.version != now.catalogue.version), ("kiosks", kiosks != new.kiosks),
      ("door", door != new.door), ("staff", staff != new.staff), ("board_token", boardToken != new.boardToken),
      ("frequent", frequent != new.frequent),
      ("publicity", publicity != new.publicity), ("staff_photos", photos != new.photos),
      ("neighbours", was.neighbours != now.neighbours), ("readers", readers != new.readers),
      ("training", training != new.training), ("shared", shared != new.shared),
    ]
    return sections.filter(\.isChanged).map(\.name)
  }
}

extension Principal {
  /// Who asks through the control socket.
  var securityText: String { self == .operator ? "operator" : "signal" }
}

extension ActiveSettings.Obstacle {
  /// The section's name in the configuration.
  var setting: String {
    switch self {
    case .kiosks: "kiosks"
    case .readers: "readers"
    case .listeners: "listeners"
    case .speech: "speech"
    case .shared: "shared"
    }
  }
}
