import Foundation
import PrinterProtocols
import Settings
import Subprocesses
import YAMLDocuments

/// A printer that is plugged in or was found in the network, with the name that it reports.
struct FoundPrinter {
  /// As `--device` takes it.
  let device: String
  let id: PrinterDeviceID?

  private static let usbFolder = "/dev/usb"
  /// Seconds for the network.
  private static let patience = 5

  /// The printers at USB nodes, then what CUPS sees in the network.
  static func all() async -> [FoundPrinter] { await usb + network() }

  /// The printer at a USB node, by its IEEE 1284 device id; by the strings of the USB device where it has none.
  static func id(ofNode node: String) -> PrinterDeviceID? {
    let name = (node as NSString).lastPathComponent
    guard node == "\(usbFolder)/\(name)" else { return nil }
    let folder = "/sys/class/usbmisc/\(name)/device"
    func value(_ file: String) -> String? {
      FileManager.default.contents(atPath: "\(folder)/\(file)").map { String(decoding: $0.prefix(1024), as: UTF8.self) }
    }
    return value("ieee1284_id").flatMap { PrinterDeviceID($0) }
      ?? PrinterDeviceID(maker: value("../manufacturer"), model: value("../product"))
  }

  private static var usb: [FoundPrinter] {
    ((try? FileManager.default.contentsOfDirectory(atPath: usbFolder)) ?? []).filter { $0.hasPrefix("lp") }.sorted()
      .map { FoundPrinter(device: "\(usbFolder)/\($0)", id: id(ofNode: "\(usbFolder)/\($0)")) }
  }

  private static func network() async -> [FoundPrinter] {
    let seen = await SubprocessRunner().output(
      of: "/usr/sbin/lpinfo", ["--timeout", "\(patience)", "--include-schemes", "socket,ipp,ipps", "-l", "-v"],
      passing: ["CUPS_SERVER"], limit: 65_536, within: 15_000)
    guard case .success(let output) = seen else { return [] }
    return listed(String(decoding: output, as: UTF8.self))
  }

  /// `lpinfo -l -v`: a line `Device: uri = …`, then one for each further value.
  static func listed(_ text: String) -> [FoundPrinter] {
    var found: [FoundPrinter] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.components(separatedBy: " = ")
      guard parts.count >= 2 else { continue }
      let value = parts.dropFirst().joined(separator: " = ").trimmed
      switch parts[0].trimmed {
      case "Device: uri": found.append(FoundPrinter(device: value, id: nil))
      case "device-id":
        guard let last = found.popLast() else { continue }
        found.append(FoundPrinter(device: last.device, id: PrinterDeviceID(value)))
      default: break
      }
    }
    return found.filter { $0.device.contains("://") }
  }
}
