import Desks
import Hall
import Logging
import Ports
import Registrar
import Synchronization
import Testing
import TestKit

@Suite("publishing the catalogue") struct CatalogueDeskTests {
  /// Keeps versions in memory, or refuses to.
  final class Disk: Sendable {
    private let state = Mutex((kept: [String](), isFull: false))
    struct Full: Error {}

    var kept: [String] { state.withLock { $0.kept } }
    func fill(_ isFull: Bool) { state.withLock { $0.isFull = isFull } }

    func keep(_ catalogue: Catalogue) throws -> String {
      try state.withLock { state in
        guard !state.isFull else { throw Full() }
        state.kept.append(catalogue.version)
        return "content of \(catalogue.version)"
      }
    }
  }

  private let disk = Disk()

  private func desk(_ hall: TestHall) async -> CatalogueDesk {
    CatalogueDesk(
      await hall.registrar.rules.catalogue, registrar: hall.registrar, clock: hall.clock, logger: hall.logger
    ) { [disk] in try disk.keep($0) }
  }

  @Test("the catalogue the hall opens with is kept, then published, once")
  func start() async throws {
    let hall = TestHall()
    let desk = await desk(hall)
    await desk.look()
    await desk.look()
    let published = await hall.registrar.state.catalogue.published
    #expect(published.map(\.version) == ["0123456789abcdef"] && published.first?.cause == .start)
    #expect(published.first?.content == "content of 0123456789abcdef" && disk.kept == ["0123456789abcdef"])
    #expect(published.first?.actor == .system)
  }

  @Test("what cannot be kept is not published; it is when there is room again")
  func full() async throws {
    let hall = TestHall()
    let desk = await desk(hall)
    disk.fill(true)
    await desk.look()
    #expect(await hall.registrar.state.catalogue.published.isEmpty)
    await #expect(throws: CatalogueDesk.Fault.self) {
      try await desk.publish(Catalogue(version: "bb", asOf: "", items: []), by: .operator)
    }
    disk.fill(false)
    await desk.look()
    #expect(await hall.registrar.state.catalogue.published.map(\.version) == ["0123456789abcdef"])
  }

  @Test("a new version is on record by the time that it may be put in force, with who brought it")
  func reload() async throws {
    let hall = TestHall()
    let desk = await desk(hall)
    await desk.look()
    try await desk.publish(Catalogue(version: "bb", asOf: "", items: []), by: .operator)
    let last = await hall.registrar.state.catalogue.current
    #expect(last?.version == "bb" && last?.cause == .reload && last?.actor == .operator)
  }

  @Test("in a hall whose journal waits for staff, the version is published as soon as they accepted it")
  func notAccepted() async throws {
    var state = HallState()
    state.isAccepted = false
    let hall = TestHall(state: state)
    let desk = await desk(hall)
    await desk.look()
    try await desk.publish(Catalogue(version: "bb", asOf: "", items: []), by: .operator)
    #expect(await hall.registrar.state.catalogue.published.isEmpty)
    let accept = AcceptJournal(epoch: 2, floors: [:], day: nil)
    try await hall.registrar.submit(.day(.acceptJournal(accept)), by: .operator) { _, _ in }
    await desk.look()
    #expect(await hall.registrar.state.catalogue.published.map(\.version) == ["bb"])
  }
}
