import Accounts
import CatalogueFiles
import Hall
import HallHTTP
import Registrar
import Settings
import Synchronization
import Views

/// What of the configuration is in force, and how a new one takes its place while the hall is open.
final class ActiveSettings: Sendable {
  private let current: Mutex<HallSettings>

  init(_ settings: HallSettings) { current = Mutex(settings) }

  var settings: HallSettings { current.withLock { $0 } }

  /// Codes of the items that fit a search, best first.
  func search(_ query: String, _ department: String?) -> [String] {
    settings.index.search(query, department: department).map(\.code)
  }

  /// What the pages search by themselves.
  var searchTable: SearchTable {
    let settings = settings
    let table = settings.index.table
    return SearchTable(
      catalogueVersion: settings.rules.catalogue.version,
      items: table.items.map { SearchTable.Item(code: $0.code, names: $0.names, papers: $0.papers) },
      readings: table.readings)
  }

  /// What a running daemon cannot take over.
  enum Obstacle {
    case kiosks, listeners, speech

    var english: String {
      switch self {
      case .kiosks: "kiosks or printers"
      case .listeners: "listeners"
      case .speech: "speech"
      }
    }

    var chinese: String {
      switch self {
      case .kiosks: "取号机或打印机（kiosks）"
      case .listeners: "监听地址（listeners）"
      case .speech: "语音（speech）"
      }
    }
  }

  /// Empty when `new` can be put in force.
  func obstacles(to new: HallSettings) -> [Obstacle] {
    let old = settings
    var parts: [Obstacle] = []
    if new.kiosks != old.kiosks { parts.append(.kiosks) }
    if new.kioskListener != old.kioskListener || new.hallListener != old.hallListener { parts.append(.listeners) }
    if new.speech != old.speech { parts.append(.speech) }
    return parts
  }

  /// Puts new rules in force: for the hall first, then for the screens and for who may come in.
  func adopt(_ new: HallSettings, _ registrar: Registrar, _ feed: FeedHub, _ admission: Admission) async {
    await registrar.adopt(new.rules)
    feed.adopt(new.rules)
    current.withLock { $0 = new }
    admission.adopt(staff: new.staff.map(StaffAccount.init), boardToken: new.boardToken)
  }
}
