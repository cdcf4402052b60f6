/// Replaces scanners' data, transfer by transfer; text as `TextScrubber` does.
package enum ScannerScrubber {
  /// - Parameters:
  ///   - transfers: what came between two pauses, in one piece.
  ///   - skipsID: whether reports of a keyboard-mode scanner begin with a report id.
  /// - Returns: as many transfers of the same lengths.
  package static func scrub(
    _ transfers: [[UInt8]], way: ReaderWay, settings: KeyboardDecoder.Settings, skipsID: Bool = false
  ) -> [[UInt8]] {
    switch way {
    case .keyboard: KeyScrubber(settings, skipsID: skipsID).scrub(transfers)
    case .pos: pointOfSale(transfers)
    case .serial: cut(lines(transfers.flatMap(\.self), settings.tellsSymbol), like: transfers)
    // Cards have a scrubber of their own; none of their data passes here.
    case .cardBulk, .cardHID: transfers.map { [UInt8](repeating: 0, count: $0.count) }
    }
  }

  /// Cuts bytes into pieces as long as these.
  package static func cut(_ bytes: [UInt8], like pieces: [[UInt8]]) -> [[UInt8]] {
    var rest = bytes[...]
    return pieces.map { piece in
      defer { rest = rest.dropFirst(piece.count) }
      return Array(rest.prefix(piece.count))
    }
  }

  private static func lines(_ bytes: [UInt8], _ tellsSymbol: Bool) -> [UInt8] {
    bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0D || $0 == 0x0A }).reduce(into: []) {
      all, line in
      let symbol = tellsSymbol && AIMIdentifier(line.prefix(3)) != nil ? 3 : 0
      all += Array(line.prefix(symbol)) + TextScrubber.scrub(Array(line.dropFirst(symbol)))
      // The line's own end.
      if all.count < bytes.count { all.append(bytes[all.count]) }
    }
  }

  private static func pointOfSale(_ reports: [[UInt8]]) -> [[UInt8]] {
    var scrubbed = reports
    var form: POSReport.Form?
    var code: [(report: Int, data: [UInt8])] = []
    func end() {
      let pieces = code.map(\.data)
      let text = cut(TextScrubber.scrub(pieces.flatMap(\.self)), like: pieces)
      for ((index, _), piece) in zip(code, text) {
        let start = (form ?? .bare).rawValue
        for (offset, byte) in piece.enumerated() { scrubbed[index][start + offset] = byte }
      }
      (code, form) = ([], nil)
    }
    for (index, bytes) in reports.enumerated() {
      guard let report = POSReport(bytes, continuing: form) else {
        scrubbed[index] = Array(bytes.prefix(2)) + TextScrubber.scrub(Array(bytes.dropFirst(2)))
        continue
      }
      form = report.form
      scrubbed[index] = frame(bytes, report.form)
      code.append((report: index, data: report.data))
      if !report.isContinued { end() }
    }
    end()
    return scrubbed
  }

  /// A report without its data: bytes behind the data may be left from another code.
  private static func frame(_ bytes: [UInt8], _ form: POSReport.Form) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      switch index {
      case 0, 1, 62, 63: byte
      case 2..<form.rawValue:
        AIMIdentifier(bytes[(form.rawValue - 3)..<form.rawValue]) != nil && index >= form.rawValue - 3 ? byte : 0
      default: 0
      }
    }
  }
}
