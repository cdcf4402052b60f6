import Glibc
import ReaderLink
import ReaderProtocols
import ReadersUSB

/// The process that touches USB: every byte from a device is parsed here, and nowhere else.
///
/// The daemon starts it with one end of a socket pair as descriptor 3. It sends `hello`, receives the matches, enters
/// its sandbox, and works until the other end closes. It has access to no files but those of the devices, has no
/// network, and cannot start programs.
///
///     yichuang-readerd [--link DESCRIPTOR]
@main
enum Readerd {
  static func main() {
    guard let descriptor = Self.descriptor(CommandLine.arguments.dropFirst()) else {
      complain("usage: yichuang-readerd [--link DESCRIPTOR]; it is started by the daemon")
      exit(64)
    }
    signal(SIGPIPE, SIG_IGN)
    // Descriptors that the daemon had open.
    for other in 3..<Int32(1024) where other != descriptor { close(other) }
    let link = LinkSocket(descriptor)
    link.send(.hello)
    var matches: [ReaderMatch] = []
    var recordedPortPath: String?
    orders: while true {
      guard let order = link.next() else { exit(0) }
      switch order {
      case .match(let match): matches.append(match)
      case .ping(let number): link.send(.pong(number))
      case .begin: break orders
      case .record(let portPath): recordedPortPath = portPath
      case .read, .readCards, .rescan, .reset: continue
      }
    }
    do throws(Sandbox.Fault) {
      if let weakness = try Sandbox.enter() { link.send(.note(weakness)) }
    } catch {
      // Without the filter an unrestricted process would parse hostile bytes.
      complain("yichuang-readerd: \(error.words)")
      link.send(.note(error.words))
      exit(77)
    }
    work(matches, recording: recordedPortPath, link)
  }

  private static func work(_ matches: [ReaderMatch], recording portPath: String?, _ link: LinkSocket) {
    let monitor = ReaderMonitor(matches: matches, recording: portPath) { link.send($0) }
    // Devices are released on SIGTERM too, so that the kernel's own drivers return.
    Termination.end { monitor.stop() }
    DeviceThread.start {
      while let order = link.next() {
        switch order {
        case .read(let reads): monitor.read(reads)
        case .readCards(let mayRead, let portPaths): monitor.readCards(mayRead, portPaths: portPaths)
        case .rescan: monitor.rescan()
        case .reset(let portPath): monitor.reset(portPath: portPath)
        case .ping(let number): link.send(.pong(number))
        case .match, .begin, .record: break
        }
      }
      monitor.stop()
    }
    if let trouble = monitor.run() {
      link.send(.note("libusb cannot be used: \(trouble)"))
      exit(71)
    }
    exit(0)
  }

  private static func descriptor(_ arguments: ArraySlice<String>) -> Int32? {
    switch Array(arguments) {
    case []: 3
    case let words where words.count == 2 && words[0] == "--link": Int32(words[1])
    default: nil
    }
  }

  private static func complain(_ words: String) {
    let bytes = Array((words + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
