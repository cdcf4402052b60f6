import Glibc
import Groundwork
import Ports

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
    /// The newest form of records that its program reads.
    package let reads: Int32
    /// Milliseconds by which its civil clock was before the server's.
    package let ahead: Int64

    package init(
      role: String, silent: Int64, head: Int64, configuration: String, release: String, reads: Int32 = 1,
      ahead: Int64 = 0
    ) {
      self.role = role
      self.silent = silent
      self.head = head
      self.configuration = configuration
      self.release = release
      self.reads = reads
      self.ahead = ahead
    }
  }

  /// In the order of their names.
  package let machines: [Machine]
  /// The digest of the configuration by which the hall decides; empty before the first.
  package let adopted: String
  /// Raised with every change of what the machines keep together.
  package let kept: Int64
  /// This machine's civil clock minus the server's, in milliseconds; exact to half of `roundTrip`.
  package let clockAhead: Int64
  /// Milliseconds that the beat took.
  package let roundTrip: Int64
  /// When this was told, by the machine's clock since its start (CLOCK_BOOTTIME), in milliseconds.
  package let toldAt: Int64

  package init(
    machines: [Machine], adopted: String, kept: Int64 = 0, clockAhead: Int64, roundTrip: Int64, toldAt: Int64
  ) {
    self.machines = machines
    self.kept = kept
    self.adopted = adopted
    self.clockAhead = clockAhead
    self.roundTrip = roundTrip
    self.toldAt = toldAt
  }

  /// - Parameters:
  ///   - sent: when the beat was sent, by `monotonic`.
  ///   - clock: takes the server's time.
  init?(_ rows: [[[UInt8]?]], own: String, sent: Int64, clock: inout ClockOffset) {
    let received = Self.monotonic()
    let roundTrip = received - sent
    var machines: [Machine] = []
    var server: Int64?
    var adopted = ""
    var kept: Int64 = 0
    for row in rows {
      guard row.count == 10, let at = row[0]?.int8, let role = row[1]?.text, let silent = row[2]?.int8,
        let head = row[3]?.int8, let configuration = row[4]?.text, let release = row[5]?.text, let held = row[6]?.text,
        let reads = row[7]?.int4, let ahead = row[8]?.int8, let revision = row[9]?.int8
      else { return nil }
      server = at
      adopted = held
      kept = revision
      machines.append(
        Machine(
          role: role, silent: silent, head: head, configuration: configuration, release: release, reads: reads,
          ahead: ahead))
    }
    guard let server else { return nil }
    clock.note(Timestamp(milliseconds: server), sent: sent, received: received)
    self.init(
      machines: machines, adopted: adopted, kept: kept,
      clockAhead: Self.milliseconds(CLOCK_REALTIME) + WrongClock.ahead - roundTrip / 2 - server, roundTrip: roundTrip,
      toldAt: received)
  }

  /// Milliseconds since this was told.
  package var age: Int64 { max(0, Self.monotonic() - toldAt) }

  /// The clock of the system since its start, in milliseconds: the same as a `TimeSource` of this machine has.
  static func monotonic() -> Int64 { milliseconds(CLOCK_BOOTTIME) }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
