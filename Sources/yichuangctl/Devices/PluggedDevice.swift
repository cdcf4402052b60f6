import Control
import Foundation
import ReaderProtocols
import Settings

/// A reader or scanner as in sysfs; nothing is opened.
struct PluggedDevice {
  enum Holder: Hashable {
    case nobody
    /// The reader process of a hall.
    case hall
    /// A kernel driver.
    case driver(String)
    /// Another program, by name and number.
    case program(String, Int)

    var words: String {
      switch self {
      case .nobody: "nobody"
      case .hall: "yichuang-readerd"
      case .driver(let name): "the system's driver \(name)"
      case .program(let name, let pid): "\(name) (process \(pid))"
      }
    }
  }

  let portPath: String
  let numbers: String
  let name: String
  /// Its USB serial number, where it has one; a card module's number is known only once it is open.
  let serial: String?
  let model: ReaderModel
  let holder: Holder
  /// Whether the daemon's group may open the node.
  let mayBeOpened: Bool

  /// What to do, in English like the whole tool; the pages have the model's own words in both languages.
  var advice: String {
    guard mayBeOpened else { return model.remedies["not_permitted"]?["en"] ?? "" }
    switch holder {
    case .hall: return "nothing to do"
    case .nobody: return "free: the hall's daemon takes it when it runs"
    case .driver where model.way != .cardBulk: return "free: the hall's daemon takes it from the driver when it runs"
    case .driver, .program: return model.remedies["taken"]?["en"] ?? ""
    }
  }

  var details: [String: ControlValue] {
    [
      "place": .text(portPath), "numbers": .text(numbers), "name": .text(name), "model": .text(model.id),
      "way": .text(model.way.rawValue), "held_by": .text(holder.words), "may_be_opened": .flag(mayBeOpened),
      "advice": .text(advice),
    ]
  }

  /// The first lines of a transcript.
  func transcriptHead(root: String) -> [TranscriptLine] {
    let file = "\(root)/sys/bus/usb/devices/\(portPath)/descriptors"
    let descriptors = Array(FileManager.default.contents(atPath: file) ?? Data())
    return [
      .form(TranscriptLine.version),
      .note("What belongs to people was replaced while this was written: cards are of nobody, codes say nothing."),
      .fact(.portPath, portPath), .fact(.numbers, numbers), .fact(.model, model.id), .fact(.way, model.way.rawValue),
      .fact(.descriptors, HexText.text(descriptors)),
    ]
  }

  /// The connected devices of known kinds, by port path.
  ///
  /// - Parameter root: replaces `/`, for tests.
  static func all(root: String, _ store: ReaderModelStore, keyboards: [ReaderModel.Numbers]) -> [PluggedDevice] {
    let folder = root + "/sys/bus/usb/devices"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.contains(":") }.sorted().compactMap { portPath in
      func value(_ name: String) -> String? {
        (try? String(contentsOfFile: "\(folder)/\(portPath)/\(name)", encoding: .utf8))?
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard let vendor = value("idVendor").flatMap({ UInt16($0, radix: 16) }),
        let product = value("idProduct").flatMap({ UInt16($0, radix: 16) }),
        let bus = value("busnum").flatMap({ Int($0) }), let address = value("devnum").flatMap({ Int($0) })
      else { return nil }
      func fits(_ model: ReaderModel) -> Bool {
        model.matches(own: model.id == ReaderModelStore.genericKeyboard ? keyboards : [])
          .contains { $0.fits(vendor: vendor, product: product) }
      }
      // A model that names the product precedes one that names the vendor; a configured scanner precedes all.
      let candidates = store.all.filter(fits)
      guard
        let model = candidates.first(where: { $0.id == ReaderModelStore.genericKeyboard })
          ?? candidates.first(where: { $0.numbers.contains { $0.product == product } }) ?? candidates.first
      else { return nil }
      let node = root + String(format: "/dev/bus/usb/%03d/%03d", bus, address)
      let drivers = names.filter { $0.hasPrefix(portPath + ":") }.compactMap { interface in
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(interface)/driver"))
          .map { ($0 as NSString).lastPathComponent }
      }
      return PluggedDevice(
        portPath: portPath, numbers: String(format: "%04x:%04x", vendor, product), name: value("product") ?? "",
        serial: value("serial"), model: model,
        holder: holder(of: node, drivers, root: root), mayBeOpened: mayBeOpened(node))
    }
  }

  private static func holder(of node: String, _ drivers: [String], root: String) -> Holder {
    // An interface that a program has claimed shows the driver usbfs.
    if !drivers.contains("usbfs") { return drivers.first.map(Holder.driver) ?? .nobody }
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: root + "/proc")) ?? []
    for pid in processes.compactMap({ Int($0) }) {
      let folder = "\(root)/proc/\(pid)/fd"
      let targets = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
      guard targets.contains(node) else { continue }
      let name = (try? String(contentsOfFile: "\(root)/proc/\(pid)/comm", encoding: .utf8)) ?? ""
      let word = name.trimmingCharacters(in: .whitespacesAndNewlines)
      return word.hasPrefix("yichuang-reader") ? .hall : .program(word, pid)
    }
    return .program("a program that only root sees", 0)
  }

  private static func mayBeOpened(_ node: String) -> Bool {
    var facts = stat()
    guard stat(node, &facts) == 0 else { return false }
    let group = getgrgid(facts.st_gid).map { String(cString: $0.pointee.gr_name) }
    return facts.st_mode & 0o006 == 0o006 || group == "yichuang" && facts.st_mode & 0o060 == 0o060
  }
}
