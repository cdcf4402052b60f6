import SlipRender

/// A QR code for a terminal: two modules a character, dark on light, with its quiet zone.
enum TerminalQR {
  /// nil for a text that is too long for one.
  static func lines(_ text: String) -> [String]? {
    guard let code = try? QRMatrix(text) else { return nil }
    let zone = QRMatrix.quietZone
    func isDark(_ row: Int, _ column: Int) -> Bool {
      guard (0..<code.side).contains(row), (0..<code.side).contains(column) else { return false }
      return code.modules[row * code.side + column]
    }
    // A terminal usually shows light text on dark, so a light module is a filled character.
    return stride(from: -zone, to: code.side + zone, by: 2).map { row in
      String(
        (-zone..<code.side + zone).map { column -> Character in
          switch (isDark(row, column), isDark(row + 1, column)) {
          case (false, false): "█"
          case (false, true): "▀"
          case (true, false): "▄"
          case (true, true): " "
          }
        })
    }
  }
}
