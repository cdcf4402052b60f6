import YAMLDocuments

/// The hall's door: TLS for consoles, boards and staff pages on other machines.
package struct DoorSettings: Hashable, Sendable {
  /// The socket by which the door reaches the daemon; its folder decides who may connect.
  package static let usualSocket = "/run/yichuang-door/door.sock"
  /// The folder of the door's own files: its configuration, its certificate, the page for enrolling a computer.
  package static let usualFolder = "/etc/yichuang/door"

  /// The hosts of its addresses, in lower case: IPv4 addresses and names, each once.
  package let hosts: [String]
  /// The port of all of them, 1024...65535 or 443.
  package let port: Int
  /// The port that gives the hall's certificate and the page for enrolling without TLS, and nothing else.
  package let plainPort: Int
  /// Connections and requests at a time of one client address; several computers behind one router share it.
  package let perAddress: Int
  /// Whether a computer needs a certificate of its own (`yichuangctl tls client`).
  package let needsClientCertificate: Bool
  package let socket: String
  package let folder: String

  /// What browsers send as `Host`: without the port where it is the default one of https.
  package var authorities: [String] { hosts.map { port == 443 ? $0 : "\($0):\(port)" } }
  /// `https://192.168.1.10:7443`, in the order of the file.
  package var origins: [String] { authorities.map { "https://" + $0 } }
  package var certificate: String { folder + "/hall.crt" }

  /// Host and port of an address as `origins` has it; nil for any other text.
  package static func origin(_ text: String) -> (host: String, port: Int)? { DoorSection.origin(text) }
  /// Whether a host is an IPv4 address.
  package static func isAddress(_ host: String) -> Bool { DoorSection.isAddress(host) }
}

/// `door:` TLS for other machines.
struct DoorSection {
  static let mostOrigins = 8
  static let perAddress = 128

  private let top: YAMLTable
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable) { self.top = top }

  /// nil without the section, or with a fault in it.
  func read() -> DoorSettings? {
    guard let section = top.table("door", required: false) else { return nil }
    defer { section.refuseUnknown() }
    let origins = origins(section)
    let plainPort = section.integer("plain_port", in: 1024...65_535) ?? 7380
    let perAddress = section.integer("connections_per_address", in: 16...4096) ?? Self.perAddress
    let needsCertificate = section.flag("client_certificates") ?? false
    let socket = path(section, "socket", DoorSettings.usualSocket, atMost: 100)
    let folder = path(section, "folder", DoorSettings.usualFolder, atMost: 200)
    guard let origins, let port = origins.first?.port, let socket, let folder else { return nil }
    if port == plainPort {
      log.fault(
        section.location(of: "plain_port"), "`plain_port` is the port of the addresses", "take another, such as 7380",
        zh: "plain_port 和加密地址用了同一个端口：换一个，如 7380")
    }
    return DoorSettings(
      hosts: origins.map(\.host), port: port, plainPort: plainPort, perAddress: perAddress,
      needsClientCertificate: needsCertificate, socket: socket, folder: folder)
  }

  private func origins(_ section: YAMLTable) -> [(host: String, port: Int)]? {
    let nodes = section.list("origins", required: true, atMost: Self.mostOrigins) ?? []
    var found: [(host: String, port: Int)] = []
    for node in nodes {
      guard let text = YAMLTable.text(node, "origins", atMost: 200, log) else { return nil }
      guard let origin = Self.origin(text) else {
        log.fault(
          node.location, "the door's address “\(text)”",
          "write it as a browser shows it, with the machine's address or a name and a port, such as 'https://192.168.1.10:7443'",
          zh: "入口地址“\(text)”不对：照浏览器里的样子写，带本机地址（或名字）和端口，如 'https://192.168.1.10:7443'")
        return nil
      }
      if found.contains(where: { $0.host == origin.host }) {
        log.fault(
          node.location, "the door's address \(origin.host) stands here twice", "keep it once",
          zh: "入口地址 \(origin.host) 写了两次：留一个")
      } else if let first = found.first, first.port != origin.port {
        log.fault(
          node.location, "the door's addresses have the ports \(first.port) and \(origin.port)",
          "write one port for all of them", zh: "入口地址用了 \(first.port) 和 \(origin.port) 两个端口：都写同一个")
      }
      found.append(origin)
    }
    if found.isEmpty, section.node("origins") != nil {
      log.fault(
        section.location(of: "origins"), "the door has no address", "write one, or take `door` out",
        zh: "入口没有写地址：写一个，或去掉 door 一节")
    }
    return found.isEmpty ? nil : found
  }

  /// The host in lower case and the port of an origin; nil for any other text.
  static func origin(_ text: String) -> (host: String, port: Int)? {
    let text = text.lowercased()
    guard text.hasPrefix("https://") else { return nil }
    let parts = text.dropFirst(8).split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first.map(String.init), parts.count < 3, isAddress(host) || isName(host) else { return nil }
    guard let port = parts.count == 2 ? Int(parts[1]) : 443, port == 443 || (1024...65_535).contains(port) else {
      return nil
    }
    return (host, port)
  }

  /// An IPv4 address in its usual form.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      UInt8(part).flatMap { String($0) == part ? $0 : nil }
    }
    return parts.count == 4 && parts.allSatisfy { $0 != nil } && parts[0] != 0
  }

  /// A host's name: labels of letters, digits and hyphens, the last of which is no number (RFC 1123 §2.1).
  static func isName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
    return isPlain && text.utf8.count <= 190 && labels.last.map { Int($0) == nil } == true
  }

  private func path(_ section: YAMLTable, _ key: String, _ usual: String, atMost length: Int) -> String? {
    guard let text = section.text(key, required: false, atMost: length) else {
      return section.node(key) == nil ? usual : nil
    }
    guard text.hasPrefix("/"), text.utf8.count <= length,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"';{}$\\".utf8.contains($0) })
    else {
      log.fault(
        section.location(of: key), "`\(key)` is “\(text)”", "write a path from /, in letters, digits, - _ . and /",
        zh: "“\(key)”是“\(text)”：写从 / 开始的路径，只用字母、数字和 - _ . /")
      return nil
    }
    return text
  }
}
