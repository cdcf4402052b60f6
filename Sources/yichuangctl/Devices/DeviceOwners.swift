import Control
import Foundation
import ReaderProtocols
import Settings
import YAMLDocuments

/// The kiosk of each device, by the hall's configuration.
struct DeviceOwners {
  struct Fault: Error {
    let reply: ControlReply
  }

  private static let usual = "/etc/yichuang/yichuang.yaml"

  private let kiosks: [String]
  private let belongings: [ReaderBelonging]
  let keyboards: [ReaderModel.Numbers]

  /// nil without a configuration, or one without `readers`.
  ///
  /// - Parameter config: nil for the default one, if it exists and can be read.
  init?(config: String?) throws(Fault) {
    let path = config.map(absolutePath) ?? Self.usual
    guard config != nil || FileManager.default.isReadableFile(atPath: path) else { return nil }
    let models: String
    do throws(ShareFolder.Missing) { models = try ShareFolder.find().models } catch {
      throw Fault(reply: ControlReply(.installation, error.description, zh: error.chinese))
    }
    let loaded = ConfigurationFile.load(path, models: models, sealing: ClosedHall.seal)
    guard let settings = loaded.value else {
      // Listing devices must work even while the default configuration is faulty.
      if config == nil { return nil }
      throw Fault(reply: Reference.faults(loaded.faults, path))
    }
    guard let readers = settings.readers else { return nil }
    kiosks = settings.kiosks.map(\.id)
    belongings = readers.belongings
    keyboards = readers.keyboards
  }

  func words(_ device: PluggedDevice) -> String {
    if let kiosk = kiosk(of: device) { return "belongs to \(kiosk)" }
    let remedy =
      "write `- {at: '\(device.portPath)', kiosk: \(kiosks.first ?? "kiosk-1")}` under `readers:` `places:` and restart the hall"
    // A card module's number is not known before it is opened.
    let mayBeKnown =
      device.model.way.readsCards && belongings.contains { if case .serial = $0.device { true } else { false } }
    return "unassigned: no kiosk hears of it" + (mayBeKnown ? ", unless its module's number is named" : "") + "; "
      + remedy
  }

  func details(_ device: PluggedDevice) -> [String: ControlValue] {
    let kiosk = kiosk(of: device)
    return ["kiosk": kiosk.map { .text($0) } ?? .null, "belonging": .text(words(device))]
  }

  private func kiosk(of device: PluggedDevice) -> String? {
    if belongings.isEmpty { return kiosks.count == 1 ? kiosks[0] : nil }
    return ReaderBelonging.kiosk(of: device.portPath, serial: device.serial, belongings)
  }
}
