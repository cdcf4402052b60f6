import PrinterProtocols
import Testing

// Goal: the answers of a receipt printer are told apart, also when one interrupts another. Method: the frames of the
// command reference, every order of them, every state there and back, seeded noise.
@Suite("Answers of an ESC/POS printer")
struct PrinterAnswerTests {
  static let states: [PrinterStatus] = [
    [], .coverOpen, .paperNearEnd, [.paperNearEnd, .paperEnd], .cutterError, .otherError,
  ]

  @Test("an answer to DLE EOT is read as the question it answers")
  func realTime() {
    var answers = AnswerDemultiplexer()
    answers.asked(.printer)
    answers.asked(.offlineCause)
    answers.asked(.paper)
    #expect(
      answers.take([0x1A, 0x36, 0x7E]) == [
        .realTime(.printer, .offline), .realTime(.offlineCause, [.coverOpen, .paperEnd]),
        .realTime(.paper, [.paperNearEnd, .paperEnd]),
      ])
    #expect(answers.take([0x12]) == [.unasked(0x12)])
  }

  @Test("an echo, an ASB frame and a GS r answer are read whole", arguments: [1, 2, 3, 100])
  func frames(piece: Int) {
    var answers = AnswerDemultiplexer()
    let mark = ProcessID(number: 137)
    let bytes: [UInt8] =
      [0x37, 0x22] + mark.bytes + [0] + AutomaticStatus([.paperNearEnd, .paperEnd]).bytes + [0x0F, 0x00]
    var read: [PrinterAnswer] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      read += answers.take(rest.prefix(piece))
      rest = rest.dropFirst(piece)
    }
    #expect(
      read == [
        .echo(mark), .automatic(AutomaticStatus([.offline, .paperNearEnd, .paperEnd])), .transmitted(0x0F),
        .transmitted(0),
      ])
  }

  @Test("a real-time answer in the middle of a longer frame spoils neither")
  func interleaved() {
    let mark = ProcessID(number: 9)
    let frame: [UInt8] = [0x37, 0x22] + mark.bytes + [0]
    for place in [1, 6] {
      var answers = AnswerDemultiplexer()
      answers.asked(.paper)
      let read = answers.take(frame.prefix(place) + [0x12] + frame.dropFirst(place))
      #expect(read == [.realTime(.paper, []), .echo(mark)])
    }
    let report = AutomaticStatus(.coverOpen).bytes
    for place in 1...3 {
      var answers = AnswerDemultiplexer()
      answers.asked(.printer)
      let read = answers.take(report.prefix(place) + [0x1A] + report.dropFirst(place))
      #expect(read == [.realTime(.printer, .offline), .automatic(AutomaticStatus([.offline, .coverOpen]))])
    }
  }

  @Test("after a broken frame the next one is read")
  func resynchronises() {
    var answers = AnswerDemultiplexer()
    let read = answers.take([0x37, 0x37, 0x22] + Array("0001".utf8) + [0, 0x10, 0xFF])
    #expect(read == [.unrecognised(0x37), .echo(ProcessID(number: 1)), .unrecognised(0x10), .unrecognised(0xFF)])
  }

  @Test("what a printer answers in a state is read back as that state", arguments: states)
  func thereAndBack(state: PrinterStatus) {
    let offline: PrinterStatus = state.isReady ? [] : .offline
    #expect(AutomaticStatus(bytes: AutomaticStatus(state).bytes)?.status == state.union(offline))
    var answers = AnswerDemultiplexer()
    var read: PrinterStatus = []
    for question in RealTimeQuestion.allCases {
      answers.asked(question)
      for answer in answers.take([question.answer(state)]) {
        guard case .realTime(question, let status) = answer else {
          Issue.record("\(answer) does not answer \(question)")
          continue
        }
        read.formUnion(status)
      }
    }
    let summary: PrinterStatus = state.isDisjoint(with: [.cutterError, .otherError]) ? [] : .otherError
    #expect(read == state.union(offline).union(summary))
  }

  @Test("no bytes trap the demultiplexer, and an echo needs its seven bytes", arguments: 0..<30)
  func hostile(seed: Int) {
    var mutator = Mutator(seed: UInt64(seed))
    let good: [UInt8] =
      [0x12, 0x37, 0x22] + Array("0420".utf8) + [0, 0x16] + AutomaticStatus(.paperEnd).bytes + [0x00, 0x1A]
    for round in 0..<200 {
      var answers = AnswerDemultiplexer()
      for _ in 0..<20 { answers.asked(.paper) }
      let bytes = round % 4 == 0 ? mutator.noise(count: 64) : mutator.mutate(good)
      let echoes = answers.take(bytes).filter { if case .echo = $0 { true } else { false } }
      #expect(echoes.count * 7 <= bytes.count)
    }
  }

  @Test("a mark has four printable characters")
  func marks() {
    #expect(ProcessID(Array("0042".utf8)) == ProcessID(number: 10_042))
    #expect(ProcessID(number: Int.min).bytes.count == 4)
    #expect(ProcessID([0x30, 0x30, 0x30]) == nil)
    #expect(ProcessID([0x1F, 0x30, 0x30, 0x30]) == nil)
  }
}
