import Groundwork
package import Ports

/// The present faults of the hall, and observers of their changes.
///
/// Not part of the journal: after a restart the desks report them again.
package actor HealthBoard {
  /// Called with all present faults after each change, in order.
  package typealias Observer = @Sendable ([PresentFault]) -> Void
  /// Called with all printers after each change, in order.
  package typealias PrinterObserver = @Sendable ([PresentPrinter]) -> Void

  private struct FaultKey: Hashable {
    let code: FaultCode
    let kiosk: String?
  }

  private struct Entry: Equatable {
    let since: Timestamp
    /// Words for this one case; empty where those of the kiosk's printer or of the pages are used.
    var remedy: [String: String] = [:]
  }

  private let clock: any TimeSource
  private var present: [FaultKey: Entry] = [:]
  private var observers: [Observer] = []
  private var remedies: [String: [FaultCode: [String: String]]] = [:]
  private var equipment: [String: PresentPrinter] = [:]
  private var printerObservers: [PrinterObserver] = []

  package init(clock: any TimeSource) { self.clock = clock }

  /// Present faults, the gravest first.
  package var faults: [PresentFault] {
    let order = FaultCode.allCases
    return present.map { key, entry in
      let known = key.kiosk.flatMap { remedies[$0]?[key.code] } ?? [:]
      return PresentFault(
        code: key.code, kiosk: key.kiosk, since: entry.since, remedy: entry.remedy.isEmpty ? known : entry.remedy)
    }
    .sorted { a, b in
      let left = order.firstIndex(of: a.code) ?? 0
      let right = order.firstIndex(of: b.code) ?? 0
      return (left, a.kiosk ?? "") < (right, b.kiosk ?? "")
    }
  }

  /// Adds an observer and gives it the faults that are present now.
  @discardableResult
  package func observe(_ observer: @escaping Observer) -> [PresentFault] {
    observers.append(observer)
    return faults
  }

  /// Sets the remedies for each fault of a kiosk's printer.
  package func equip(_ kiosk: String, remedies: [FaultCode: [String: String]]) { self.remedies[kiosk] = remedies }

  /// The printers that desks have reported, by kiosk.
  package var printers: [PresentPrinter] { equipment.values.sorted { $0.kiosk < $1.kiosk } }

  /// Adds an observer of the printers.
  package func observePrinters(_ observer: @escaping PrinterObserver) { printerObservers.append(observer) }

  /// Reports a printer.
  package func show(_ printer: PresentPrinter) {
    guard equipment.updateValue(printer, forKey: printer.kiosk) != printer else { return }
    let printers = printers
    for observer in printerObservers { observer(printers) }
  }

  /// - Parameter remedy: what to do in this case, by language; it replaces earlier words.
  package func raise(_ code: FaultCode, kiosk: String? = nil, remedy: [String: String] = [:]) {
    let key = FaultKey(code: code, kiosk: kiosk)
    guard present[key] == nil || present[key]?.remedy != remedy else { return }
    present[key] = Entry(since: present[key]?.since ?? clock.now(), remedy: remedy)
    tell()
  }

  package func clear(_ code: FaultCode, kiosk: String? = nil) {
    guard present.removeValue(forKey: FaultKey(code: code, kiosk: kiosk)) != nil else { return }
    tell()
  }

  /// Replaces the faults of a kiosk's printer by these conditions.
  package func show(_ conditions: PrinterConditions, kiosk: String) {
    show(Set(conditions.codes.compactMap(FaultCode.init)), of: FaultCode.ofPrinters, kiosk)
  }

  /// Replaces the faults of a kiosk's card reader and scanner.
  package func show(readers faults: Set<FaultCode>, kiosk: String) { show(faults, of: FaultCode.ofReaders, kiosk) }

  private func show(_ now: Set<FaultCode>, of kind: [FaultCode], _ kiosk: String) {
    let before = present
    for code in kind {
      let key = FaultKey(code: code, kiosk: kiosk)
      if !now.contains(code) {
        present[key] = nil
      } else if present[key] == nil {
        present[key] = Entry(since: clock.now())
      }
    }
    if present != before { tell() }
  }

  private func tell() {
    let faults = faults
    for observer in observers { observer(faults) }
  }
}

extension FaultCode {
  static let ofPrinters: [FaultCode] = [
    .paperOut, .coverOpen, .cutterFault, .offline, .printServiceDown, .printSpoolFull, .printerFault, .paperLow,
  ]
  static let ofReaders: [FaultCode] = [
    .readerGone, .readerTaken, .readerNotPermitted, .readerSilent, .readerNeedsService, .readerServiceDown,
    .cardLeft,
  ]
}
