import CCUPS
import PrinterLink
import Ports
import PrinterProtocols

/// How a slip is submitted to a queue, and what `completed` means there.
package enum QueueKind: Hashable, Sendable {
  /// ESC/POS bytes straight to the device (AppSocket, USB): `completed` means that the bytes were accepted.
  case raw
  /// ESC/POS bytes through `yichuang-pos`: the claims folder has the outcome.
  case posBackend
  /// An IPP Everywhere printer: `completed` is the printer's own job state.
  case driverless
  /// An office printer on A4, which gets a PDF: `completed` is the printer's own job state where the queue speaks IPP
  /// to it.
  case office(speaksIPP: Bool)

  /// `completed` comes from the printer, and does not only mean that bytes were accepted.
  var isToldByPrinter: Bool { self == .driverless || self == .office(speaksIPP: true) }
}

/// A queue as the scheduler reports it.
struct QueueDescription {
  /// Nil for a queue to an IPP printer without a driverless set-up: neither ESC/POS nor PWG raster would come out as a
  /// slip.
  var kind: QueueKind?
  let deviceURI: String
  /// The queue's printer has A4 sheets.
  let hasSheets: Bool
  private let takesPDF: Bool
  /// Set when the queue is another kind of printer than configured.
  private(set) var mistake: String?
  /// The printer behind a queue of `yichuang-pos`, or the fault of its device-uri.
  let device: Result<DeviceAddress, DeviceAddressFault>?
  let isAccepting: Bool
  /// RFC 8011 §5.4.11: 3 idle, 4 processing, 5 stopped.
  let state: Int
  let reasons: StateReasons

  static let attributes = [
    "device-uri", "printer-make-and-model", "printer-is-accepting-jobs", "printer-state", "printer-state-reasons",
    "media-supported", "document-format-supported",
  ]

  init?(_ printer: IPPAnswer.Group) {
    guard let state = printer.integer("printer-state"),
      let isAccepting = printer.boolean("printer-is-accepting-jobs")
    else { return nil }
    deviceURI = printer.text("device-uri") ?? ""
    hasSheets = printer.texts("media-supported").contains(CUPSDocument.sheetMedia)
    takesPDF = printer.texts("document-format-supported").contains("application/pdf")
    device = deviceURI.hasPrefix(Self.backend) ? Self.address(deviceURI) : nil
    self.state = state
    self.isAccepting = isAccepting
    reasons = StateReasons(keywords: printer.texts("printer-state-reasons"))
    let model = printer.text("printer-make-and-model") ?? ""
    isBare = model.hasSuffix(Self.withoutDriver) || model.isEmpty
    kind = Self.kind(device: deviceURI, model: model)
  }

  private static let backend = DeviceAddress.scheme + ":"
  private static let withoutDriver = " Raw Printer"
  /// A queue without a driver, which passes bytes unchanged.
  private let isBare: Bool

  private static func address(_ uri: String) -> Result<DeviceAddress, DeviceAddressFault> {
    do { return .success(try DeviceAddress(uri: uri)) } catch { return .failure(error) }
  }

  /// The printer that can be queried while it is idle.
  var idlePrinter: DeviceAddress? {
    guard state == 3, case .success(let address)? = device else { return nil }
    return address
  }

  /// Compares the queue with the configured printer: a roll's slip must not go to sheets, nor a notice on sheets to a
  /// roll.
  mutating func expect(sheets: Bool) {
    if sheets {
      let isOffice = hasSheets && takesPDF && kind != .posBackend && kind != nil && !isBare
      if !isOffice {
        mistake = "the configuration says A4, and the queue's printer has no sheets of A4 or takes no PDF"
      }
      kind = isOffice ? .office(speaksIPP: kind == .driverless) : nil
    } else if hasSheets, kind == .driverless || (kind == .raw && !isBare) {
      mistake = "the queue is an office printer on A4; notices go there where the configuration says `model: ipp-a4`"
      kind = nil
    }
  }

  /// The kind of queue where the configuration does not name the printer.
  mutating func settle() {
    if hasSheets, !isBare, kind != .posBackend { expect(sheets: true) }
  }

  /// A queue without a driver calls itself "Local Raw Printer". `lpadmin -m everywhere` also succeeds when it could not
  /// query the printer, and leaves such a queue behind.
  static func kind(device: String, model: String) -> QueueKind? {
    if device.hasPrefix(backend) { return .posBackend }
    let speaksIPP = ["ipp:", "ipps:", "dnssd:", "implicitclass:"].contains { device.hasPrefix($0) }
    guard speaksIPP else { return .raw }
    return model.hasSuffix(withoutDriver) || model.isEmpty ? nil : .driverless
  }

  private var hasBadDevice: Bool { if case .failure? = device { true } else { false } }

  /// Conditions on the scheduler's side.
  var conditions: PrinterConditions {
    var conditions: PrinterConditions = []
    if !isAccepting || state == 5 || reasons.contains(.paused) || kind == nil || hasBadDevice {
      conditions.insert(.serviceDown)
    }
    // The reasons are the last backend's and stay after its job, so they count only during a job.
    if state == 4 { conditions.formUnion(PrinterConditions(reasons)) }
    return conditions
  }

  /// Why the queue takes no slip, for the operator; nil when it does.
  var obstacle: String? {
    if case .failure(let fault)? = device { return fault.description }
    if let mistake { return mistake }
    if kind == nil { return "the queue has no driverless set-up for its IPP printer" }
    if !isAccepting { return "the queue rejects jobs" }
    if state == 5 || reasons.contains(.paused) { return "the queue is paused" }
    return nil
  }

  /// Host, port, path and encryption of an IPP printer, for querying it directly.
  var ippDevice: (server: CUPSServer, resource: String, encrypted: Bool)? {
    guard deviceURI.hasPrefix("ipp://") || deviceURI.hasPrefix("ipps://") else { return nil }
    var scheme = [CChar](repeating: 0, count: 32)
    var user = [CChar](repeating: 0, count: 256)
    var host = [CChar](repeating: 0, count: 256)
    var resource = [CChar](repeating: 0, count: 1024)
    var port: Int32 = 0
    let status = httpSeparateURI(
      HTTP_URI_CODING_ALL, deviceURI, &scheme, Int32(scheme.count), &user, Int32(user.count), &host,
      Int32(host.count), &port, &resource, Int32(resource.count))
    guard status.rawValue >= HTTP_URI_STATUS_OK.rawValue, port > 0 else { return nil }
    func text(_ buffer: [CChar]) -> String {
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return (.host(text(host), port: Int(port)), text(resource), deviceURI.hasPrefix("ipps:"))
  }
}

extension PrinterConditions {
  /// The conditions for these reasons.
  init(_ reasons: StateReasons) {
    let meanings: [(StateReasons, PrinterConditions)] = [
      (.mediaLow, .paperLow), (.mediaEmpty, .paperOut), (.coverOpen, .coverOpen), (.cutterFault, .cutterFault),
      (.offline, .offline), (.paused, .serviceDown), (.otherError, .fault),
    ]
    self = meanings.reduce(into: []) { if reasons.contains($1.0) { $0.insert($1.1) } }
  }
}
