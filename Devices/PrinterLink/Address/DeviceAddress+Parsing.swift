import PrinterProtocols

extension DeviceAddress {
  /// Parses a device-uri strictly: unknown or malformed parts are errors.
  package init(uri: String) throws(DeviceAddressFault) {
    guard uri.utf8.count <= Self.longestURI else { throw .tooLong }
    guard uri.hasPrefix(Self.scheme + ":") else { throw .otherScheme }
    let rest = uri.dropFirst(Self.scheme.utf8.count + 1)
    let location = rest.prefix { $0 != "?" }
    var options = try Options(rest.dropFirst(location.count + 1))
    self.init(
      location: try Self.location(location, &options),
      model: try options.take("model", { Self.isModel($0) ? $0 : nil }),
      status: try options.take("status", Self.status) ?? .realtime,
      completion: try options.take("completion", Self.completion) ?? .echo,
      answerMilliseconds: try options.take("answer", Self.milliseconds) ?? Self.defaultAnswer,
      waitMilliseconds: try options.take("wait", Self.milliseconds) ?? Self.defaultWait,
      confirmMilliseconds: try options.take("confirm", Self.milliseconds) ?? Self.defaultConfirm)
    if let unknown = options.first { throw .unknownOption(unknown) }
  }

  private static func location(_ text: Substring, _ options: inout Options) throws(DeviceAddressFault) -> Location {
    if text.hasPrefix("//") {
      if let option = options.among(["baud", "flow"]) { throw .notForThisLocation(option: option) }
      return try network(text.dropFirst(2))
    }
    guard !text.isEmpty else { throw .noLocation }
    let path = String(text)
    guard isDevice(path) else { throw .badPath(path) }
    let name = path.split(separator: "/").last ?? ""
    let isSerial = name.hasPrefix("tty") || path.hasPrefix("/dev/pts/") || options.among(["baud", "flow"]) != nil
    guard isSerial else { return .printerNode(path: path) }
    return .serial(
      path: path,
      SerialLine(
        baud: try options.take("baud", { Int($0).flatMap { SerialLine.bauds.contains($0) ? $0 : nil } }) ?? 9_600,
        flow: try options.take("flow", SerialLine.FlowControl.init(rawValue:)) ?? .rtscts))
  }

  private static func network(_ text: Substring) throws(DeviceAddressFault) -> Location {
    var authority = text
    // CUPS wants a slash before the options of a URI with a host.
    if authority.last == "/" { authority.removeLast() }
    guard !authority.isEmpty else { throw .noLocation }
    var host = authority
    var port = defaultPort
    if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
      let digits = authority[authority.index(after: colon)...]
      guard let number = Int(digits), (1...65_535).contains(number), digits.allSatisfy(\.isASCIIDigit) else {
        throw .badPort(String(digits))
      }
      (host, port) = (authority[..<colon], number)
    }
    if host.first == "[", host.last == "]" {
      host = host.dropFirst().dropLast()
      guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || ":.".contains($0) }) else {
        throw .badHost(String(host))
      }
    } else {
      let isName = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
      guard isName, !host.isEmpty, host.utf8.count <= 253 else { throw .badHost(String(host)) }
    }
    return .network(host: String(host), port: port)
  }

  /// A path below /dev, without `..`.
  private static func isDevice(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/-_.:".contains($0)) }
    return path.hasPrefix("/dev/") && isPlain && parts.allSatisfy { !$0.isEmpty && $0 != ".." && $0 != "." }
  }

  private static func isModel(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
  }

  private static func status(_ text: String) -> StatusMethod? {
    StatusMethod(rawValue: text).flatMap { $0 == .ipp ? nil : $0 }
  }

  private static func completion(_ text: String) -> CompletionMethod? {
    CompletionMethod(rawValue: text).flatMap { $0 == .ipp ? nil : $0 }
  }

  /// A time in the options of a device-uri: seconds with three decimals.
  package static func seconds(_ milliseconds: Int) -> String {
    let fraction = String(milliseconds % 1_000)
    return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// Seconds with up to three decimals, 0...600.
  private static func milliseconds(_ text: String) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard let whole = parts.first, (1...3).contains(whole.count), (1...3).contains(fraction.count),
      whole.allSatisfy(\.isASCIIDigit), fraction.allSatisfy(\.isASCIIDigit), let seconds = Int(whole),
      let thousandths = Int(fraction + String(repeating: "0", count: 3 - fraction.count))
    else { return nil }
    let time = seconds * 1_000 + thousandths
    return time <= longestTime ? time : nil
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension DeviceAddress {
  /// The options that have not been read yet.
  private struct Options {
    private var values: [(name: String, value: String)] = []

    /// - Parameter text: the query, after the question mark.
    init(_ text: Substring) throws(DeviceAddressFault) {
      for option in text.split(separator: "&", omittingEmptySubsequences: true) {
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { throw .malformedOption(String(option)) }
        let name = String(parts[0])
        guard !values.contains(where: { $0.name == name }) else { throw .repeatedOption(name) }
        values.append((name, String(parts[1])))
      }
    }

    var first: String? { values.first?.name }

    /// The first of these names that is given.
    func among(_ names: [String]) -> String? { values.first { names.contains($0.name) }?.name }

    mutating func take<Value>(
      _ name: String, _ read: (String) -> Value?
    ) throws(DeviceAddressFault) -> Value? {
      guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
      let text = values.remove(at: index).value
      guard let value = read(text) else { throw .badValue(option: name, value: text) }
      return value
    }
  }
}
