package import Groundwork
package import Ports

/// A present fault of the hall, as pages show it: its code, its kiosk, and since when.
package struct PresentFault: Hashable, Sendable {
  package let code: FaultCode
  /// The kiosk it concerns; nil for the whole hall.
  package let kiosk: String?
  package let since: Timestamp
  /// What to do about it, by language (`zh-Hans`, `en`); empty where the pages' own words suffice.
  package let remedy: [String: String]

  package init(code: FaultCode, kiosk: String?, since: Timestamp, remedy: [String: String] = [:]) {
    self.remedy = remedy
    self.code = code
    self.kiosk = kiosk
    self.since = since
  }
}

/// The stable codes of faults, in the order in which a page lists them: the gravest first.
package enum FaultCode: String, Hashable, Sendable, CaseIterable {
  /// 存储已满: nothing can be written, so no numbers are issued.
  case storageFull = "storage_full"
  /// 存储故障.
  case storageFault = "storage_fault"
  /// 时钟不可信: staff have to check the date.
  case clockStep = "clock_step"
  /// 营业日已自动关闭: a corrected clock showed that the open day was a past one.
  case dayOvertaken = "day_overtaken"
  /// 今年的放假安排没有录入: the hall opens by weekdays alone.
  case calendarEnded = "calendar_ended"
  /// 明年的放假安排还没有录入.
  case calendarEnds = "calendar_ends"
  /// 正在核对上次的打印: intake is closed until earlier slips are reconciled.
  case reconciling = "reconciling_prints"
  /// 缺纸.
  case paperOut = "paper_out"
  /// 机盖打开.
  case coverOpen = "cover_open"
  /// 切刀故障.
  case cutterFault = "cutter_fault"
  /// 打印机不通.
  case offline
  /// 打印服务不通.
  case printServiceDown = "print_service_down"
  /// 打印服务存不下文件.
  case printSpoolFull = "print_spool_full"
  /// 打印机故障.
  case printerFault = "printer_fault"
  /// 纸将尽.
  case paperLow = "paper_low"
  /// 纸将尽（估计）: by the paper used, where there is no sensor.
  case paperEnding = "paper_ending"
  /// 读卡器或扫码器已断开: it was there before.
  case readerGone = "reader_gone"
  /// 被其他程序占用.
  case readerTaken = "reader_taken"
  /// 没有权限打开.
  case readerNotPermitted = "reader_not_permitted"
  /// 没有应答.
  case readerSilent = "reader_silent"
  /// 需要维修.
  case readerNeedsService = "reader_needs_service"
  /// 读卡服务没有运行.
  case readerServiceDown = "reader_service_down"
  /// 有证件留在读卡处: its holder has left.
  case cardLeft = "card_left"
  /// 取号机有第二个页面: staff decide which of the two is the kiosk's.
  case secondPage = "second_page"
}

extension FaultCode {
  /// What does not go on until a fault is mended.
  package enum Stopped: String, Hashable, Sendable {
    /// Slips do not come out.
    case paper
    /// No number is given.
    case numbers
  }

  package var stops: Stopped? {
    switch self {
    case .reconciling: .numbers
    case .paperOut, .coverOpen, .cutterFault, .offline, .printServiceDown, .printSpoolFull, .printerFault: .paper
    case .storageFull, .storageFault, .clockStep, .dayOvertaken, .calendarEnded, .calendarEnds, .paperLow, .paperEnding,
      .readerGone, .readerTaken, .readerNotPermitted, .readerSilent, .readerNeedsService, .readerServiceDown, .cardLeft,
      .secondPage:
      nil
    }
  }
}

/// The present faults of the hall, and observers of their changes.
///
/// Not part of the journal: after a restart the desks report them again.
package actor HealthBoard {
  /// Called with all present faults after each change, in order.
  package typealias Observer = @Sendable ([PresentFault]) -> Void
  /// Called with all printers after each change, in order.
  package typealias PrinterObserver = @Sendable ([PresentPrinter]) -> Void

  private struct Place: Hashable {
    let code: FaultCode
    let kiosk: String?
  }

  private let clock: any TimeSource
  private var present: [Place: Timestamp] = [:]
  private var observers: [Observer] = []
  private var remedies: [String: [FaultCode: [String: String]]] = [:]
  private var equipment: [String: PresentPrinter] = [:]
  private var printerObservers: [PrinterObserver] = []

  package init(clock: any TimeSource) { self.clock = clock }

  /// Present faults, the gravest first.
  package var faults: [PresentFault] {
    let order = FaultCode.allCases
    return present.map { place, since in
      let remedy = place.kiosk.flatMap { remedies[$0]?[place.code] } ?? [:]
      return PresentFault(code: place.code, kiosk: place.kiosk, since: since, remedy: remedy)
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

  package func raise(_ code: FaultCode, kiosk: String? = nil) { change(code, kiosk, isPresent: true) }

  package func clear(_ code: FaultCode, kiosk: String? = nil) { change(code, kiosk, isPresent: false) }

  /// Replaces the faults of a kiosk's printer by these conditions.
  package func show(_ conditions: PrinterConditions, kiosk: String) {
    show(Set(conditions.codes.compactMap(FaultCode.init)), of: FaultCode.ofPrinters, kiosk)
  }

  /// Replaces the faults of a kiosk's card reader and scanner.
  package func show(readers faults: Set<FaultCode>, kiosk: String) { show(faults, of: FaultCode.ofReaders, kiosk) }

  private func show(_ now: Set<FaultCode>, of kind: [FaultCode], _ kiosk: String) {
    let before = present
    for code in kind {
      let place = Place(code: code, kiosk: kiosk)
      if !now.contains(code) {
        present[place] = nil
      } else if present[place] == nil {
        present[place] = clock.now()
      }
    }
    if present != before { tell() }
  }

  private func change(_ code: FaultCode, _ kiosk: String?, isPresent: Bool) {
    let place = Place(code: code, kiosk: kiosk)
    guard (present[place] != nil) != isPresent else { return }
    present[place] = isPresent ? clock.now() : nil
    tell()
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
