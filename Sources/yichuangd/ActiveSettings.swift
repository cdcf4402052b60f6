import Accounts
import CatalogueFiles
import Control
import Desks
import Foundation
import Groundwork
import Hall
import HallHTTP
import Ports
import Registrar
import Settings
import Synchronization
import Views

/// The configuration in force. While the hall is open a reload replaces it as a whole.
final class ActiveSettings: Sendable {
  private let current: Mutex<HallSettings>

  init(_ settings: HallSettings) { current = Mutex(settings) }

  var settings: HallSettings { current.withLock { $0 } }

  /// Codes of the items that match a search, best first.
  func search(_ query: String, _ department: String?) -> [String] {
    settings.index.search(query, department: department).map(\.code)
  }

  /// The table for the pages' local search.
  var searchTable: SearchTable {
    let settings = settings
    let table = settings.index.table
    return SearchTable(
      catalogueVersion: settings.rules.catalogue.version,
      items: table.items.map { SearchTable.Item(code: $0.code, names: $0.names, papers: $0.papers) },
      readings: table.readings)
  }

  /// A setting that a running daemon cannot change.
  enum Obstacle {
    case kiosks, readers, listeners, speech, shared

    var english: String {
      switch self {
      case .kiosks: "kiosks or printers"
      case .readers: "readers"
      case .listeners: "listeners or the door"
      case .speech: "speech"
      case .shared: "the journal of several machines"
      }
    }

    var chinese: String {
      switch self {
      case .kiosks: "取号机或打印机（kiosks）"
      case .readers: "读卡器、扫码器（readers）"
      case .listeners: "监听地址（listeners、door）"
      case .speech: "语音（speech）"
      case .shared: "几台机器共用的账本（shared）"
      }
    }
  }

  /// Empty when `new` can be activated.
  func obstacles(to new: HallSettings) -> [Obstacle] {
    let old = settings
    var parts: [Obstacle] = []
    if new.kiosks != old.kiosks { parts.append(.kiosks) }
    if new.readers != old.readers { parts.append(.readers) }
    if new.kioskListener != old.kioskListener || new.hallListener != old.hallListener
      || new.publicAddress != old.publicAddress || new.door?.authorities != old.door?.authorities
      || new.door?.socket != old.door?.socket
    {
      parts.append(.listeners)
    }
    if new.speech != old.speech { parts.append(.speech) }
    if new.shared != old.shared { parts.append(.shared) }
    return parts
  }

  /// Activates new rules: first for the hall, then for the screens and for admission.
  func adopt(_ new: HallSettings, _ registrar: Registrar, _ feed: FeedHub, _ admission: Admission) async {
    await registrar.adopt(new.rules)
    feed.adopt(new.rules)
    current.withLock { $0 = new }
    admission.adopt(staff: new.staff.map(StaffAccount.init), boardToken: new.boardToken)
  }
}

extension Screens {
  /// The configured content of the screens.
  init(_ settings: HallSettings) {
    self.init(
      pages: settings.publicity.files.map(Self.page), afterSeconds: settings.publicity.afterSeconds,
      question: settings.publicity.question, photos: settings.photos.mapValues(ScreenPicture.init),
      signs: Self.signs(settings.staff))
  }

  private static func signs(_ staff: [StaffSettings]) -> [String: ClerkSign] {
    let signs = staff.filter { $0.showsName || $0.isPartyMember }.map { member in
      (member.badge, ClerkSign(name: member.showsName ? member.name : nil, isPartyMember: member.isPartyMember))
    }
    return Dictionary(signs, uniquingKeysWith: { first, _ in first })
  }

  private static func page(_ file: MediaFile) -> Page {
    guard file.type == "text/plain" else { return .picture(ScreenPicture(file)) }
    let text = String(decoding: file.bytes, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      String(
        line.unicodeScalars.filter { $0.properties.generalCategory != .control && $0 != "\u{FEFF}" }.map(Character.init)
      )
    }
    return .text(title: lines.first ?? "", lines: lines.dropFirst().prefix(12).map { String($0.prefix(120)) })
  }
}

extension ScreenPicture {
  init(_ file: MediaFile) { self.init(name: file.name, type: file.type, bytes: file.bytes) }
}

extension StaffAccount {
  init(_ settings: StaffSettings) {
    let role: StaffRole =
      switch settings.role {
      case .clerk: .clerk
      case .agent: .agent
      case .coordinator: .coordinator
      case .systemAdministrator: .systemAdministrator
      case .securityAdministrator: .securityAdministrator
      case .auditor: .auditor
      }
    self.init(
      StaffMember(badge: settings.badge, name: settings.name, role: role), secretHash: settings.secretHash,
      isFirstSecret: settings.isFirstSecret, badgeIssue: settings.badgeIssue)
  }
}

extension Admission {
  /// The owner of a badge, for the kiosks' scanners. A number alone identifies nobody, because anybody can print it.
  func badgeOwner(_ word: String) -> BadgeOwner? {
    guard let code = BadgeCode(word) else { return member(reading: word).map { _ in .clerk } }
    switch verdict(on: code) {
    case .valid(let member): return member.role == .agent ? .agent(badge: member.badge, name: member.name) : .clerk
    case .revoked(let badge): return .revoked(badge: badge)
    case .unknown: return nil
    }
  }
}

extension ShareFolder {
  static func found() throws(Exit) -> ShareFolder {
    do throws(Missing) { return try find() } catch {
      throw Exit(.installation, error.description, zh: error.chinese)
    }
  }

  /// The pages in memory, with their digests as ETags.
  ///
  /// - Parameter band: is added to each page of a training; nil in the hall itself.
  func pages(_ sealing: any Sealing, _ band: TrainingBand?) throws(Exit) -> PageFolder {
    do {
      return try PageFolder(root: pages, band: band) { bytes in
        sealing.digest(bytes).prefix(8).hexadecimal
      }
    } catch {
      throw Exit(
        .installation, "the pages in \(pages) cannot be read: \(error)",
        zh: "\(pages) 里的页面读不出来（\(error)）：重新安装，或检查权限")
    }
  }

  /// The API's description; empty when it is not installed.
  func description() -> [UInt8] { FileManager.default.contents(atPath: openAPI).map { Array($0) } ?? [] }
}
