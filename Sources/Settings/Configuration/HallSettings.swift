package import CatalogueFiles
package import Groundwork
package import Hall
package import Ports
package import PrinterProtocols
package import ReaderProtocols

/// The whole configuration of a hall, including its catalogue, calendar and division.
package struct HallSettings: Sendable {
  package internal(set) var rules: HallRules
  /// Search over the catalogue's items.
  package let index: ItemIndex
  package internal(set) var kiosks: [KioskSettings]
  package let staff: [StaffSettings]
  /// The secret in a board's link; 16 or more visible ASCII characters.
  package internal(set) var boardToken: String
  /// The touch page: loopback, no login.
  package internal(set) var kioskListener: Endpoint
  /// Consoles, boards and management.
  package internal(set) var hallListener: Endpoint
  /// The public host of the TLS proxy in front of the hall listener, with its port unless that is 443; nil without one.
  package internal(set) var publicAddress: String?
  /// TLS for other machines; nil where consoles and boards are on this machine.
  package internal(set) var door: DoorSettings?
  /// The bearer token with which monitoring on other machines gets everything; nil without one.
  package internal(set) var monitoringToken: String?
  package let speech: SpeechSettings
  /// Codes of the items that a kiosk offers first (常办).
  package let frequent: [String]
  package let publicity: Publicity
  /// Photos of staff, by badge.
  package let photos: [String: MediaFile]
  /// nil for a hall without card readers and scanners.
  package internal(set) var readers: ReaderSettings?
  /// How long closed business days are kept in the journal and in their exports.
  package let retention: RetentionRule
  /// The addresses, folder and printer of a training (演练).
  package internal(set) var training = TrainingSettings.usual
  /// How this machine reaches the journal that the hall's machines share; nil in a hall with one machine.
  package internal(set) var shared: SharedSettings?

  /// The digest of the settings that have to be the same on all machines of the hall (`HallDigest`).
  package internal(set) var digest = ""

  /// The kiosks whose printer and readers are at this machine: all of them in a hall with one.
  package var ownKiosks: [KioskSettings] { kiosks.filter { isOwn($0) } }
  /// The kiosks of the hall's other machines.
  package var othersKiosks: [KioskSettings] { kiosks.filter { !isOwn($0) } }

  private func isOwn(_ kiosk: KioskSettings) -> Bool { shared.map { kiosk.machine == $0.machine } ?? true }

  package init(
    rules: HallRules, index: ItemIndex, kiosks: [KioskSettings], staff: [StaffSettings], boardToken: String,
    kioskListener: Endpoint, hallListener: Endpoint, publicAddress: String? = nil, door: DoorSettings? = nil,
    monitoringToken: String? = nil,
    speech: SpeechSettings, frequent: [String],
    publicity: Publicity = Publicity(), photos: [String: MediaFile] = [:],
    readers: ReaderSettings? = nil, retention: RetentionRule = JournalSection.usual
  ) {
    self.rules = rules
    self.index = index
    self.kiosks = kiosks
    self.staff = staff
    self.boardToken = boardToken
    self.kioskListener = kioskListener
    self.hallListener = hallListener
    self.publicAddress = publicAddress
    self.door = door
    self.monitoringToken = monitoringToken
    self.speech = speech
    self.frequent = frequent
    self.publicity = publicity
    self.photos = photos
    self.readers = readers
    self.retention = retention
  }
}

/// The card readers and scanners of the hall's machine.
package struct ReaderSettings: Hashable, Sendable {
  /// Keyboard-mode scanners, each by vendor and product: no other keyboard is ever claimed.
  package let keyboards: [ReaderModel.Numbers]
  /// The kiosk of each device; empty where all belong to the only kiosk.
  package let belongings: [ReaderBelonging]
  /// The path of `yichuang-readerd`; nil for the daemon's own.
  package let program: String?
}

/// One device and its kiosk.
package struct ReaderBelonging: Hashable, Sendable {
  package enum Device: Hashable, Sendable {
    /// Any device at this port path: `1-2.3`.
    case at(String)
    /// The device with this serial number or card module's number, at any port path that is not configured.
    case serial(String)

    var words: String {
      switch self {
      case .at(let portPath): "the place \(portPath)"
      case .serial(let serial): "the device \(serial)"
      }
    }

    /// The same in Chinese.
    var chinese: String {
      switch self {
      case .at(let portPath): "插口 \(portPath)"
      case .serial(let serial): "设备 \(serial)"
      }
    }
  }

  package let device: Device
  package let kiosk: String

  /// The kiosk of a device; nil when it is unassigned.
  package static func kiosk(of portPath: String, serial: String?, _ all: [ReaderBelonging]) -> String? {
    (all.first { $0.device == .at(portPath) } ?? serial.flatMap { serial in all.first { $0.device == .serial(serial) } })?
      .kiosk
  }
}

