package import Hall
package import Logging
package import Ports
package import Registrar
import ServiceLifecycle

/// Publishes versions of the catalogue.
///
/// First the content is stored on disk, then its event is appended to the journal. Only then may anything name the
/// version. The hall opens with its catalogue even where that fails at start (a full disk, a journal that staff have to
/// accept first). It is tried again every second.
package actor CatalogueDesk: Service {
  /// Stores a version and returns the digest of its content.
  package typealias Keep = @Sendable (Catalogue) throws -> String

  /// Why a version was not published.
  package enum Fault: Error, Sendable, CustomStringConvertible {
    case notKept(String)
    case notRecorded(RegistrarFailure)

    package var description: String {
      switch self {
      case .notKept(let why): "the catalogue cannot be kept: \(why)"
      case .notRecorded(.refused(let refusal)): "the publication was refused: \(refusal.code)"
      case .notRecorded(let failure): "the publication cannot be written down: \(failure)"
      }
    }
  }

  private let registrar: Registrar
  private let clock: any TimeSource
  private let logger: Logger
  private let keep: Keep
  private var due: (catalogue: Catalogue, cause: CataloguePublished.Cause, actor: Principal)?
  private var lastFault: String?

  /// - Parameter catalogue: the hall's catalogue at start.
  package init(
    _ catalogue: Catalogue, registrar: Registrar, clock: any TimeSource, logger: Logger, keep: @escaping Keep
  ) {
    self.registrar = registrar
    self.clock = clock
    self.logger = logger
    self.keep = keep
    due = (catalogue, .start, .system)
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await self.clock.sleep(milliseconds: 1_000)
      }
    }
  }

  /// Publishes the version that is due, if that is possible now.
  package func look() async {
    guard let due else { return }
    do throws(Fault) {
      try await record(due.catalogue, due.cause, due.actor)
      if self.due?.catalogue.version == due.catalogue.version { self.due = nil }
      lastFault = nil
    } catch {
      guard lastFault != error.description else { return }
      lastFault = error.description
      logger.warning("the catalogue waits to be published", metadata: ["why": "\(error)"])
    }
  }

  /// Publishes the catalogue that is about to replace the active one.
  ///
  /// - Throws: `Fault` when it was not stored or journaled; then it must not be activated. A journal that staff have
  ///   not accepted is no such fault: nothing is issued meanwhile, and the version is published once it is accepted.
  package func publish(_ catalogue: Catalogue, by actor: Principal) async throws(Fault) {
    do throws(Fault) {
      try await record(catalogue, .reload, actor)
      due = nil
    } catch {
      guard case .notRecorded(.refused(.day(.journalNotAccepted))) = error else { throw error }
      due = (catalogue, .reload, actor)
    }
  }

  private func record(
    _ catalogue: Catalogue, _ cause: CataloguePublished.Cause, _ actor: Principal
  ) async throws(Fault) {
    let content: String
    do { content = try keep(catalogue) } catch { throw .notKept("\(error)") }
    let publish = PublishCatalogue(
      version: catalogue.version, content: content, items: catalogue.items.count, cause: cause)
    do throws(RegistrarFailure) {
      try await registrar.submit(.catalogue(.publishCatalogue(publish)), by: actor) { _, _ in }
    } catch {
      throw .notRecorded(error)
    }
  }
}
