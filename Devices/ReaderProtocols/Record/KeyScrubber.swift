/// Replaces the keys that a scanner presses; which are down at the same time, and for how many reports, is kept.
struct KeyScrubber {
  private let settings: KeyboardDecoder.Settings
  private let skipsID: Bool
  private var held: [KeyUsage: UInt8] = [:]
  private var letters = 0
  private var digits = 0
  /// Positions of the digits of a number typed while Alt is held; a digit held over several reports has several.
  private var alt: [[(report: Int, slot: Int)]]?
  private var altHeld: [KeyUsage: Int] = [:]
  private var typed: [Int] = []
  private var signs = 0

  init(_ settings: KeyboardDecoder.Settings, skipsID: Bool) {
    self.settings = settings
    self.skipsID = skipsID
  }

  func scrub(_ reports: [[UInt8]]) -> [[UInt8]] {
    var scrubber = self
    var scrubbed = reports
    for index in reports.indices { scrubber.take(index, &scrubbed) }
    scrubber.endAlt(&scrubbed)
    return scrubbed
  }

  private mutating func take(_ index: Int, _ reports: inout [[UInt8]]) {
    let bytes = reports[index]
    let first = skipsID ? 1 : 0
    guard bytes.count >= first + 3 else {
      reports[index] = [UInt8](repeating: 0, count: bytes.count)
      return
    }
    let modifiers = KeyModifiers(rawValue: bytes[first])
    if !modifiers.has(.alt) { endAlt(&reports) } else if alt == nil { alt = [] }
    let slots = (first + 2)..<min(first + 8, bytes.count)
    for slot in bytes.indices where slot > first && !slots.contains(slot) { reports[index][slot] = 0 }
    let down = Set(slots.map { KeyUsage(bytes[$0]) })
    held = held.filter { down.contains($0.key) }
    altHeld = altHeld.filter { down.contains($0.key) }
    for slot in slots where bytes[slot] != 0 {
      let key = KeyUsage(bytes[slot])
      if let digit = key.keypadDigit, alt != nil, held[key] == nil {
        let number = altHeld[key] ?? typed.count
        if number == typed.count {
          typed.append(digit)
          alt?.append([])
          altHeld[key] = number
        }
        alt?[number].append((report: index, slot: slot))
      } else {
        let other = held[key] ?? replacement(key, modifiers)
        held[key] = other
        reports[index][slot] = other
      }
    }
  }

  private mutating func replacement(_ key: KeyUsage, _ modifiers: KeyModifiers) -> UInt8 {
    func next(_ count: inout Int, _ first: UInt8, of all: Int) -> UInt8 {
      var candidate: UInt8
      repeat {
        candidate = first + UInt8(count % all)
        count += 1
      } while held.values.contains(candidate)
      return candidate
    }
    guard !modifiers.has(.control) else { return key.rawValue }
    switch key.rawValue {
    case 0x04...0x1D: return next(&letters, 0x04, of: 26)
    case 0x1E...0x27: return modifiers.has(.shift) ? key.rawValue : next(&digits, 0x1E, of: 10)
    case 0x59...0x62: return next(&digits, 0x59, of: 10)
    default: return key.rawValue
    }
  }

  /// The number is complete: it is replaced by another of its kind with as many digits.
  private mutating func endAlt(_ reports: inout [[UInt8]]) {
    guard let presses = alt else { return }
    for (digit, slots) in zip(number(), presses) {
      for slot in slots { reports[slot.report][slot.slot] = digit == 0 ? 0x62 : 0x58 + UInt8(digit) }
    }
    (alt, altHeld, typed) = (nil, [:], [])
  }

  private mutating func number() -> [Int] {
    guard !typed.isEmpty, typed.count <= 8 else { return typed.indices.map { 1 + $0 % 2 } }
    let value = typed.reduce(0) { $0 * 10 + $1 }
    let other: Int
    switch value {
    case 0x30...0x39: other = 0x35
    case 0x41...0x5A: other = 0x4B
    case 0x61...0x7A: other = 0x6B
    case ..<0x80: other = value
    case ..<0x100:
      // 测, byte by byte.
      other = signs % 2 == 0 ? 0xB2 : 0xE2
      signs += 1
    // Ж, or 测 in each of the two readings.
    case ..<10_000: other = typed.count < 4 ? 0x2D1 : 0x416
    default: other = settings.alt == .gbk ? 0xB2E2 : 0x6D4B
    }
    var digits = String(other).utf8.map { Int($0) - 0x30 }
    while digits.count < typed.count { digits.insert(0, at: 0) }
    return digits
  }
}
