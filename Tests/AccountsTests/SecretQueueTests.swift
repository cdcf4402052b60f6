import Dispatch
import Synchronization
import Testing
import TestKit

@testable import Accounts

/// Goal: strangers never displace a known console, nor fill the queue against other strangers. Method: runs that wait until
/// the test releases them, so that the queue can be filled.
@Suite("The queue of scrypt runs")
struct SecretQueueTests {
  /// Holds runs and says who ran.
  private final class Latch: Sendable {
    private let open = DispatchSemaphore(value: 0)
    private let ran = Mutex<[String]>([])

    var names: [String] { ran.withLock { $0 } }

    func run(_ name: String) -> @Sendable () -> Bool {
      { [self] in
        ran.withLock { $0.append(name) }
        open.wait()
        return true
      }
    }

    func letGo(_ count: Int = 1) { for _ in 0..<count { open.signal() } }
  }

  private func stranger(
    _ queue: SecretQueue, _ latch: Latch, _ source: String, failures: Int = 0
  ) -> Task<Bool, Never> {
    Task { (try? await queue.run(source: source, failures: failures, latch.run(source))) ?? false }
  }

  @Test("while strangers fill every place, a known console runs at once")
  func reserved() async throws {
    let (queue, latch) = (SecretQueue(), Latch())
    let strangers = (0...SecretQueue.mostWaiting).map { stranger(queue, latch, "10.0.0.\($0)", failures: 1) }
    try await eventually("the places are full") { queue.waitingCount == SecretQueue.mostWaiting }
    #expect(await stranger(queue, latch, "10.0.1.1", failures: 1).value == false)
    let console = Task { try? await queue.run(known: .console("n"), latch.run("console")) }
    try await eventually("the console runs") { latch.names.contains("console") }
    #expect(latch.names.count == 2, "at most two at a time: \(latch.names)")
    latch.letGo(SecretQueue.mostWaiting + 2)
    #expect(await console.value == true)
    for one in strangers { #expect(await one.value) }
  }

  @Test("an address has two places, whoever it pretends to be")
  func ofSource() async throws {
    let (queue, latch) = (SecretQueue(), Latch())
    let first = stranger(queue, latch, "10.0.0.9")
    try await eventually("one runs") { latch.names.count == 1 }
    let second = stranger(queue, latch, "10.0.0.9")
    try await eventually("one waits") { queue.waitingCount == 1 }
    #expect(await stranger(queue, latch, "10.0.0.9").value == false)
    let other = stranger(queue, latch, "10.0.0.8")
    try await eventually("another waits") { queue.waitingCount == 2 }
    latch.letGo(3)
    for one in [first, second, other] { #expect(await one.value) }
  }

  @Test("who has not failed is heard before those who have, and takes the place of the one that failed most")
  func order() async throws {
    let (queue, latch) = (SecretQueue(), Latch())
    let running = stranger(queue, latch, "running", failures: 9)
    try await eventually("one runs") { latch.names.count == 1 }
    var guesses: [Task<Bool, Never>] = []
    for number in 0..<SecretQueue.mostWaiting {
      guesses.append(stranger(queue, latch, "guess\(number)", failures: number + 1))
      try await eventually("one more waits") { queue.waitingCount == number + 1 }
    }
    let clerk = stranger(queue, latch, "clerk", failures: 0)
    #expect(await guesses[SecretQueue.mostWaiting - 1].value == false)
    latch.letGo(SecretQueue.mostWaiting + 1)
    #expect(await clerk.value)
    #expect(await running.value)
    for guess in guesses.dropLast() { #expect(await guess.value) }
    #expect(latch.names.prefix(3) == ["running", "clerk", "guess0"])
  }
}
