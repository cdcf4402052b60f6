import PrinterLink
import PrinterProtocols

/// Turns a printer's address as the operator writes it into the device-uri for CUPS.
struct QueueDevice: Equatable {
  /// The device-uri of the queue.
  let uri: String

  struct Fault: Error, CustomStringConvertible {
    let description: String
    let chinese: String
  }

  /// Parses `HOST`, `HOST:PORT`, `socket://HOST:PORT`, a path under /dev with `?baud=…&flow=…` for a serial printer, a
  /// whole `yichuang-pos:` URI; for an IPP printer `HOST` or an `ipp:` or `ipps:` URI.
  ///
  /// The model's options are appended, except where the operator gave them.
  init(_ text: String, for model: PrinterModel) throws(Fault) {
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "\"" && $0 != "\\" }) else {
      throw Fault(
        description: "--device holds blanks or other characters that no address has",
        chinese: "--device 里有空格或地址不会有的字符：核对后重写")
    }
    uri = model.language == .ipp ? try Self.ipp(text) : try Self.pos(text, model)
  }

  private static func ipp(_ text: String) throws(Fault) -> String {
    if text.hasPrefix("ipp://") || text.hasPrefix("ipps://") { return text }
    guard !text.contains("/"), !text.contains("?") else {
      throw Fault(
        description: "an IPP printer's --device is its host or an ipp:// address, not \(text)",
        chinese: "IPP 打印机的 --device 写主机名、IP 或 ipp:// 地址，不是 \(text)")
    }
    return "ipp://\(text)/ipp/print"
  }

  private static func pos(_ text: String, _ model: PrinterModel) throws(Fault) -> String {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let given = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
    let names = given.map { $0.prefix { $0 != "=" } }
    let answer = model.answerMilliseconds.map { "answer=\(DeviceAddress.seconds($0))" }
    let told = [
      "model=\(model.id)", "status=\(model.status.rawValue)", "completion=\(model.completion.rawValue)", answer,
    ].compactMap { $0 }.filter { option in !names.contains(option.prefix { $0 != "=" }) }
    let uri = posURI(String(parts[0])) + "?" + (given + told).joined(separator: "&")
    do throws(DeviceAddressFault) {
      _ = try DeviceAddress(uri: uri)
    } catch {
      throw Fault(
        description: "--device \(text): \(error)", chinese: "--device \(text) 不能用（\(error)）：写 IP、主机:端口或 /dev 下的设备")
    }
    return uri
  }

  private static func posURI(_ text: String) -> String {
    let scheme = DeviceAddress.scheme + ":"
    if text.hasPrefix("/") { return scheme + text }
    var host = text[...]
    for prefix in [scheme + "//", "socket://", "tcp://"] where host.hasPrefix(prefix) {
      host = host.dropFirst(prefix.count)
    }
    if host.hasPrefix(scheme) { return String(host) }
    if host.hasSuffix("/") { host = host.dropLast() }
    return "\(scheme)//\(host)/"
  }
}
