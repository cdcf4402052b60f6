import Groundwork
import ReaderProtocols
import Testing

// Goal: a code reads the same in every mode of a scanner. Method: the usage tables row by row, codes typed by the test
// as scanners type them, reports of both forms, every kind of broken end, mutations.
@Suite("Scanners")
struct ScannerTests {
  // MARK: keyboard

  /// The reports in which a scanner types `text` on a US keyboard: each key down, then all up.
  static func typed(_ text: String) -> [[UInt8]] {
    let plain = Array("abcdefghijklmnopqrstuvwxyz1234567890\n\u{1B}\u{8}\t -=[]\\#;'`,./")
    let shifted = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\n\u{1B}\u{8}\t _+{}|~:\"~<>?")
    return text.flatMap { character -> [[UInt8]] in
      let shift = !plain.contains(character) || character == "#"
      let place = shift ? shifted.firstIndex(of: character) : plain.firstIndex(of: character)
      return [report(shift ? 2 : 0, UInt8(4 + (place ?? 0))), report(0)]
    }
  }

  static func report(_ modifiers: UInt8, _ keys: UInt8...) -> [UInt8] {
    [modifiers, 0] + keys + Array(repeating: 0, count: 6 - keys.count)
  }

  /// The codes of the reports followed by silence.
  func codes(_ reports: [[UInt8]], _ settings: KeyboardDecoder.Settings = .init()) -> [String] {
    var decoder = KeyboardDecoder(settings)
    return [outcome(reports, &decoder)].compactMap { if case .code(let scan)? = $0 { scan.text } else { nil } }
  }

  func outcome(_ reports: [[UInt8]], _ decoder: inout KeyboardDecoder) -> ScanOutcome? {
    for report in reports { decoder.take(report) }
    return decoder.silence()
  }

  @Test("every printable character is typed and read")
  func usLayout() {
    let all = String(String.UnicodeScalarView((0x20...0x7E).map { Unicode.Scalar(UInt8($0)) }))
    #expect(codes(Self.typed(all + "\n")) == [all])
  }

  @Test("the number block types digits and signs, both Enter keys and Tab stand behind a code")
  func keypad() {
    let keys: [UInt8] = [0x59, 0x5A, 0x5B, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x62, 0x54, 0x55, 0x56, 0x57, 0x63]
    let reports = keys.flatMap { [Self.report(0, $0), Self.report(0)] }
    for end in [UInt8(0x28), 0x58, 0x2B] {
      #expect(codes(reports + [Self.report(0, end)]) == ["1234567890/*-+."])
    }
    #expect(codes(reports) == ["1234567890/*-+."])
  }

  @Test("a key held down counts once, several new keys in one report count in order, too many count not at all")
  func keysDown() {
    #expect(
      codes(
        [Self.report(0, 4), Self.report(0, 4, 5), Self.report(0, 5, 6), Self.report(0), Self.report(0, 4)])
        == ["abca"])
    let rollover = Self.report(0, 1, 1, 1, 1, 1, 1)
    #expect(codes([Self.report(0, 4), rollover, Self.report(0, 4), Self.report(0, 5, 6)]) == ["abc"])
  }

  @Test("control characters, CapsLock, and keys that command the desktop")
  func modifiers() {
    #expect(codes([Self.report(1, 0x30), Self.report(0), Self.report(0x10, 4)]) == ["\u{1D}\u{1}"])
    let caps = [Self.report(0, 0x39), Self.report(0)]
    #expect(codes(caps + Self.typed("aB1!") + caps + Self.typed("aB\n")) == ["Ab1!aB"])
    #expect(codes(Self.typed("aB\n"), .init(capsLock: true)) == ["Ab"])
    #expect(codes([Self.report(8, 0x15), Self.report(0), Self.report(0, 4)]) == ["a"])
    var decoder = KeyboardDecoder()
    _ = outcome(caps, &decoder)
    #expect(outcome(Self.typed("a\n"), &decoder) == .code(Scan([0x61])), "a lost CapsLock turns one code at most")
  }

  /// The reports of a number typed with Alt held, one digit a report or `together` in one.
  static func alt(_ number: String, together: Bool = false) -> [[UInt8]] {
    let usages = number.utf8.map { $0 == 0x30 ? UInt8(0x62) : $0 - 0x30 + 0x58 }
    if together { return [[4, 0] + usages + Array(repeating: 0, count: 6 - usages.count), report(0)] }
    return usages.flatMap { [report(4, $0), report(4)] } + [report(0)]
  }

  @Test("Alt codes: bytes, GBK, Unicode, as the setting says")
  func altCodes() {
    #expect(codes([[4, 0, 0x62, 0x60, 0x5B, 0, 0, 0], Self.report(0)]) == ["S"], "a capture: Alt 0 8 3")
    #expect(codes(Self.alt("029")) == ["\u{1D}"])
    #expect(codes(Self.alt("48327"), .init(alt: .gbk)) == ["记"])
    #expect(codes(Self.alt("35760"), .init(alt: .unicode)) == ["记"])
    #expect(codes(Self.alt("35760"), .init(alt: .gbk)) == [gbkOf(35760)])
    #expect(codes(Self.alt("131072")) == ["𠀀"], "no GBK has six digits")
    #expect(codes(Self.alt("0188") + Self.alt("0199") + Self.typed("1\n")) == ["记1"], "GBK byte by byte")
    let utf8 = "记".utf8.flatMap { Self.alt("0\($0)") }
    #expect(codes(utf8) == ["记"])
    #expect(
      codes(Self.alt("55296"), .init(alt: .unicode)) == ["\u{FFFD}"], "a half of a pair is no character")
    #expect(codes(Self.alt("99999999999")) == ["\u{FFFD}"])
    #expect(codes([Self.report(4), Self.report(0)] + Self.typed("a\n")) == ["a"])
  }

  private func gbkOf(_ code: UInt16) -> String { GB18030.character(code).map { String($0) } ?? "" }

  @Test("a code may tell its symbol in front")
  func symbolInFront() {
    var decoder = KeyboardDecoder(.init(tellsSymbol: true))
    #expect(
      outcome(Self.typed("]Q1AB\n"), &decoder)
        == .code(Scan(Array("AB".utf8), symbol: AIMIdentifier(Array("]Q1".utf8)))))
    #expect(outcome(Self.typed("]?1\n"), &decoder) == .code(Scan(Array("]?1".utf8))))
  }

  @Test("a code without end is dropped at the bound, and the next one is whole")
  func bounded() {
    var decoder = KeyboardDecoder()
    let long = Self.typed(String(repeating: "ab", count: 3000))
    for report in long {
      decoder.take(report)
      #expect(decoder.heldBytes <= Scan.mostBytes)
    }
    #expect(decoder.silence() == .tooLong)
    #expect(outcome(Self.typed("\nok\n"), &decoder) == .code(Scan(Array("ok".utf8))))
  }

  // MARK: HID POS

  /// The reports of a code in the form with an AIM identifier, `offset` 2 or 3, or bare when there is none.
  static func pos(_ code: [UInt8], aim: String? = "]Q1", offset: Int = 2) -> [[UInt8]] {
    let head = (aim == nil ? [] : Array(repeating: UInt8(0), count: offset - 2)) + Array((aim ?? "").utf8)
    var reports: [[UInt8]] = []
    var rest = code[...]
    repeat {
      let part = rest.prefix(56)
      rest = rest.dropFirst(56)
      var report = [2, UInt8(part.count)] + head + part
      report += Array(repeating: 0, count: 64 - report.count)
      report[63] = rest.isEmpty ? 0 : 1
      reports.append(report)
    } while !rest.isEmpty
    return reports
  }

  @Test("one report, several, all lengths, in each form", arguments: [0, 1, 2])
  func pos(form: Int) {
    for length in [1, 2, 55, 56, 57, 112, 113, 1000, 2953] {
      let code = (0..<length).map { UInt8(0x41 + $0 % 26) }
      var decoder = POSDecoder()
      let reports = Self.pos(code, aim: form == 0 ? nil : "]Q1", offset: form + 1)
      let outcomes = reports.compactMap { decoder.take($0) }
      #expect(outcomes == [.code(Scan(code, symbol: form == 0 ? nil : AIMIdentifier(Array("]Q1".utf8))))])
    }
  }

  @Test("Chinese text cut within a character by the end of a report")
  func chinese() {
    let text = String(repeating: "记录", count: 30)
    var decoder = POSDecoder()
    #expect(
      Self.pos(Array(text.utf8)).compactMap { decoder.take($0) } == [
        .code(Scan(Array(text.utf8), symbol: AIMIdentifier(Array("]Q1".utf8))))
      ])
    let gbk: [UInt8] = (0..<40).flatMap { _ in [0xBC, 0xC7] }
    let outcomes = Self.pos(gbk, aim: nil).compactMap { decoder.take($0) }
    #expect(outcomes == [.code(Scan(gbk))])
    if case .code(let scan) = outcomes.first { #expect(scan.text == String(repeating: "记", count: 40)) }
  }

  @Test("a menu's answer is no code; a cut code is said; other reports are nothing")
  func posEnds() {
    var decoder = POSDecoder()
    #expect(decoder.take(Self.pos(Array("REVINF".utf8), aim: "]X0")[0]) == .answer(Array("REVINF".utf8)))
    #expect(decoder.take(Self.pos([6], aim: "]Z6")[0]) == .answer([6]))
    #expect(decoder.take(Self.pos(Array(repeating: 0x41, count: 100))[0]) == nil)
    #expect(decoder.silence() == .cutOff && decoder.silence() == nil && decoder.heldBytes == 0)
    for bad in [[], [2], [2, 57] + Array(repeating: UInt8(0x41), count: 62), [3, 1, 0x41, 0], [2, 20, 0x41]]
      as [[UInt8]]
    {
      #expect(POSReport(bad) == nil)
    }
    var last: ScanOutcome?
    for _ in 0..<100 {
      last = decoder.take(Self.pos(Array(repeating: 0x41, count: 100))[0])
      #expect(last == nil && decoder.heldBytes <= Scan.mostBytes)
    }
    #expect(decoder.take(Self.pos([0x41])[0]) == .tooLong)
  }

  @Test("identifiers name their symbology")
  func symbologies() {
    for (aim, name) in [
      "]Q3": "GS1 QR Code", "]Q1": "QR Code", "]C1": "GS1-128", "]C0": "Code 128", "]E0": "EAN-13", "]h0": "Han Xin",
    ] {
      let identifier = AIMIdentifier(Array(aim.utf8))
      #expect(identifier?.symbology == name && identifier?.description == aim)
    }
    for bad in ["Q1", "]Q", "]?1", "]Q!", "[Q1", "]Q12"] { #expect(AIMIdentifier(Array(bad.utf8)) == nil) }
  }

  // MARK: lines

  @Test("a symbol with breaks of lines is one code: lines end with CR, LF or both, in any pieces", arguments: 0..<10)
  func lines(seed: Int) {
    var chance = SeededRandom(seed: UInt64(seed))
    for end in ["\r", "\n", "\r\n", "\n\n", ""] {
      var decoder = LineDecoder()
      for piece in chance.pieces(Array("A001\r\n记录\(end)".utf8)) { decoder.take(piece) }
      #expect(decoder.isEnded == !end.isEmpty)
      #expect(decoder.silence() == .code(Scan(Array("A001\r\n记录".utf8))) && decoder.silence() == nil)
      decoder.take(Array("\nrest".utf8))
      #expect(!decoder.isEnded && decoder.silence() == .code(Scan(Array("rest".utf8))))
    }
    var decoder = LineDecoder(tellsSymbol: true)
    decoder.take(Array("]C0X\r".utf8))
    #expect(decoder.silence() == .code(Scan([0x58], symbol: AIMIdentifier(Array("]C0".utf8)))))
    decoder.take(Array("]C0\r".utf8))
    #expect(decoder.silence() == nil)
    decoder.take(Array(repeating: 0x41, count: 10_000))
    #expect(decoder.heldBytes == 0 && decoder.silence() == .tooLong)
  }

  @Test("a symbol that a keyboard types with Enter between its lines is one code")
  func typedLines() {
    #expect(codes(Self.typed("\nA001\nABCD1234EFGH\n")) == ["A001\nABCD1234EFGH"])
    #expect(codes(Self.typed("A001\tABCD\n\n")) == ["A001\tABCD"])
    #expect(codes(Self.typed("\n\n")) == [])
  }

  @Test("slow scanners are not cut up: 90 ms a key, pauses of 70 ms, also behind an end of line")
  func patience() {
    #expect(min(ScanPatience.keyboard.open, ScanPatience.keyboard.ended) > 90 * 3 / 2)
    #expect(min(ScanPatience.line.open, ScanPatience.line.ended) > 70 * 3 / 2)
  }

  // MARK: hostile

  @Test("no reports trap, no decoder holds more than its bound", arguments: 0..<30)
  func hostile(seed: Int) {
    var chance = SeededRandom(seed: UInt64(seed))
    let good = Self.typed("A001\n") + Self.alt("48327") + Self.pos(Array(repeating: 0x41, count: 120))
    var keyboard = KeyboardDecoder(.init(alt: Bool.random(using: &chance) ? .gbk : .unicode, tellsSymbol: true))
    var pos = POSDecoder()
    var lines = LineDecoder(tellsSymbol: true)
    for round in 0..<400 {
      let report =
        round % 4 == 0
        ? chance.noise(count: Int.random(in: 0...70, using: &chance))
        : chance.mutate(good.randomElement(using: &chance) ?? [])
      keyboard.take(report)
      _ = pos.take(report)
      lines.take(report)
      if round % 50 == 0 { _ = (keyboard.silence(), pos.silence(), lines.silence()) }
      #expect(max(keyboard.heldBytes, pos.heldBytes, lines.heldBytes) <= Scan.mostBytes)
    }
  }
}
