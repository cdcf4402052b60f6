import Groundwork
package import Hall
import Logging
package import Ports

/// What a machine of a hall with several needs to give numbers while it is cut off.
package struct OutboxEquipment: Sendable {
  package let outbox: any OutboxPort
  /// This machine's name in the hall.
  package let machine: String
  /// The kiosks of this machine: for no other one it gives numbers by itself.
  package let kiosks: Set<String>

  package init(outbox: any OutboxPort, machine: String, kiosks: Set<String>) {
    self.outbox = outbox
    self.machine = machine
    self.kiosks = kiosks
  }
}

/// Numbers of the outbox: given while the machine is cut off, and merged once it is not.
///
/// The order is: lease stored, number stored, number shown. A request whose answer did not come in time is doubtful; it
/// keeps its key. Where it went through after all, the number of the outbox replaces the number that it was given.
extension Registrar {
  /// Milliseconds after which a page's request for a number is answered from the outbox.
  package static let kioskPatience: Int64 = 2_000

  /// From now on this machine gives numbers of its leases where the journal cannot be reached.
  ///
  /// - Parameters:
  ///   - table: what the outbox has.
  ///   - onNumber: called for each number that was given, once it is stored: for its slip.
  package func equip(
    _ equipment: OutboxEquipment, table: LeaseTable, onNumber: @escaping @Sendable (LeasedTicket) -> Void
  ) {
    self.equipment = equipment
    self.table = table
    onLeased = onNumber
    loop.withhold(Set(table.pending.map(\.key)))
  }

  /// The state as this machine's pages show it: the durable one, with the numbers that it gave itself.
  package var shown: HallState {
    let opening = dayMeanwhile
    return table.pending.isEmpty && opening == nil ? loop.durable : table.shown(loop.durable, opening: opening)
  }

  /// The day of a machine that is cut off since before it could be opened: its kiosks give numbers by the hours alone.
  private var dayMeanwhile: (day: DayOpened, at: Timestamp)? {
    guard !table.blocks.isEmpty, fault?.isUnreachable == true, loop.durable.isAccepted, loop.durable.day == nil else {
      return nil
    }
    let at = loop.moment(civil: clock.now(), monotonic: clock.monotonic())
    let date = loop.rules.zone.civil(at).date
    if let last = loop.durable.days.last, last >= date { return nil }
    let day = DayOpened(
      day: date, mode: loop.rules.mode, catalogueVersion: loop.rules.catalogue.version, starts: [], confirmed: false)
    return (day, at)
  }

  /// Tickets of the journal for whose requests this machine gave other numbers: their slips are not printed.
  package var superseded: Set<PublicCode> { table.superseded(in: loop.durable) }

  /// This machine's leases, and the numbers that it gave from them.
  package var leaseTable: LeaseTable { table }

  /// Reads the state as this machine shows it, together with the active rules.
  package func readShown<T: Sendable>(_ look: @Sendable (HallState, HallRules) throws -> T) rethrows -> T {
    try look(shown, loop.rules)
  }

  /// A request that this machine may answer from its outbox.
  func leasedTake(_ envelope: Envelope) -> TakeTicket? {
    guard let equipment, envelope.key != nil, case .queue(.takeTicket(let take)) = envelope.command,
      case .kiosk(let id) = envelope.actor, take.kiosk == id, equipment.kiosks.contains(id)
    else { return nil }
    return take
  }

  /// The number that was given for this request before; nil for another request.
  func givenBefore(_ envelope: Envelope) async throws(RegistrarFailure) -> LeasedTicket? {
    guard let key = envelope.key, let known = table.ticket(for: key) else { return nil }
    guard known.bodyDigest == envelope.bodyDigest else { throw .keyReused }
    // A double tap: the number is shown once it is stored.
    if let storing = storing[known.code], await !storing.value { throw .fault(.cutOff) }
    return known
  }

