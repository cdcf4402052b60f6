package import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Reads the journal's head once a business day is closed, and has it recorded and printed on the closing slip (日结单),
/// which is kept outside of the machine.
///
/// For a day that was closed in an earlier run and has no recorded head, this is done at start.
package struct ClosingDesk: Service {
  /// The head of the newest durable record.
  package typealias Head = @Sendable () async throws(StateFault) -> JournalHead

  private let registrar: Registrar
  private let clock: any TimeSource
  private let head: Head
  private let logger: Logger
  private let bell = Doorbell()
  /// Milliseconds between two tries while the journal takes no writes.
  static let tryAgain: Int64 = 500

  package init(registrar: Registrar, clock: any TimeSource, logger: Logger, head: @escaping Head) {
    self.registrar = registrar
    self.clock = clock
    self.head = head
    self.logger = logger
  }

  /// Called by the registrar's observer: an event is durable.
  package func note(_ recorded: RecordedEvent) {
    switch recorded.event {
    case .day(.dayClosed), .day(.journalAccepted): bell.ring()
    default: break
    }
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      self.bell.ring()
      for await _ in self.bell.rings {
        while !Task.isCancelled, await !self.noteHead() { try? await self.clock.sleep(milliseconds: Self.tryAgain) }
      }
    }
  }

  /// - Returns: false when it has to be tried again.
  private func noteHead() async -> Bool {
    let owed = await registrar.read { state, _ in state.days.closed.flatMap { $0.kept == nil ? $0 : nil } }
    guard let owed else { return true }
    let head: JournalHead
    do throws(StateFault) { head = try await self.head() } catch {
      logger.error("the journal's head cannot be read after the day was closed", metadata: ["why": "\(error)"])
      return false
    }
    let note = NoteHead(closedSequence: owed.closedSequence, head: head.description)
    do throws(RegistrarFailure) {
      try await registrar.submit(.day(.noteHead(note)), by: .system) { _, _ in }
      logger.notice("the day's closing is summed up", metadata: ["day": "\(owed.date)", "head": "\(head)"])
      return true
    } catch {
      switch error {
      case .fault, .overloaded: return false
      // `note` rings again once staff have accepted the journal.
      case .refused, .keyReused, .bug, .reconciling, .tooFast, .stopping: return true
      }
    }
  }
}
