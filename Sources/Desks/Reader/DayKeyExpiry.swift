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
  private let contacts: (any ContactSealing)?
  private let cases: (any CaseSealing)?
  private let agency: (any CaseSealing)?
  private let registrar: Registrar
  private let logger: Logger
  /// The day that each opening and closing left open, and the first date that is not over.
  private let turns: AsyncStream<Turn>
  private let turner: AsyncStream<Turn>.Continuation

  private struct Turn {
    let open: CivilDate?
    let firstDate: CivilDate?
  }

  /// - Parameters:
  ///   - contacts: the keys of reservations' names and phones; nil where there are none.
  ///   - cases: the keys of cases; nil where there are none.
  ///   - agency: the keys of agency cases; nil where there are none.
  package init(
    marking: any HolderPseudonymizing, contacts: (any ContactSealing)? = nil,
    cases: (any CaseSealing)? = nil, agency: (any CaseSealing)? = nil, registrar: Registrar, logger: Logger
  ) {
    self.contacts = contacts
    self.cases = cases
    self.agency = agency
    self.marking = marking
    self.registrar = registrar
    self.logger = logger
    (turns, turner) = AsyncStream.makeStream()
  }

  /// Called by the registrar's observer: an event is durable.
  package func note(_ recorded: RecordedEvent) {
    switch recorded.event {
    // Also when the same date is opened again at once: pseudonyms from before the closing end with it.
    case .day(.dayClosed(let closed)): turner.yield(Turn(open: nil, firstDate: closed.day.adding(days: 1)))
    case .day(.dayOpened(let opened)): turner.yield(Turn(open: opened.day, firstDate: opened.day))
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

  /// Destroys the keys of reservations' contacts of every date before `date`.
  func destroyContacts(before date: CivilDate?) {
    guard let date, let contacts else { return }
    do {
      let destroyed = try contacts.destroyKeys(before: date)
      if destroyed > 0 {
        logger.notice("keys of reservations' contacts are destroyed", metadata: ["keys": "\(destroyed)"])
      }
    } catch {
      logger.error("a key of reservations' contacts cannot be destroyed", metadata: ["why": "\(error)"])
    }
  }

  /// Years after the end of a half-year for which its key is kept.
  static let yearsOfCases = 2

  /// Destroys the keys of half-years whose time has ended and of which the hall has no case any more.
  func destroyCases(on date: CivilDate?) async {
    guard let date, let limit = Self.longAgo(date) else { return }
    let state = await registrar.state
    destroyCases(cases, endedBefore: limit, keeping: state.cases.halfYears)
    destroyCases(agency, endedBefore: limit, keeping: state.agency.halfYears)
  }

  private func destroyCases(_ keys: (any CaseSealing)?, endedBefore limit: CivilDate, keeping needed: Set<HalfYear>) {
    do {
      let destroyed = try keys?.destroyKeys(endedBefore: limit, keeping: needed) ?? 0
      if destroyed > 0 { logger.notice("keys of cases are destroyed", metadata: ["keys": "\(destroyed)"]) }
    } catch {
      logger.error("a key of cases cannot be destroyed", metadata: ["why": "\(error)"])
    }
  }

  private static func longAgo(_ date: CivilDate) -> CivilDate? {
    let (year, month, day) = date.parts
    return CivilDate(year: year - yearsOfCases, month: month, day: min(day, 28))
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      let days = await self.registrar.state.days
      self.destroy(but: days.open?.date)
      self.destroyContacts(before: days.open?.date ?? days.closed.map { $0.date.adding(days: 1) })
      await self.destroyCases(on: days.open?.date)
      for await turn in self.turns {
        self.destroy(but: turn.open)
        self.destroyContacts(before: turn.firstDate)
        await self.destroyCases(on: turn.open)
      }
    }
  }
}
