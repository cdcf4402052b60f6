import Glibc
package import Ports
import ReaderLink
package import ReaderProtocols

/// Records one device to find out why it misbehaves: starts a reader process of its own for this device, and receives
/// its transcript.
package final class ReaderRecording: Sendable {
  package enum Said: Hashable, Sendable {
    /// A line of the transcript, with personal data replaced.
    case line(String)
    /// The event that a hall would have received.
    case event(ReaderEvent)
    case note(String)
  }

  package struct Failure: Error {
    package let words: String
  }

  private let child: ChildProcess

  /// - Parameters:
  ///   - program: the path of `yichuang-readerd`.
  ///   - portPath: the port path of the device.
  /// - Throws: when the program cannot be started.
  package init(program: String, matches: [ReaderMatch], portPath: String) throws(Failure) {
    do throws(ChildProcess.Failure) { child = try ChildProcess(program) } catch { throw Failure(words: error.words) }
    let orders: [LinkOrder] =
      matches.map(LinkOrder.match) + [
        .record(portPath: portPath), .begin, .read(true), .readCards(true, portPaths: [portPath]),
      ]
    let bytes = orders.flatMap { $0.frame.bytes ?? [] }
    _ = send(child.socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Lets the process release the device; `hear` returns when it has. May be called from any thread, more than once.
  package func stop() { shutdown(child.socket, Int32(SHUT_WR)) }

  /// Receives until the process ended.
  ///
  /// - Returns: how it ended; nil for a normal end.
  package func hear(_ body: (Said) -> Void) -> String? {
    var decoder = LinkDecoder()
    var room = [UInt8](repeating: 0, count: 16_384)
    var trouble: String?
    while trouble == nil {
      let count = recv(child.socket, &room, room.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      do throws(LinkFrame.Fault) {
        let frames = try decoder.take(room.prefix(count))
        for index in 0..<count { room[index] = 0 }
        for frame in frames {
          let report = try LinkReport(frame)
          switch report {
          case .transcript(_, let line): body(.line(line))
          case .note(let words): body(.note(words))
          default: if let event = ReaderEvent(report) { body(.event(event)) }
          }
        }
      } catch {
        trouble = "it talks nonsense: \(error)"
      }
    }
    let how = child.end(patience: 0)
    return trouble ?? (how == "status 0" || how == "signal 9" ? nil : how)
  }
}