/// A kiosk and what prints there.
package struct KioskSettings: Hashable, Sendable {
  package let id: String
  /// Its name for people: 大门口取号机.
  package let name: String
  /// Nil without a printer: then the screen shows residents their number and what to do.
  package let printer: PrinterSettings?
  /// The page secret that the start address of the kiosk's browser has to carry; nil where any page of this machine may
  /// claim the kiosk.
  package let pageSecret: String?
  /// The machine of the hall where it stands; nil where the hall has one.
  package var machine: String?
}

/// A CUPS queue with its printer.
package struct PrinterSettings: Hashable, Sendable {
  /// Its name in CUPS.
  package let queue: String
  /// The address of CUPS, as a path or `host:port`; nil for the system's default.
  package let server: String?
  /// The model of the printer behind it.
  package let model: PrinterModel
  /// Whether tickets are printed there, and not only notices: always on a roll, on sheets if configured.
  package let printsTickets: Bool
  package var paperWidthDots: Int { model.widthDots }
}

/// A member of the staff who may sign in.
package struct StaffSettings: Hashable, Sendable {
  package enum Role: String, Sendable, CaseIterable {
    /// 窗口人员.
    case clerk
    /// 代办员: prints notices, keeps to the two directories, and calls no numbers.
    case agent
    /// 统筹人员.
    case coordinator
    /// 系统管理员.
    case systemAdministrator = "system_administrator"
    /// 安全管理员.
    case securityAdministrator = "security_administrator"
    /// 审计管理员.
    case auditor
  }

  /// The content of the badge's barcode: 1...16 ASCII letters and digits.
  package let badge: String
  package let name: String
  package let role: Role
  /// scrypt with its parameters, in the format of `Sealing.hashSecret`.
  package let secretHash: String
  /// Whether somebody else knows the secret, so that its owner changes it at the first sign-in.
  package let isFirstSecret: Bool
  /// How often the badge was issued; the codes of earlier issues are revoked.
  package let badgeIssue: Int
  /// When they work in this hall.
  package let terms: Staffing.Terms
  /// Whether the screen over their window shows the name.
  package let showsName: Bool
  /// 党员先锋岗: whether the screen over their window says so.
  package let isPartyMember: Bool
}

/// The address of a listener.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// `127.0.0.1`, another address of 127.0.0.0/8, or `::1`.
  package let host: String
  /// 1...65535.
  package let port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Parses `host:port` of a loopback address; nil for anything else.
  package init?(loopback text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65_535).contains(port)
    else { return nil }
    let host = text[..<colon]
    switch host {
    case "localhost": self.init(host: "127.0.0.1", port: port)
    case "[::1]": self.init(host: "::1", port: port)
    default:
      let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
      guard parts.count == 4, parts[0] == 127, parts.allSatisfy({ $0 != nil }) else { return nil }
      self.init(host: String(host), port: port)
    }
  }
}

/// The settings of spoken calls.
package struct SpeechSettings: Hashable, Sendable {
  /// A folder of recorded clips; nil for the synthetic voice.
  package let clips: String?
  /// 0...100: outside of `hours`.
  package let volume: Int
  /// In the order of the day, not overlapping.
  package let hours: [VolumeHours]

  package init(clips: String? = nil, volume: Int = 100, hours: [VolumeHours] = []) {
    self.clips = clips
    self.volume = volume
    self.hours = hours
  }

  /// The volume at a time of the day, 0...100.
  package func volume(at time: CivilTime) -> Int {
    hours.first { $0.from <= time && time < $0.to }?.percent ?? volume
  }
}

/// A time of day with a volume of its own: quieter at noon, louder when the hall is full.
package struct VolumeHours: Hashable, Sendable {
  package let from: CivilTime
  /// The first minute after it.
  package let to: CivilTime
  /// 0...100.
  package let percent: Int

  package init(from: CivilTime, to: CivilTime, percent: Int) {
    self.from = from
    self.to = to
    self.percent = percent
  }
}
