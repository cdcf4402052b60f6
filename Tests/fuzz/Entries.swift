import Groundwork
import PrinterProtocols
import ReaderLink
import ReaderProtocols

/// One parser under fuzzing: takes any bytes, and ends the process when an invariant is broken.
typealias Entry = @Sendable ([UInt8]) -> Void

/// The parsers by the names of their folders in Tests/fuzz/corpus.
let entries: [String: Entry] = [
  "sam-frames": samFrames,
  "card-reader": cardReader,
  "card-text": cardText,
  "person-number": personNumber,
  "hid-keyboard": keyboard,
  "hid-pos": pointOfSale,
  "lines": lines,
  "reader-link": readerLink,
  "transcript": transcript,
  "scan-text": scanText,
  "escpos": escpos,
  "printer-answers": printerAnswers,
]

/// Whole and byte by byte give the same frames; the buffer is bounded.
func samFrames(_ bytes: [UInt8]) {
  for direction in [SAMFrame.Direction.replies, .commands] {
    var whole = SAMFrameParser(direction)
    var single = SAMFrameParser(direction)
    let expected = whole.take(bytes)
    precondition(bytes.flatMap { single.take(CollectionOfOne($0)) } == expected, "pieces matter")
    precondition(whole.heldBytes <= 6 + direction.lengths.upperBound, "holds more than a frame")
    _ = whole.silence()
    precondition(whole.heldBytes == 0, "holds something after silence")
    for case .frame(let frame) in expected {
      guard let reply = SAMReply(frame) else { continue }
      precondition(frame.body.count <= 283, "keeps more than text")
      for address in reply.addresses { _ = SafeText(address) }
      if let text = reply.text { cardText(text) }
      _ = SAMIdentity(reply.data)
      _ = SAMCommand.allCases.filter { $0.isAnswered(by: reply) }
    }
  }
}

/// Events: 0 opened, 1 gone, 2 timeout, 3 to 9 a documented answer, others so many bytes of the input.
func cardReader(_ bytes: [UInt8]) {
  let answers = [
    SAMReply.bytes(.done), SAMReply.bytes(.noCard), SAMReply.bytes(.cardFound, [0, 0, 0, 0]),
    SAMReply.bytes(.done, Array(repeating: 0, count: 8)), SAMReply.bytes(.done, Array(repeating: 1, count: 16)),
    SAMReply.bytes(text: CardText(.resident, [:]).bytes, photo: Array(repeating: 2, count: 1024)),
    SAMReply.bytes(.readingFailed),
  ]
  var machine = CardReader(mayRead: true)
  var rest = bytes[...]
  var isOpen = false
  var isWaiting = false
  while let code = rest.popFirst() {
    let event: CardReader.Event
    switch code {
    case 0: event = .opened
    case 1: event = .gone
    case 2: event = .timedOut
    case 3...9: event = .bytes(answers[Int(code) - 3])
    case 10...30: event = .bytes(SAMStatus.allCases[Int(code - 10) % SAMStatus.allCases.count].reply)
    default:
      event = .bytes(Array(rest.prefix(Int(code) - 30)))
      rest = rest.dropFirst(Int(code) - 30)
    }
    let actions = machine.step(event)
    if event == .opened { isOpen = true }
    if event == .timedOut { isWaiting = false }
    for case .wait(let milliseconds) in actions {
      precondition((1...CardReader.servicePause).contains(milliseconds), "waits for ever")
      isWaiting = true
    }
    if event == .gone || actions.contains(.reopen) { (isOpen, isWaiting) = (false, false) }
    precondition(!isOpen || isWaiting, "hangs")
    precondition(actions.count <= 5, "does too much at once")
  }
}

extension SAMStatus {
  fileprivate var reply: [UInt8] { SAMReply.bytes(self) }
}

