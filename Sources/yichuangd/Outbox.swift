import Desks
import Groundwork
import Hall
import Logging
import Ports
import Registrar
import ServiceLifecycle
import Settings

/// Keeps this machine's leases filled, and writes the numbers that it gave while it was cut off into the journal.
struct OutboxService: Service {
  let registrar: Registrar
  let clock: any TimeSource

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await registrar.mergeOutbox()
        await registrar.leaseNumbers()
        try? await clock.sleep(milliseconds: 500)
      }
    }
    try? await gracefulShutdown()
  }
}

extension Composition {
  /// Lets this machine's kiosks give numbers while it is cut off. Nothing happens in a hall on one machine.
  ///
  /// - Throws: `Exit` for an outbox that cannot be read, because it may have numbers that the journal does not have.
  static func equip(
    _ registrar: Registrar, _ hall: OpenedHall, _ settings: HallSettings, _ desks: [PrintDesk], _ writer: SlipWriter
  ) async throws(Exit) {
    guard hall.shared != nil, let shared = settings.shared else { return }
    let entropy = SystemEntropy()
    let opened: (outbox: any OutboxPort, table: LeaseTable, isCopy: Bool)
    do throws(StateFault) {
      opened = try hall.storage.openOutbox(
        in: hall.path, newHolder: shared.machine + "-" + String(entropy.bits(), radix: 36),
        cards: NetworkCards.addresses())
    } catch {
      throw Exit(error)
    }
    if opened.isCopy {
      Logger(label: "yichuang.machines").error(
        "the outbox was another machine's (a copied disk?): its leased numbers stay that machine's, and this one asks for its own"
      )
    }
    let equipment = OutboxEquipment(
      outbox: opened.outbox, machine: shared.machine, kiosks: Set(settings.ownKiosks.map(\.id)))
    await registrar.equip(equipment, table: opened.table) { ticket in
      Task {
        guard let desk = desks.first(where: { $0.kiosk == ticket.kiosk }) else {
          return await registrar.note(nil, ofLeased: ticket.code)
        }
        let document = await registrar.readShown { state, rules in
          writer.document(of: ticket, state, rules)
        }
        let name = "leased-\(ticket.code)"
        let outcome = await desk.printUnrecorded(name) { slip, _, _ in document(slip) }
        await registrar.note(outcome, ofLeased: ticket.code)
      }
    }
  }
}
