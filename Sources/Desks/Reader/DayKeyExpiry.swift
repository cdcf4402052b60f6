import Groundwork
package import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Destroys the day key, under which people have pseudonyms, when its business day is closed, and overdue keys at
/// start.
package struct DayKeyExpiry: Service {
  private let marking: any HolderPseudonymizing
  private let registrar: Registrar
  private let logger: Logger
  /// The day that each opening and closing left open.
  private let turns: AsyncStream<CivilDate?>
  private let turner: AsyncStream<CivilDate?>.Continuation

  package init(marking: any HolderPseudonymizing, registrar: Registrar, logger: Logger) {
    self.marking = marking
    self.registrar = registrar
    self.logger = logger
    (turns, turner) = AsyncStream.makeStream()
  }

  /// Called by the registrar's observer: an event is durable.
  package func note(_ recorded: RecordedEvent) {
    switch recorded.event {
    // Also when the same date is opened again at once: pseudonyms from before the closing end with it.
    case .day(.dayClosed): turner.yield(nil)
    case .day(.dayOpened(let opened)): turner.yield(opened.day)
    default: break
    }
  }

  /// Destroys every key except that of `day`. A failure is logged and tried again with the next day.
  func destroy(but day: CivilDate?) {
    do {
      let destroyed = try marking.destroyKeys(but: day)
      if destroyed > 0 { logger.notice("keys of closed days are destroyed", metadata: ["keys": "\(destroyed)"]) }
    } catch {
      logger.error("a key of a closed day cannot be destroyed", metadata: ["why": "\(error)"])
    }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      self.destroy(but: await self.registrar.state.day?.date)
      for await day in self.turns { self.destroy(but: day) }
    }
  }
}