  /// Gives a number of a lease, because the journal could not be asked.
  ///
  /// - Throws: a refusal, as the hall would give it, or `fault` where no number is left.
  func giveNumber(
    _ take: TakeTicket, _ envelope: Envelope, after fault: JournalFault
  ) async throws(RegistrarFailure) -> LeasedTicket {
    guard let equipment else { throw .fault(fault) }
    if let known = try await givenBefore(envelope) { return known }
    var envelope = envelope
    envelope.at = loop.moment(civil: envelope.clock, monotonic: clock.monotonic())
    let ticket: LeasedTicket
    do {
      ticket = try table.take(take, loop.durable, loop.rules, envelope)
    } catch {
      // A kiosk that never had a lease, as in its first seconds, is told the journal's fault.
      let hadSome = table.blocks.contains { $0.lease.kiosk == take.kiosk }
      if case .lease(.noNumbersLeft) = error, !hadSome { throw .fault(fault) }
      throw .refused(error)
    }
    loop.withhold([ticket.key])
    let storing = Task { () -> Bool in
      do throws(JournalFault) {
        try await equipment.outbox.keep(ticket)
        return true
      } catch {
        logger.error("the outbox takes no numbers", metadata: ["fault": "\(error)"])
        return false
      }
    }
    self.storing[ticket.code] = storing
    let isStored = await storing.value
    self.storing[ticket.code] = nil
    guard isStored else {
      table.drop(ticket.code)
      loop.withhold(Set(table.pending.map(\.key)), only: true)
      throw .fault(fault)
    }
    logger.notice("a number was given while cut off", metadata: ["number": "\(ticket.number)"])
    printing.insert(ticket.code)
    onLeased(ticket)
    return ticket
  }

  /// Records what became of the slip of a number that was given while cut off.
  package func note(_ slip: AttemptOutcome?, ofLeased code: PublicCode) async {
    printing.remove(code)
    guard let slip, let equipment else { return }
    table.note(slip, of: code)
    try? await equipment.outbox.note(slip, of: code)
  }

  /// Brings the numbers that were given while cut off into the journal, oldest first. Ends early where it cannot.
  package func mergeOutbox() async {
    guard let equipment, fault == nil else { return }
    for ticket in table.pending where !printing.contains(ticket.code) && storing[ticket.code] == nil {
      do throws(RegistrarFailure) {
        try await submit(.lease(.adoptTicket(ticket)), by: .system) { _, _ in }
      } catch {
        // Tried again at the next merge: its day may be opened by then, and any other fault is over once the journal is reached.
        return
      }
      do throws(JournalFault) { try await equipment.outbox.settle(ticket.code) } catch { return }
      table.settle(ticket.code)
      loop.withhold(Set(table.pending.map(\.key)), only: true)
    }
  }

  /// Asks for numbers where a kiosk of this machine has too few.
  package func leaseNumbers() async {
    guard let equipment, fault == nil, let day = loop.durable.day?.date else { return }
    // A journal that lost records, or was founded anew from another machine's copy, may lease the same numbers again.
    for block in table.blocks where !loop.durable.leases.out.contains(block.lease) {
      logger.warning("a lease is not in the journal any more", metadata: ["from": "\(block.lease.from)"])
      do throws(JournalFault) { try await equipment.outbox.giveUp(block.lease) } catch { return }
      table.giveUp(block.lease)
    }
    for kiosk in equipment.kiosks.sorted() where loop.rules.kiosk(kiosk) != nil {
      for lane in loop.rules.lanes.map(\.letter) where table.left(lane, at: kiosk) < LeaseState.low {
        let asks = LeaseNumbers(
          kiosk: kiosk, machine: equipment.machine, holder: equipment.outbox.holder, lane: lane)
        // The journal may have a lease for this outbox that the outbox has not stored: none of its numbers was given yet.
        if unheard(asks) == nil {
          guard loop.durable.leases.next(lane, on: day) != nil else { continue }
          do throws(RegistrarFailure) {
            try await submit(.lease(.leaseNumbers(asks)), by: .system) { _, _ in }
          } catch { return }
        }
        guard let lease = unheard(asks) else { continue }
        do throws(JournalFault) { try await equipment.outbox.keep(lease) } catch { return }
        table.hold(lease)
      }
    }
  }

  /// The newest lease for these, if the outbox does not have it.
  private func unheard(_ asks: LeaseNumbers) -> NumbersLeased? {
    let newest = loop.durable.leases.out.last {
      $0.holder == asks.holder && $0.kiosk == asks.kiosk && $0.lane == asks.lane
    }
    return newest.flatMap { lease in table.blocks.contains { $0.lease == lease } ? nil : lease }
  }
}
