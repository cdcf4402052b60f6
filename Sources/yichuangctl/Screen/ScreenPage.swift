import Foundation
import Ports
import Settings

/// The page that a machine's own screen shows, and what its browser may reach.
struct ScreenPage: Hashable, Sendable {
  enum Kind: String, Sendable {
    case kiosk, board
  }

  /// Why an address cannot be shown, in both languages.
  struct Fault: Error, Hashable, Sendable {
    let english: String
    let chinese: String
  }

  let kind: Kind
  /// The whole address with its secret; `screen` in it makes the page beat.
  let address: String
  /// `https://10.1.2.3:7443`.
  let origin: String
  /// The kiosk's id, or the name of the board's screen.
  let name: String

  /// The touch page of a kiosk at its hall's own listener.
  init(kiosk: KioskSettings, at listener: Endpoint) {
    kind = .kiosk
    name = kiosk.id
    let host = listener.host.contains(":") ? "[\(listener.host)]" : listener.host
    origin = "http://\(host):\(listener.port)"
    let id = Self.escaped(kiosk.id)
    address =
      "\(origin)/touch/?kiosk=\(id)&screen=\(id)" + (kiosk.pageSecret.map { "#key=\(Self.escaped($0))" } ?? "")
  }

  /// The board of a hall, by the link that sets its cookie.
  ///
  /// - Parameter link: `https://HALL/board/enter?token=…`, with `&window=N` for a window's own screen; plain HTTP only on this machine.
  init(board link: String, name: String) throws(Fault) {
    guard WatchedScreen.isName(name) else {
      throw Fault(
        english: "--name is 1 to \(WatchedScreen.longestName) small letters, digits and hyphens, such as east",
        chinese: "--name 用小写字母、数字和连字符，1 到 \(WatchedScreen.longestName) 个，例如 east")
    }
    guard let parts = URLComponents(string: link), let host = parts.host, !host.isEmpty, parts.path == "/board/enter",
      parts.user == nil, parts.fragment == nil, link.utf8.count <= 1024,
      link.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }),
      let items = parts.queryItems, items.filter({ $0.name == "token" }).count == 1,
      items.contains(where: { $0.name == "token" && $0.value?.isEmpty == false }),
      items.allSatisfy({ ["token", "window"].contains($0.name) })
    else {
      throw Fault(
        english: "--board is the board's whole link, https://HALL:PORT/board/enter?token=…, in quotes",
        chinese: "--board 写大屏的完整链接：https://大厅地址:端口/board/enter?token=…，两边加引号")
    }
    guard parts.scheme == "https" || parts.scheme == "http" && Self.isThisMachine(host) else {
      throw Fault(
        english: "a board on another machine is shown over https only: take the link that begins with https://",
        chinese: "另一台电脑上的大屏只能用 https：用 https:// 开头的链接")
    }
    kind = .board
    self.name = name
    origin = "\(parts.scheme ?? "https")://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    address = "\(link)&screen=\(name)"
  }

  /// Whether the page's hall is this machine's own.
  var isHere: Bool { Self.isThisMachine(URLComponents(string: origin)?.host ?? "") }

  /// The address without its secret, for people.
  var shown: String { Self.shown(address) }

  static func shown(_ address: String) -> String {
    let open = address.split(separator: "#", maxSplits: 1)[0]
    guard let token = open.range(of: "token=") else { return String(open) }
    let end = open[token.upperBound...].firstIndex(of: "&") ?? open.endIndex
    return "\(open[..<token.upperBound])…\(open[end...])"
  }

  private static func isThisMachine(_ host: String) -> Bool {
    ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
  }

  private static func escaped(_ text: String) -> String {
    let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
