/// Decodes a keyboard-mode scanner: HID boot keyboard reports of eight bytes.
///
/// A key counts when it is down in this report and was not in the one before; a scanner sends an empty report between
/// repeated characters. Only `silence` ends a code, because a symbol may contain Enter and Tab, as the hall's own
/// notices do. `ScanPatience` says how long the silence must be.
package struct KeyboardDecoder: Sendable {
  package struct Settings: Hashable, Sendable {
    package var layout: KeyboardLayout
    package var alt: AltReading
    /// Whether the scanner is configured to type the AIM identifier before each code.
    package var tellsSymbol: Bool
    /// Whether the scanner assumes that CapsLock is on and inverts the case of letters.
    package var capsLock: Bool

    package init(
      layout: KeyboardLayout = .us, alt: AltReading = .gbk, tellsSymbol: Bool = false, capsLock: Bool = false
    ) {
      self.layout = layout
      self.alt = alt
      self.tellsSymbol = tellsSymbol
      self.capsLock = capsLock
    }
  }

  private let settings: Settings
  private var buffer = ScanBuffer()
  private var down: [KeyUsage] = []
  private var altCode: AltCode?
  private var capsLock: Bool

  package init(_ settings: Settings = Settings()) {
    self.settings = settings
    capsLock = settings.capsLock
  }

  package var heldBytes: Int { buffer.bytes.count }
  /// Whether the last key is one that ends a line.
  package var isEnded: Bool { buffer.isEnded }

  /// Takes one report without a report id. A report of less than three bytes, or with a rollover error, is ignored.
  package mutating func take(_ report: [UInt8]) {
    guard report.count >= 3 else { return }
    let keys = report.dropFirst(2).prefix(6).map { KeyUsage($0) }
    guard !keys.contains(.errorRollOver) else { return }
    let modifiers = KeyModifiers(rawValue: report[0])
    if !modifiers.has(.alt) { endAlt() } else if altCode == nil { altCode = AltCode() }
    for key in keys where key.rawValue != 0 && !down.contains(key) { press(key, modifiers) }
    down = keys
  }

  /// Nothing was typed for a while: the collected keys are a code, and the next one begins with all keys up.
  package mutating func silence() -> ScanOutcome? {
    endAlt()
    down = []
    // Scanners that press CapsLock for a code press it again after it. Resetting here keeps a lost press from inverting
    // all later codes.
    capsLock = settings.capsLock
    return buffer.end(tellsSymbol: settings.tellsSymbol)
  }

  private mutating func endAlt() {
    guard let code = altCode else { return }
    altCode = nil
    buffer.append(code.bytes(settings.alt))
  }

  private mutating func press(_ key: KeyUsage, _ modifiers: KeyModifiers) {
    if key == .capsLock {
      capsLock.toggle()
      return
    }
    guard !modifiers.has(.command) else { return }
    if modifiers.has(.alt) {
      if let digit = key.keypadDigit { altCode?.type(digit) }
      return
    }
    if let end = key.end {
      buffer.append(CollectionOfOne(end))
      return
    }
    let shift = modifiers.has(.shift) != (capsLock && key.isLetter)
    guard let character = settings.layout.character(key, shift: shift) else { return }
    if modifiers.has(.control) {
      // Ctrl with @ to _ is the control character of that column: a scanner types GS as Ctrl+].
      let upper = settings.layout.character(key, shift: key.isLetter) ?? character
      if (0x40...0x5F).contains(upper) { buffer.append(CollectionOfOne(upper & 0x1F)) }
    } else {
      buffer.append(CollectionOfOne(character))
    }
  }
}
