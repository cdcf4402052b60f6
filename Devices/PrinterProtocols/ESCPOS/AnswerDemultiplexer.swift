/// Classifies the bytes that a receipt printer sends. All kinds of answer share one wire and may interrupt each other.
///
/// By the fixed bits of their first byte: 0x37 begins an echo, `b & 0x93 == 0x12` is a `DLE EOT` answer, `b & 0x93 ==
/// 0x10` begins an ASB frame, and a byte without bits 7 and 4 answers `GS r`. Total: any bytes give answers. XON and
/// XOFF, which a printer on a serial line may send at any moment, are skipped. Source: Epson ESC/POS, identification of
/// status by its fixed bits.
package struct AnswerDemultiplexer: Sendable {
  /// Queries that may wait for an answer at once; a new one drops the oldest.
  package static let maximumQuestions = 16

  /// Software flow control; no frame contains these bytes.
  private static let xon: UInt8 = 0x11
  private static let xoff: UInt8 = 0x13

  private var questions: [RealTimeQuestion] = []
  private var frame: [UInt8] = []

  package init() {}

  /// Notes a query that is sent now: answers come in the order of the queries.
  package mutating func asked(_ question: RealTimeQuestion) {
    if questions.count == Self.maximumQuestions { questions.removeFirst() }
    questions.append(question)
  }

  /// Takes the next bytes from the printer and returns the answers that are complete now.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [PrinterAnswer] {
    bytes.lazy.filter { $0 != Self.xon && $0 != Self.xoff }.flatMap { take($0) }
  }

  private mutating func take(_ byte: UInt8) -> [PrinterAnswer] {
    guard let first = frame.first else { return begin(byte) }
    // A DLE EOT answer is one byte that may fall into a longer frame: neither frame can contain one, except that an
    // echo's four bytes may be anything.
    let isMark = first == 0x37 && (2...5).contains(frame.count)
    if !isMark, byte & 0x93 == 0x12 { return begin(byte) }
    frame.append(byte)
    let fits =
      first == 0x37
      ? frame.count == 2 && byte == 0x22 || isMark && (0x20...0x7E).contains(byte) || frame.count == 7 && byte == 0
      : AutomaticStatus.continues(with: byte)
    guard fits else { return resynchronise() }
    if first == 0x37, frame.count == 7, let id = ProcessID(Array(frame[2...5])) {
      frame = []
      return [.echo(id)]
    }
    if first != 0x37, frame.count == 4, let status = AutomaticStatus(bytes: frame) {
      frame = []
      return [.automatic(status)]
    }
    return []
  }

  private mutating func begin(_ byte: UInt8) -> [PrinterAnswer] {
    if byte == 0x37 || AutomaticStatus.begins(with: byte) {
      frame = [byte]
      return []
    }
    if byte & 0x93 == 0x12 {
      guard !questions.isEmpty else { return [.unasked(byte)] }
      let question = questions.removeFirst()
      return [.realTime(question, question.status(of: byte))]
    }
    return [byte & 0x90 == 0 ? .transmitted(byte) : .unrecognised(byte)]
  }

  /// Not a frame: its first byte is dropped as unrecognised, and the others are parsed again.
  private mutating func resynchronise() -> [PrinterAnswer] {
    let broken = frame
    frame = []
    return [.unrecognised(broken[0])] + broken.dropFirst().flatMap { take($0) }
  }
}