func cardText(_ bytes: [UInt8]) {
  guard let card = try? CardText(bytes) else { return }
  _ = card.doubts
  for field in CardField.allCases {
    guard let value = card[field] else { continue }
    precondition(value.utf16.count <= 60, "a field longer than its place")
    _ = SafeText(Masking.masked(value, field))
    safe(value)
  }
  // Half a surrogate pair became U+FFFD of the same length, so a decoded card can be encoded and decoded again.
  precondition((try? CardText(card.bytes)).map { $0.kind == card.kind } ?? false, "cannot be read again")
}

func personNumber(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  for kind in CardKind.allCases { _ = PersonNumber(text, on: kind) }
  _ = CivilDate(cardDate: text)
  _ = Masking.number(text)
  _ = Masking.name(text)
}

func keyboard(_ bytes: [UInt8]) {
  guard let settings = bytes.first else { return }
  var decoder = KeyboardDecoder(
    .init(alt: settings & 1 == 0 ? .gbk : .unicode, tellsSymbol: settings & 2 != 0, capsLock: settings & 4 != 0))
  for report in reports(bytes.dropFirst(), of: 8) {
    decoder.take(report)
    precondition(decoder.heldBytes <= Scan.mostBytes, "holds too much")
  }
  if let rest = decoder.silence() { check([rest]) }
  precondition(decoder.heldBytes == 0, "holds something after silence")
}

func pointOfSale(_ bytes: [UInt8]) {
  var decoder = POSDecoder()
  for report in reports(bytes[...], of: 64) {
    if let outcome = decoder.take(report) { check([outcome]) }
    precondition(decoder.heldBytes <= Scan.mostBytes, "holds too much")
  }
  _ = decoder.silence()
  precondition(decoder.heldBytes == 0, "holds something after silence")
}

func lines(_ bytes: [UInt8]) {
  for tellsSymbol in [false, true] {
    var whole = LineDecoder(tellsSymbol: tellsSymbol)
    var single = LineDecoder(tellsSymbol: tellsSymbol)
    whole.take(bytes)
    for byte in bytes { single.take(CollectionOfOne(byte)) }
    precondition(whole.heldBytes <= Scan.mostBytes, "holds too much")
    let expected = whole.silence()
    precondition(single.silence() == expected, "pieces matter")
    if let expected { check([expected]) }
  }
}

func scanText(_ bytes: [UInt8]) {
  let decoded = ScanText(bytes)
  precondition(decoded.text.unicodeScalars.count <= bytes.count, "more characters than bytes")
  safe(decoded.text)
  if bytes.count >= 2 { _ = GB18030.character(UInt16(bytes[0]) << 8 | UInt16(bytes[1])) }
  _ = AIMIdentifier(bytes)
}

/// As a stream, and as the bytes after the version of one frame. A decoded message can be encoded and decodes the same.
func readerLink(_ bytes: [UInt8]) {
  let (frames, fault) = linkFrames(bytes)
  let (again, sameFault) = linkFrames(frames.flatMap { $0.bytes ?? [] })
  precondition(again == frames && sameFault == nil, "a frame that was heard cannot be said")
  var whole = LinkDecoder()
  do throws(LinkFrame.Fault) {
    let all = try whole.take(bytes)
    precondition(all == frames && fault == nil, "pieces matter")
  } catch {
    precondition(error == fault, "pieces matter to what is wrong")
  }
  frames.forEach(heard)
  let count = bytes.count + 1
  linkFrames([0, 0, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count), 1] + bytes).frames.forEach(
    heard)
}

/// Byte by byte: the frames, and the fault that ended them.
private func linkFrames(_ bytes: [UInt8]) -> (frames: [LinkFrame], fault: LinkFrame.Fault?) {
  var decoder = LinkDecoder()
  var frames: [LinkFrame] = []
  for byte in bytes {
    do throws(LinkFrame.Fault) {
      frames += try decoder.take(CollectionOfOne(byte))
    } catch {
      precondition(decoder.heldBytes == 0, "holds something after a fault")
      return (frames, error)
    }
    precondition(decoder.heldBytes < 4 + LinkFrame.mostBytes, "holds more than a frame")
  }
  return (frames, nil)
}

