import Ports
import TestKit
import Testing

/// Goal: the journals in memory, on which the registrar is tested, keep the contract that the real ones keep; and the
/// contract's suite finds mistakes. Method: the same suite for all, and one planted mistake at a time.
@Suite("The contract of the journals")
struct ContractTests {
  @Test("a journal in memory is alone")
  func memory() async throws {
    let journal = MemoryJournal()
    let contract = JournalContract(open: { _ in journal }, stored: { journal.records })
    #expect(try await contract.run() == [])
  }

  private func findings(_ memory: SharedMemory, patience: Duration = .seconds(60)) async throws -> [String] {
    try await JournalContract(
      open: { memory.journal(of: $0) }, stored: { await memory.records }, cut: { await memory.cutOff($0) },
      patience: patience
    ).run()
  }

  @Test("several machines share a journal in memory")
  func shared() async throws { #expect(try await findings(SharedMemory()) == []) }

  @Test("each planted mistake is found", arguments: SharedMemory.Planted.allCases)
  func planted(_ mistake: SharedMemory.Planted) async throws {
    let found = try await findings(SharedMemory(planted: mistake), patience: .milliseconds(500))
    #expect(!found.isEmpty, "\(mistake) was not found")
  }
}
