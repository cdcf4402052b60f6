import Foundation
import Glibc

/// The operator's end of `control.sock`.
package struct ControlClient: Sendable {
  private let path: String

  /// - Parameter stateFolder: the state folder of the daemon to talk to.
  package init(stateFolder: String) { path = stateFolder + "/" + ControlSocket.fileName }

  /// Sends a request and waits for the answer. Blocks the thread: for a command-line tool.
  ///
  /// - Parameter seconds: how long the daemon may take; verifying a year's journal takes several seconds.
  /// - Throws: `ControlSocket.Fault`, `.nobodyThere` when no daemon runs here.
  package func ask(_ request: ControlRequest, patience seconds: Int = 120) throws(ControlSocket.Fault) -> ControlReply {
    let descriptor = try ControlSocket.stream()
    defer { close(descriptor) }
    ControlSocket.setPatience(descriptor, seconds: seconds)
    let connected = try ControlSocket.withAddress(path) { connect(descriptor, $0, $1) }
    guard connected == 0 else {
      if errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR { throw .nobodyThere }
      throw .failed(during: "reaching the daemon", errno)
    }
    guard let question = try? JSONEncoder().encode(request), ControlSocket.writeLine(Array(question), descriptor),
      let line = ControlSocket.readLine(descriptor),
      let reply = try? JSONDecoder().decode(ControlReply.self, from: Data(line))
    else { throw .noAnswer }
    return reply
  }
}
