import Glibc

/// The machines of a hall, as the server of the shared journal told them last, and the server's time.
package struct SharedPeers: Hashable, Sendable {
  /// Seconds between two beats of a machine.
  package static let beatSeconds: Int64 = 5
  /// Milliseconds without a beat after which a machine counts as cut off.
  package static let silence: Int64 = 15_000

  package struct Machine: Hashable, Sendable {
    /// Its role in the database.
    package let role: String
    /// Milliseconds without a beat when this was told.
    package let silent: Int64
    /// The newest record that it had.
    package let head: Int64
    /// The digest of the configuration that it works by; empty before its first beat.
    package let configuration: String
    package let release: String

    package init(role: String, silent: Int64, head: Int64, configuration: String, release: String) {
      self.role = role
      self.silent = silent
      self.head = head
      self.configuration = configuration
      self.release = release
    }
  }

  /// In the order of their names.
  package let machines: [Machine]
  /// The digest of the configuration by which the hall decides; empty before the first.
  package let adopted: String
  /// This machine's civil clock minus the server's, in milliseconds; exact to half of `roundTrip`.
  package let clockAhead: Int64
  /// Milliseconds that the beat took.
  package let roundTrip: Int64
  /// This machine's clock of the system since its start when it was told, in milliseconds.
  package let toldAt: Int64

  package init(machines: [Machine], adopted: String, clockAhead: Int64, roundTrip: Int64, toldAt: Int64) {
    self.machines = machines
    self.adopted = adopted
    self.clockAhead = clockAhead
    self.roundTrip = roundTrip
    self.toldAt = toldAt
  }

  /// - Parameter began: when the beat was sent.
  init?(_ rows: [[[UInt8]?]], own: String, began: ContinuousClock.Instant) {
    let took = began.duration(to: .now)
    let roundTrip = took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000
    var machines: [Machine] = []
    var server: Int64?
    var adopted = ""
    for row in rows {
      guard row.count == 7, let at = row[0]?.int8, let role = row[1]?.text, let silent = row[2]?.int8,
        let head = row[3]?.int8, let configuration = row[4]?.text, let release = row[5]?.text, let held = row[6]?.text
      else { return nil }
      server = at
      adopted = held
      machines.append(
        Machine(role: role, silent: silent, head: head, configuration: configuration, release: release))
    }
    guard let server else { return nil }
    self.init(
      machines: machines, adopted: adopted,
      clockAhead: Self.milliseconds(CLOCK_REALTIME) - roundTrip / 2 - server, roundTrip: roundTrip,
      toldAt: Self.milliseconds(CLOCK_BOOTTIME))
  }

  /// Milliseconds since this was told.
  package var age: Int64 { max(0, Self.milliseconds(CLOCK_BOOTTIME) - toldAt) }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