private func heard(_ frame: LinkFrame) {
  if let report = try? LinkReport(frame) {
    let again = try? LinkReport(report.frame)
    precondition(again == report && report.frame.bytes != nil, "a report that was heard cannot be told on")
    switch report {
    case .arrived(_, _, let name, let serial): [name, serial ?? ""].forEach(isSafe)
    case .card(_, let card): [card.name, card.number, card.birth, card.validTo].forEach(isSafe)
    case .code(_, let text, _, _): isSafe(text)
    case .note(let words): isSafe(words)
    default: break
    }
  }
  if let order = try? LinkOrder(frame) {
    let again = try? LinkOrder(order.frame)
    precondition(again == order && order.frame.bytes != nil, "an order that was heard cannot be told on")
  }
}

/// Text of the link is made safe when it is decoded, not only when it is shown.
private func isSafe(_ text: String) {
  precondition(SafeText(text, limit: LinkReport.mostText).description == text, "heard unsafely")
}

/// A transcript keeps its lengths and is parsed back as it was written.
func transcript(_ bytes: [UInt8]) {
  var cards = CardScrubber()
  let scrubbed = cards.scrub(bytes, answering: .readText)
  precondition(scrubbed.count == bytes.count, "bytes are lost")
  precondition(TextScrubber.scrub(bytes).count == bytes.count, "text grows or shrinks")
  for way in ReaderWay.allCases {
    let transfers = reports(bytes[...], of: way == .keyboard ? 8 : 64)
    let other = ScannerScrubber.scrub(transfers, way: way, settings: .init(), skipsID: bytes.count % 2 == 1)
    precondition(other.map(\.count) == transfers.map(\.count), "transfers change their lengths")
  }
  let text = String(decoding: bytes, as: UTF8.self)
  for words in text.split(separator: "\n") {
    guard let line = TranscriptLine(words) else { continue }
    precondition(TranscriptLine(line.text) == line, "a line is not read as it was written")
  }
  if let read = try? Transcript(text) {
    precondition(read.exchanges.count <= bytes.count && read.bursts.count <= bytes.count, "more than was written")
  }
}

/// In any pieces the same commands; the buffer is bounded.
func escpos(_ bytes: [UInt8]) {
  var whole = ESCPOSDecoder()
  var single = ESCPOSDecoder()
  let expected = whole.decode(bytes)
  precondition(bytes.flatMap { single.decode(CollectionOfOne($0)) } == expected, "pieces matter")
  precondition(whole.pendingBytes <= ESCPOSDecoder.maximumRasterBytes + 8, "holds too much")
  _ = ESCPOSDecoder.decodeAll(bytes)
}

/// The first byte is the number of open queries.
func printerAnswers(_ bytes: [UInt8]) {
  guard let count = bytes.first else { return }
  var answers = AnswerDemultiplexer()
  for index in 0..<(Int(count) % 32) {
    answers.asked(RealTimeQuestion.allCases[index % RealTimeQuestion.allCases.count])
  }
  let read = answers.take(bytes.dropFirst())
  precondition(read.count < max(bytes.count, 1), "more answers than bytes")
}

private func reports(_ bytes: ArraySlice<UInt8>, of size: Int) -> [[UInt8]] {
  stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { Array(bytes[$0..<min($0 + size, bytes.endIndex)]) }
}

private func check(_ outcomes: [ScanOutcome]) {
  for case .code(let scan) in outcomes {
    precondition((1...Scan.mostBytes).contains(scan.bytes.count), "a code out of bounds")
    safe(scan.text)
  }
}

private func safe(_ text: String) {
  let safe = SafeText(text)
  precondition(safe.description.unicodeScalars.count <= SafeText.usualLimit, "shown too long")
  for scalar in safe.description.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: preconditionFailure("shown unsafely")
    default: break
    }
  }
}
