import Emulators
import Foundation
import Glibc
import Ports
import PrinterProtocols
import Testing
import TestKit

// Goal: the simulated printer answers as the command reference says.
@Suite("The ESC/POS printer on a socket")
struct ESCPOSSimulatorTests {
  /// A connection that waits for what it reads.
  final class Client {
    private let descriptor: Int32
    private var answers = AnswerDemultiplexer()

    init(port: Int) throws {
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var patience = timeval(tv_sec: 20, tv_usec: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard result == 0 else { throw NeverHappened("connect: \(errno)") }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    func ask(_ question: RealTimeQuestion) {
      answers.asked(question)
      send(question.bytes)
    }

    /// The next `count` answers.
    func read(_ count: Int) -> [PrinterAnswer] {
      var read: [PrinterAnswer] = []
      var byte: UInt8 = 0
      while read.count < count, recv(descriptor, &byte, 1, 0) == 1 { read += answers.take([byte]) }
      return read
    }
  }

  @Test("it prints, cuts and echoes, and answers in between")
  func prints() async throws {
    let printer = try ESCPOSSimulator(widthDots: 384)
    defer { printer.stop() }
    let client = try Client(port: printer.port)
    let image = slip(widthDots: 384, heightDots: 200)
    let dots = try #require(DotImage(widthDots: 384, heightDots: 200, bits: image.bits))
    client.ask(.printer)
    client.send(ESCPOSEncoder().slip(dots, echo: ProcessID(number: 7)) + [0x1D, 0x72, 1])
    #expect(client.read(3) == [.realTime(.printer, []), .echo(ProcessID(number: 7)), .transmitted(0)])
    #expect(await printer.piece(0)?.image == dots)
    #expect(printer.echoes == 1)
  }

  @Test("without paper it answers questions, keeps the slip and echoes only after a new roll")
  func paperOut() async throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    let client = try Client(port: printer.port)
    printer.set([.paperNearEnd, .paperEnd])
    let dots = try #require(DotImage(widthDots: 8, heightDots: 1, bits: [0xFF]))
    client.send(ESCPOSEncoder().slip(dots, echo: ProcessID(number: 8)))
    for question in [RealTimeQuestion.printer, .offlineCause, .paper] { client.ask(question) }
    #expect(
      client.read(3) == [
        .realTime(.printer, .offline), .realTime(.offlineCause, .paperEnd),
        .realTime(.paper, [.paperNearEnd, .paperEnd]),
      ])
    #expect(printer.echoes == 0)
    printer.set([])
    #expect(client.read(1) == [.echo(ProcessID(number: 8))])
  }

  @Test("it reports changes by itself once it was asked to")
  func reports() throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    let client = try Client(port: printer.port)
    client.send([0x1D, 0x61, 0xFF])
    #expect(client.read(1) == [.automatic(AutomaticStatus([]))])
    printer.set(.coverOpen)
    #expect(client.read(1) == [.automatic(AutomaticStatus([.offline, .coverOpen]))])
  }

  @Test("its paper can end in the middle of a slip")
  func endsInMidSlip() async throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    printer.setPaperLeft(rows: 100)
    let client = try Client(port: printer.port)
    let image = slip(heightDots: 400)
    let dots = try #require(DotImage(widthDots: 576, heightDots: 400, bits: image.bits))
    client.send(ESCPOSEncoder().slip(dots, echo: ProcessID(number: 9)))
    #expect(await printer.received(bytes: image.bits.count))
    client.ask(.paper)
    #expect(client.read(1) == [.realTime(.paper, [.paperNearEnd, .paperEnd])])
    #expect(printer.pieces.isEmpty)
    printer.set([])
    #expect(await printer.piece(0)?.image == dots)
  }

  @Test("it can break a connection, and be switched off and on at the same port")
  func breaks() async throws {
    let printer = try ESCPOSSimulator()
    defer { printer.stop() }
    printer.set(.resetting(afterBytes: 3))
    let client = try Client(port: printer.port)
    client.send([1, 2, 3, 4, 5])
    #expect(await printer.received(bytes: 3))
    #expect(client.read(1).isEmpty)
    printer.setPower(false)
    try await eventually("the port is closed") { (try? Client(port: printer.port)) == nil }
    printer.set(.normal)
    printer.setPower(true)
    try await eventually("the port is open") { (try? Client(port: printer.port)) != nil }
    #expect(printer.connections.first == [1, 2, 3])
  }
}
