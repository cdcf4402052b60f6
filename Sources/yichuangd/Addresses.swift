import Synchronization

/// Waits until both listeners are bound, then says where they are and that the hall is ready.
final class Addresses: Sendable {
  private let ports = Mutex<[String: Int]>([:])
  private let onReady: @Sendable (_ kiosk: Int, _ hall: Int) -> Void

  init(onReady: @escaping @Sendable (_ kiosk: Int, _ hall: Int) -> Void) { self.onReady = onReady }

  func bound(_ listener: String, _ port: Int) {
    let both: (Int, Int)? = ports.withLock { ports in
      ports[listener] = port
      guard let kiosk = ports["kiosk"], let hall = ports["hall"] else { return nil }
      return (kiosk, hall)
    }
    if let both { onReady(both.0, both.1) }
  }
}
