import CatalogueFiles
import Hall
package import Ports
import PrinterProtocols
package import YAMLDocuments

/// The hall's configuration file, with every file that it names.
package enum ConfigurationFile {
  /// Loads the file and everything that it names, and checks them against each other; reports all faults at once.
  ///
  /// Paths in the file are relative to its own folder.
  ///
  /// - Parameter models: the folder of printer models in the package.
  package static func load(_ path: String, models: String, sealing: any Sealing) -> Loaded<HallSettings> {
    let log = FaultLog()
    let settings = BoundedFile.text(path, log).flatMap { text in
      ConfigurationParser(file: path, models: models, sealing: sealing, log).settings(text)
    }
    return Loaded(settings, log, first: path)
  }
}

/// Parses the sections of a configuration in the order of the packaged example.
struct ConfigurationParser {
  private let file: String
  private let models: String
  private let sealing: any Sealing
  private let log: FaultLog

  init(file: String, models: String, sealing: any Sealing, _ log: FaultLog) {
    self.file = file
    self.models = models
    self.sealing = sealing
    self.log = log
  }

  func settings(_ text: String) -> HallSettings? {
    guard let root = YAMLNode.document(text, file: file, log), let top = YAMLTable(root, "the file", log) else {
      return nil
    }
    defer { top.refuseUnknown() }
    let files = files(top)
    let hall = top.table("hall").flatMap { HallSection($0).read(files.divisions) }
    let queue = QueueSection(top).read(hall?.identity, files.catalogue)
    let hours = top.table("opening").map { OpeningSection($0).read() }
    let devices = DeviceSection(top, models: PrinterModelStore(files.models))
    let kiosks = devices.kiosks()
    let section = StaffSection(top, sealing: sealing)
    let staff = section.staff()
    let staffing = section.staffing(staff)
    let emergencyKeys = EmergencySection(top).read()
    let opensByBadge = section.opensByBadge()
    let boardToken = devices.boardToken()
    let listeners = devices.listeners()
    let door = DoorSection(top).read()
    let monitoringToken = devices.monitoringToken()
    let speech = devices.speech(relativeTo: folder)
    let screens = PublicitySection(top, sealing: sealing, resolved: resolved)
    let publicity = screens.publicity()
    let photos = screens.photos(staff.map(\.badge))
    let neighbours = NeighbourSection(top).read(files.catalogue, hall?.identity.level, hall?.station)
    let readers = ReaderSection(top).read(kiosks: kiosks.map(\.id))
    let journal = JournalSection(top).read(kiosks: kiosks)
    let training = TrainingSection(top).read(
      devices, kiosks: kiosks, listeners: listeners.map { [$0.kiosk, $0.hall] } ?? [], door: door)
    let frequent = FrequentSection(top).codes(files.catalogue)
    let shared = SharedSection(top).read { top.tables("kiosks") }
    let cases = CaseSection(top).read(staff.map(\.badge), files.catalogue)
    let agency = AgencySection(top).read(agents: staff.filter { $0.role == .agent }.map(\.badge))
    guard log.faults.isEmpty, let hall, let queue, let hours, let catalogue = files.catalogue,
      let calendar = files.calendar, let pinyin = files.pinyin, let boardToken, let listeners
    else { return nil }
    var rules = HallRules(
      identity: hall.identity, address: hall.address, hoursText: hall.hoursText, consultPhone: hall.consultPhone,
      supervisePhone: hall.supervisePhone, zone: hall.zone, mode: queue.mode, lanes: queue.lanes,
      windows: queue.windows, calendar: calendar, hours: hours, catalogue: catalogue,
      kiosks: kiosks.map {
        KioskRule(
          id: $0.id, name: $0.name, prints: $0.printer != nil, printsTickets: $0.printer?.printsTickets)
      },
      limits: queue.limits,
      neighbours: neighbours, station: hall.station, awareness: publicity.question,
      closingSlip: journal.closingSlip, promise: queue.promise, reservations: queue.reservations)
    rules.staffing = staffing
    rules.cases = cases
    rules.agency = agency
    rules.emergencyKeys = emergencyKeys
    rules.opensByBadge = opensByBadge
    rules.leasesNumbers = shared != nil
    var settings = HallSettings(
      rules: rules, index: ItemIndex(catalogue.items, pinyin), kiosks: kiosks, staff: staff, boardToken: boardToken,
      kioskListener: listeners.kiosk, hallListener: listeners.hall, publicAddress: listeners.publicAddress, door: door,
      monitoringToken: monitoringToken, speech: speech,
      frequent: frequent, publicity: publicity, photos: photos, readers: readers,
      retention: journal.retention)
    settings.training = training
    settings.shared = shared
    settings.digest = HallDigest.make(root, files: files.deciding, sealing)
    return settings
  }

  private struct Files {
    var catalogue: Catalogue?
    var calendar: WorkCalendar?
    var divisions: [Division]?
    var pinyin: PinyinTable?
    var models: [PrinterModel] = []
    /// The contents of the files that decisions depend on, for `HallDigest`.
    var deciding: [String] = []
  }

  private func files(_ top: YAMLTable) -> Files {
    var files = Files()
    files.models = PrinterModelStore.read(models, log)
    guard let section = top.table("files") else { return files }
    defer { section.refuseUnknown() }
    var read: [String: String] = [:]
    func text(_ key: String) -> (path: String, text: String)? {
      guard let name = section.text(key, atMost: 1000) else { return nil }
      let path = resolved(name)
      return BoundedFile.text(path, log).map {
        read[key] = $0
        return (path: path, text: $0)
      }
    }
    files.pinyin = text("pinyin").map { PinyinTable($0.text, file: $0.path, log) }
    files.calendar = text("holidays").flatMap { HolidayFile.calendar($0.text, file: $0.path, log) }
    files.divisions = text("divisions").flatMap { DivisionFile.divisions($0.text, file: $0.path, log) }
    if let own = section.text("models", required: false, atMost: 1000) {
      // The hall's own models first: they replace packaged ones with the same id.
      files.models = PrinterModelStore.read(resolved(own), log) + files.models
    }
    if let catalogue = text("catalogue") {
      // Without the table the catalogue's other faults are still reported.
      let pinyin = files.pinyin ?? PinyinTable("", file: "", FaultLog())
      files.catalogue = CatalogueFile.read(
        catalogue.text, file: catalogue.path, pinyin, files.calendar, sealing, log)
    }
    files.deciding = ["catalogue", "holidays", "divisions"].compactMap { read[$0] }
    return files
  }

  private var folder: String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  private func resolved(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }
}
