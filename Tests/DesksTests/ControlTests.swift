import Control
import Foundation
import Glibc
import Logging
import ServiceLifecycle
import Testing
import TestKit

/// Goal: the operator's socket answers one line with one line and cannot block the daemon. Method: the shipped server
/// on a socket of its own, the shipped client, and misbehaving clients.
@Suite("control socket", .timeLimit(.minutes(10)))
struct ControlTests {
  let logger = Logger.quiet

  func serving(_ body: (String) async throws -> Void) async throws {
    let folder = "/tmp/yichuang-control-\(UInt32.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let server = try ControlServer(stateFolder: folder, logger: logger) { request in
      ControlReply(
        .done, "asked for \(request.command.rawValue)", ["force": request.force.map(ControlValue.flag) ?? .null])
    }
    try await withThrowingTaskGroup { group in
      group.addTask { try await server.run() }
      defer { group.cancelAll() }
      try await body(folder)
    }
    #expect(!FileManager.default.fileExists(atPath: folder + "/control.sock"))
    #expect(throws: ControlSocket.Fault.nobodyThere) {
      try ControlClient(stateFolder: folder).ask(ControlRequest(.status))
    }
  }

  /// Asks from a thread of its own: the client blocks, and the server needs one of the few that all tests share.
  func ask(_ folder: String, _ request: ControlRequest) async throws -> ControlReply {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "client").async {
        continuation.resume(with: Result { try ControlClient(stateFolder: folder).ask(request) })
      }
    }
  }

  /// Sends raw bytes and returns the answer's bytes.
  func raw(_ folder: String, _ bytes: [UInt8]) async -> [UInt8] {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "client").async {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array((folder + "/control.sock").utf8)) }
        let connected = withUnsafePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
          }
        }
        var answer: [UInt8] = []
        if connected == 0, send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) >= 0 {
          shutdown(descriptor, Int32(SHUT_WR))
          var buffer = [UInt8](repeating: 0, count: 4096)
          while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
          }
        }
        continuation.resume(returning: answer)
      }
    }
  }

  @Test("a question is answered, and only its owner may ask")
  func answers() async throws {
    try await serving { folder in
      var request = ControlRequest(.closeDay)
      request.force = true
      let reply = try await ask(folder, request)
      #expect(reply == ControlReply(.done, "asked for close-day", ["force": true]))
      var status = stat()
      #expect(stat(folder + "/control.sock", &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
    }
  }

  @Test("what is no question is told so or cut off, and the next one is answered")
  func nonsense() async throws {
    try await serving { folder in
      for text in ["{}\n", "nonsense\n", #"{"command":"explode"}"# + "\n"] {
        let answer = await raw(folder, Array(text.utf8))
        let reply = try JSONDecoder().decode(ControlReply.self, from: Data(answer))
        #expect(reply.status == ExitStatus.usage.rawValue)
      }
      #expect(await raw(folder, []).isEmpty)
      #expect(await raw(folder, Array("no end of line".utf8)).isEmpty)
      #expect(await raw(folder, [UInt8](repeating: 65, count: 100_000)).isEmpty)
      #expect(try await ask(folder, ControlRequest(.status)).status == 0)
    }
  }

  @Test("a path that no socket can have is refused with its remedy")
  func longPath() throws {
    let folder = "/tmp/" + String(repeating: "x", count: 120)
    #expect(throws: ControlSocket.Fault.pathTooLong(folder + "/control.sock")) {
      try ControlServer(stateFolder: folder, logger: logger) { _ in ControlReply(.done, "") }
    }
  }

  @Test("values of an answer survive the way")
  func values() throws {
    let value: ControlValue = .object([
      "a": .list([.number(1), .text("二"), .flag(true), .null]), "b": .object(["c": .number(-5)]),
    ])
    let there = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(ControlValue.self, from: there) == value)
  }
}
