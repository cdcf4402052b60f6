import Dispatch
import Foundation
import Glibc
package import Logging
import ServiceLifecycle

/// The daemon's end of `control.sock`: one request a connection, at most `conversations` at a time, each bounded in
/// length and time.
///
/// Only the daemon's own user and root are answered. The socket's mode allows the same two. The check is effective even
/// where the mode was changed by mistake.
package final class ControlServer: Service {
  package typealias Handler = @Sendable (ControlRequest) async -> ControlReply

  /// Connections at the same time; further ones are closed at once.
  static let conversations = 8
  /// Timeout of each read and write.
  static let patienceSeconds = 5

  private let path: String
  private let listener: Int32
  private let handler: Handler
  private let logger: Logger
  private let blocking = DispatchQueue(label: "control", attributes: .concurrent)

  /// Binds the socket. The caller holds the state folder's lock, so an existing socket file is a leftover and is
  /// replaced.
  ///
  /// - Throws: `ControlSocket.Fault`.
  package init(
    stateFolder: String, logger: Logger, handler: @escaping Handler
  ) throws(ControlSocket.Fault) {
    path = stateFolder + "/" + ControlSocket.fileName
    self.logger = logger
    self.handler = handler
    listener = try ControlSocket.stream()
    unlink(path)
    let mask = umask(0o177)
    defer { umask(mask) }
    let bound = try ControlSocket.withAddress(path) { [listener] in bind(listener, $0, $1) }
    guard bound == 0, listen(listener, 8) == 0 else {
      let code = errno
      close(listener)
      throw .failed(during: "listening at \(path)", code)
    }
  }

  package func run() async throws {
    let (accepted, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .unbounded)
    let source = DispatchSource.makeReadSource(fileDescriptor: listener, queue: DispatchQueue(label: "control.accept"))
    let connections = ConnectionLimit(Self.conversations)
    source.setEventHandler { [listener] in
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      guard connections.take() else {
        close(descriptor)
        return
      }
      continuation.yield(descriptor)
    }
    source.setCancelHandler { [listener] in close(listener) }
    source.resume()
    await withGracefulShutdownHandler {
      await withTaskCancellationHandler {
        await withDiscardingTaskGroup { group in
          for await descriptor in accepted {
            group.addTask {
              await self.serve(descriptor)
              connections.give()
            }
          }
        }
      } onCancel: {
        continuation.finish()
      }
    } onGracefulShutdown: {
      continuation.finish()
    }
    unlink(path)
    source.cancel()
  }

  private func serve(_ descriptor: Int32) async {
    defer { close(descriptor) }
    ControlSocket.setPatience(descriptor, seconds: Self.patienceSeconds)
    guard Self.isTrusted(descriptor) else {
      logger.warning("somebody else than the daemon's user or root knocked at control.sock")
      return
    }
    guard let line = await off({ ControlSocket.readLine(descriptor) }) else { return }
    let reply: ControlReply
    if let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(line)) {
      logger.notice("the operator asks", metadata: ["command": "\(request.command.rawValue)"])
      reply = await handler(request)
    } else {
      reply = ControlReply(
        status: EX_USAGE, "this daemon does not know the request: use the yichuangctl of its version",
        zh: "服务不认得这个请求：请用与服务同一版本的 yichuangctl")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let answer = try? encoder.encode(reply) else { return }
    _ = await off { ControlSocket.writeLine(Array(answer), descriptor) }
  }

  private func off<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in blocking.async { continuation.resume(returning: body()) } }
  }

  private static func isTrusted(_ descriptor: Int32) -> Bool {
    // struct ucred of unix(7): process, user and group, 32 bits each.
    var peer: [UInt32] = [0, 0, 0]
    var length = socklen_t(12)
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0, length == 12 else { return false }
    return peer[1] == 0 || peer[1] == geteuid()
  }
}
